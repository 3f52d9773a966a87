package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	crand "crypto/rand"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// What the table meta says of the ledger.
const (
	metaSecret = "ledger key"    // sealed
	metaSize   = "ledger size"   // entries
	metaShown  = "ledger shown"  // entries that checkpoints cover
	metaPeriod = "ledger period" // that was closed last, in periods since 1970
)

// The ledger grows at the end of a period, by whole blocks, with entries that say nothing in place of those that are
// missing. Else whoever watches its size could tell when somebody reported something.
const (
	LedgerPeriod = 30 * time.Minute
	ledgerBlock  = 8
)

// openLedger reads the ledger's key, and makes one in a database that has none.
func (s ledgerStore) openLedger(ctx context.Context) error {
	var sealed []byte
	err := s.writer.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = ?`, metaSecret).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		if sealed, err = s.beginLedger(ctx); err != nil {
			return err
		}
	}
	if err != nil {
		return fmt.Errorf("read the ledger's key: %w", err)
	}
	secret, err := s.key.Open(sealLedger, sealed)
	if err != nil {
		return fmt.Errorf("open the ledger's key: %w", err)
	}
	s.signer, err = ledger.ParseSigner(string(secret))
	return err
}

// beginLedger makes the key of a new ledger, unless somebody else was faster.
func (s ledgerStore) beginLedger(ctx context.Context) (sealed []byte, err error) {
	secret, _, err := ledger.NewSigner("ostrakon.ledger/" + crand.Text()[:8])
	if err != nil {
		return nil, err
	}
	err = s.withTx(ctx, func(u *Tx) error {
		start := map[string][]byte{
			metaSecret: s.key.Seal(sealLedger, []byte(secret)), metaSize: []byte("0"), metaShown: []byte("0"),
			metaPeriod: []byte(strconv.FormatInt(periodOf(u.now), 10)), // it is not over, so that nothing is shown of it yet
		}
		for name, value := range start {
			if err := u.Exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, name, value); err != nil {
				return err
			}
		}
		return u.Row(`SELECT value FROM meta WHERE name = ?`, metaSecret).Scan(&sealed)
	})
	if err != nil {
		return nil, fmt.Errorf("begin the ledger: %w", err)
	}
	return sealed, nil
}

// hashes reads the tree; it implements [tlog.HashReader].
type hashes struct {
	ctx  context.Context // lives no longer than the reader
	in   sqldb.Querier
	lock string // behind what is read to be changed
}

// tree is the ledger as this transaction sees it; who asks it for a number first is alone with that until the end.
func (u ledgerTx) tree() hashes { return hashes{u.ctx, u, u.Dialect().Lock} }

// ReadHashes implements [tlog.HashReader].
func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, id := range indexes {
		var raw []byte
		if err := h.in.QueryRowContext(h.ctx, `SELECT hash FROM ledger_hash WHERE id = ?`, id).Scan(&raw); err != nil {
			return nil, fmt.Errorf("read hash %d of the ledger: %w", id, err)
		}
		if len(raw) != tlog.HashSize {
			return nil, fmt.Errorf("hash %d of the ledger has %d bytes", id, len(raw))
		}
		copy(found[i][:], raw)
	}
	return found, nil
}

// number reads what meta says.
func (h hashes) number(name string) (int64, error) {
	var text []byte
	if err := h.in.QueryRowContext(h.ctx, `SELECT value FROM meta WHERE name = ?`+h.lock, name).Scan(&text); err != nil {
		return 0, fmt.Errorf("read the %s: %w", name, err)
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read the %s: %w", name, err)
	}
	return n, nil
}

func (u ledgerTx) setMeta(name string, n int64) {
	u.Later("note the "+name, `UPDATE meta SET value = ? WHERE name = ?`, []byte(strconv.FormatInt(n, 10)), name)
}

// periodOf is the number of the period that a moment is in, since 1970.
func periodOf(t time.Time) int64 { return t.Unix() / int64(LedgerPeriod/time.Second) }

// closedAtOnce is how many entries are appended in one transaction, so that nobody waits long for it.
const closedAtOnce = 50

// CloseLedger ends a period of the ledger, if one is over: what came in it is appended, and checkpoints from now on cover
// it.
func (s ledgerStore) CloseLedger(ctx context.Context) error {
	last, err := hashes{ctx, s.reader, ""}.number(metaPeriod)
	if err != nil || last >= periodOf(s.now()) {
		return available(err)
	}
	for done := false; !done; {
		err := s.withTx(ctx, func(u *Tx) (err error) {
			done, err = u.closeLedger()
			return err
		})
		if err != nil {
			return fmt.Errorf("end a period of the ledger: %w", err)
		}
	}
	return nil
}

// closeLedger does a part of it, and says whether it was the last.
func (u ledgerTx) closeLedger() (done bool, err error) {
	tree, period := u.tree(), periodOf(u.now)
	last, err := tree.number(metaPeriod)
	if err != nil || last >= period {
		return true, err // another replica was faster
	}
	size, err := tree.number(metaSize)
	if err != nil {
		return false, err
	}
	waiting, err := u.pending(period)
	if err != nil {
		return false, err
	}
	for _, p := range waiting {
		if err := errors.Join(u.append(tree, size, p.leaf), u.settlePending(p, size)); err != nil {
			return false, err
		}
		size++
	}
	if len(waiting) == closedAtOnce {
		u.setMeta(metaSize, size)
		return false, nil
	}
	shown, err := tree.number(metaShown)
	if err != nil {
		return false, err
	}
	for ; size%ledgerBlock != 0 || size == shown; size++ {
		if err := u.append(tree, size, ledger.Commit(ledger.NewSalt(), nil)); err != nil { // and the salt is forgotten
			return false, err
		}
	}
	u.setMeta(metaSize, size)
	u.setMeta(metaShown, size)
	u.setMeta(metaPeriod, period)
	return true, nil
}

// pendingEntry waits for the end of its period.
type pendingEntry struct {
	period, place int64
	leaf          []byte
}

func (u ledgerTx) pending(before int64) ([]pendingEntry, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT period, place, leaf FROM ledger_pending WHERE period < ? ORDER BY period, place LIMIT ?`, before, closedAtOnce)
	if err != nil {
		return nil, fmt.Errorf("list what waits for the ledger: %w", err)
	}
	defer rows.Close()
	var all []pendingEntry
	for rows.Next() {
		var p pendingEntry
		if err := rows.Scan(&p.period, &p.place, &p.leaf); err != nil {
			return nil, fmt.Errorf("list what waits for the ledger: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// settlePending notes which entry it became.
func (u ledgerTx) settlePending(p pendingEntry, entry int64) error {
	res, err := u.ExecContext(u.ctx, `UPDATE ledger_opening SET entry = ? WHERE entry = ?`, entry, -p.place)
	if err == nil {
		var n int64
		if n, err = res.RowsAffected(); err == nil && n == 0 {
			err = u.Exec(`INSERT INTO ledger_place (place, entry) VALUES (?, ?)`, p.place, entry)
		}
	}
	if err == nil {
		err = u.Exec(`DELETE FROM ledger_pending WHERE period = ? AND place = ?`, p.period, p.place)
	}
	if err != nil {
		return fmt.Errorf("note the number of an entry: %w", err)
	}
	return nil
}

// newPlace is where an entry goes among those of its period, from 1 on.
func newPlace() int64 {
	var random [8]byte
	_, _ = crand.Read(random[:]) // never fails
	return int64(binary.BigEndian.Uint64(random[:])>>2) + 1
}

// enter writes down what becomes entries of the ledger at the end of the period, in an order that chance makes. The
// number of an entry, which is in a receipt, must not tell when somebody reported. The opening of a ballot is returned,
// to be kept with it; those of the rest are kept here, sealed and all of a length. The index of an opening is minus its
// place until then.
func (u ledgerTx) enter(chat int64, events []moderation.Event) (ballot ledger.Opening, err error) {
	for _, e := range events {
		text, err := e.Text(groupRef(chat))
		if err != nil {
			return ballot, err
		}
		o := ledger.Opening{Index: -newPlace(), Salt: ledger.NewSalt(), Event: text}
		u.Later("keep what waits for the ledger", `INSERT INTO ledger_pending (period, place, leaf) VALUES (?, ?, ?)`, periodOf(u.now), -o.Index, ledger.Commit(o.Salt, []byte(text)))
		if e.Concerns == moderation.ConcernsVoter {
			ballot = o
			continue
		}
		if err := u.saveOpening(chat, e, o); err != nil {
			return ballot, err
		}
	}
	return ballot, nil
}

func (u ledgerTx) append(tree hashes, entry int64, commitment []byte) error {
	stored, err := ledger.Append(entry, commitment, tree)
	if err != nil {
		return err
	}
	first := tlog.StoredHashIndex(0, entry)
	for i, h := range stored {
		u.Later("append to the ledger", `INSERT INTO ledger_hash (id, hash) VALUES (?, ?)`, first+int64(i), h[:])
	}
	return nil
}

// groupRef is what a group is called in the ledger: its number here, as in the data of buttons.
func groupRef(chat int64) string { return strconv.FormatInt(chat, 36) }

// sealedOpening is what the sealed bytes of an opening say. Fields may be added.
type sealedOpening struct {
	Salt  []byte `json:"s"`
	Event string `json:"e"`
	Nth   int64  `json:"n,omitempty"` // of its case, from 0
}

// openingSize is the step in which the length of a sealed opening grows.
const openingSize = 500

func (u ledgerTx) saveOpening(chat int64, e moderation.Event, o ledger.Opening) error {
	hidden := sealedOpening{Salt: o.Salt, Event: o.Event}
	const ofCase = `(SELECT id FROM cases WHERE chat = ? AND short = ?)`
	if e.Case != "" {
		if err := u.Row(`SELECT count(*) FROM ledger_opening WHERE case_id = `+ofCase, chat, e.Case).Scan(&hidden.Nth); err != nil {
			return fmt.Errorf("count the openings of a case: %w", err)
		}
	}
	plain, err := marshalPadded(openingSize, hidden)
	if err != nil {
		return fmt.Errorf("write an opening: %w", err)
	}
	u.Later("keep an opening", `INSERT INTO ledger_opening (entry, case_id, concerns, sealed) VALUES (?, `+ofCase+`, ?, ?)`,
		o.Index, chat, e.Case, e.Concerns, u.s.key.Seal(sealOpening, plain))
	return nil
}

// reading runs do on the ledger as it was at the end of the last period.
func (s ledgerStore) reading(ctx context.Context, do func(tx sqldb.Querier, tree hashes, size int64) error) error {
	if err := s.CloseLedger(ctx); err != nil { // if it is due and nobody came to it yet
		return err
	}
	err := s.db.ReadTx(ctx, func(tx sqldb.Querier) error {
		tree := hashes{ctx, tx, ""}
		size, err := tree.number(metaShown)
		if err != nil {
			return err
		}
		return do(tx, tree, size)
	})
	return available(err)
}

// LedgerKey is the public key of the ledger, which checks its checkpoints.
func (s ledgerStore) LedgerKey() string { return s.signer.Public() }

// Checkpoint is the newest signed head of the ledger; empty before the first period is over.
func (s ledgerStore) Checkpoint(ctx context.Context) (string, error) {
	var text string
	err := s.reading(ctx, func(_ sqldb.Querier, tree hashes, size int64) (err error) {
		if size == 0 {
			return nil
		}
		text, err = s.signer.Checkpoint(size, tree)
		return err
	})
	return text, err
}

// ExportLedger writes the whole ledger; it says nothing of anybody.
func (s ledgerStore) ExportLedger(ctx context.Context, w io.Writer) error {
	return s.reading(ctx, func(_ sqldb.Querier, tree hashes, size int64) error {
		return ledger.Export(w, func(yield func(tlog.Hash, error) bool) {
			for n := range size {
				h, err := tree.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
				if err != nil {
					yield(tlog.Hash{}, err)
					return
				}
				if !yield(h[0], nil) {
					return
				}
			}
		}, s.signer)
	})
}

// ProveLedger proves that nothing of the ledger was changed from one size to a later one; 0 = as it is now.
func (s ledgerStore) ProveLedger(ctx context.Context, from, to int64) (proof []byte, err error) {
	err = s.reading(ctx, func(_ sqldb.Querier, tree hashes, size int64) error {
		if to == 0 {
			to = size
		}
		if to > size {
			return fmt.Errorf("the ledger has %d entries, not %d", size, to)
		}
		proof, err = s.signer.Consistency(from, to, tree)
		return err
	})
	return proof, err
}
