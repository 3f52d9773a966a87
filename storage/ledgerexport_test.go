package storage_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// export is the ledger as an outsider may have it, verified.
func (d *desk) export(a ledger.Audit) (text []byte, c ledger.Checkpoint) {
	d.t.Helper()
	var out bytes.Buffer
	d.must(d.ExportLedger(d.t.Context(), &out))
	a.Key = d.LedgerKey()
	c, err := ledger.VerifyExport(bytes.NewReader(out.Bytes()), a)
	d.must(err)
	return out.Bytes(), c
}

func TestExportLedger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if _, c := d.export(ledger.Audit{}); c.Size != 0 {
		t.Errorf("a new ledger has %d entries", c.Size)
	}
	d.report(anna, 41)
	if _, c := d.export(ledger.Audit{}); c.Size != 0 {
		t.Errorf("%d entries of a period that is not over", c.Size)
	}
	d.period()
	text, c := d.export(ledger.Audit{})
	if head, _ := d.checkpoint(); c != head || c.Size != 8 {
		t.Errorf("exported is %+v, the head is %+v", c, head)
	}
	d.report(bob, 41)
	if again, _ := d.export(ledger.Audit{}); !bytes.Equal(entriesOf(again), entriesOf(text)) {
		t.Errorf("exported is\n%s\nand before\n%s", again, text)
	}
}

// entriesOf is an export without its signature, which is another each time.
func entriesOf(text []byte) []byte {
	return text[:bytes.LastIndex(text, []byte("\n\n"))]
}

// Somebody who has the key and the database rewrites what happened. Who kept a receipt or a checkpoint sees it.
func TestALedgerThatWasRewritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.period()
	kept, _ := d.receipt(chess, id, anna)
	head, _ := d.checkpoint()
	d.period()
	d.export(ledger.Audit{Checkpoints: []ledger.Checkpoint{head}, Receipts: []ledger.Receipt{kept}})
	d.alter(`DELETE FROM ledger_hash; DELETE FROM ledger_opening; UPDATE meta SET value = '0' WHERE name IN ('ledger size', 'ledger shown')`)
	d.report(bob, 42)
	d.period()
	var out bytes.Buffer
	d.must(d.ExportLedger(t.Context(), &out))
	for name, a := range map[string]ledger.Audit{
		"nobody": {}, "who kept a receipt": {Receipts: []ledger.Receipt{kept}}, "who kept a checkpoint": {Checkpoints: []ledger.Checkpoint{head}},
	} {
		a.Key = d.LedgerKey()
		if _, err := ledger.VerifyExport(bytes.NewReader(out.Bytes()), a); (err == nil) != (name == "nobody") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestProveLedger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if _, err := d.ProveLedger(t.Context(), 1, 0); err == nil {
		t.Error("proved something of a ledger without entries")
	}
	for m := range int64(3) {
		d.report(anna, 41+m)
		d.period()
		d.checkpoint()
	}
	for _, c := range []struct{ from, to, until int64 }{{8, 16, 16}, {8, 0, 24}, {16, 24, 24}, {24, 24, 24}, {1, 23, 23}} {
		data, err := d.ProveLedger(t.Context(), c.from, c.to)
		d.must(err)
		proof, err := ledger.ParseConsistency(data)
		d.must(err)
		if from, to, err := proof.Verify(d.LedgerKey()); err != nil || from.Size != c.from || to.Size != c.until {
			t.Errorf("from %d to %d: %+v, %+v, %v", c.from, c.to, from, to, err)
		}
	}
	for _, c := range [][2]int64{{0, 8}, {-1, 8}, {16, 8}, {8, 25}, {25, 0}} {
		if data, err := d.ProveLedger(t.Context(), c[0], c[1]); err == nil {
			t.Errorf("from %d to %d: %s", c[0], c[1], data)
		}
	}
}

// The ledger's key is made once, and is sealed; without it nothing opens.
func TestTheLedgersKey(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report(anna, 41)
	d.period()
	key := d.LedgerKey()
	was, _ := d.checkpoint()
	d.close()
	d.open()
	if is, _ := d.checkpoint(); d.LedgerKey() != key || is != was || !strings.HasPrefix(key, "ostrakon.ledger/") || is.Origin != strings.SplitN(key, "+", 2)[0] {
		t.Errorf("key %s, head %+v; before %s, %+v", d.LedgerKey(), is, key, was)
	}
	if bytes.Contains(d.raw(), []byte("PRIVATE+KEY")) {
		t.Error("the secret key lies there for all to read")
	}
	if other := newDesk(t); other.LedgerKey() == key {
		t.Error("two ledgers of one key")
	}
	d.close()
	d.alter(`UPDATE meta SET value = 'x' WHERE name = 'ledger key'`)
	if err := d.tryOpen(); err == nil {
		t.Error("opened")
	}
}

// A ledger that is damaged says so, and gives no receipts.
func TestADamagedLedger(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"a hash is missing":             `DELETE FROM ledger_hash WHERE id = 2`,
		"a hash is too short":           `UPDATE ledger_hash SET hash = x'00' WHERE id = 2`,
		"a hash is another":             `UPDATE ledger_hash SET hash = zeroblob(32) WHERE id = 2`,
		"the size is missing":           `DELETE FROM meta WHERE name = 'ledger shown'`,
		"the size is none":              `UPDATE meta SET value = 'x' WHERE name = 'ledger shown'`,
		"the period is missing":         `DELETE FROM meta WHERE name = 'ledger period'`,
		"what it says cannot be opened": `UPDATE ledger_opening SET sealed = 'x'`,
		"nor the ballot":                `UPDATE ballot SET sealed = 'x'`,
		"nor the case's key":            `UPDATE cases SET key = 'x'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			id := d.report(anna, 41)
			d.uphold(id)
			d.period()
			d.gets(chess, id, anna, "ballot", "verdict upheld admin", "penalty warn")
			d.alter(damage)
			data, found, err := d.Receipt(t.Context(), chess, id, anna)
			if err == nil && found {
				r, parsed := ledger.ParseReceipt(data)
				if parsed == nil {
					_, parsed = r.Verify(d.LedgerKey())
				}
				err = parsed
			}
			if err == nil {
				t.Errorf("a receipt that verifies: %s", data)
			}
		})
	}
}

// To who has no key the ledger says nothing: neither what an entry says is in it, nor can it be guessed.
func TestOutsidersLearnNothingOfTheLedger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := &telling{Store: d.Store}
	d.court = moderation.NewCourt(showing{s}, d.opts.Now)
	for m := range int64(3) {
		id := d.report(anna, 41+m)
		d.uphold(id)
		d.contest(chess, id)
	}
	d.period()
	text, _ := d.export(ledger.Audit{})
	view := bytes.Join(append(d.blobs(`SELECT hash FROM ledger_hash`), d.blobs(`SELECT sealed FROM ledger_opening`)...), nil)
	view = append(view, text...)
	group := d.ref(chess)
	for _, e := range s.events {
		event, err := e.Text(string("0123456789abcdefghijklmnopqrstuvwxyz"[group]))
		d.must(err)
		for _, guess := range [][]byte{[]byte(event), []byte(e.Case), []byte(string(e.Kind)), []byte(`"kind"`)} {
			if bytes.Contains(view, guess) {
				t.Errorf("%q can be read", guess)
			}
		}
		for _, guess := range [][]byte{[]byte(event), ledger.Commit(nil, []byte(event)), ledger.Commit(make([]byte, ledger.SaltSize), []byte(event))} {
			if leaf := tlog.RecordHash(guess); bytes.Contains(view, leaf[:]) || bytes.Contains(view, []byte(leaf.String())) {
				t.Errorf("%s can be guessed", event)
			}
		}
	}
	// What happened thrice looks like three different things.
	if n := d.number(`SELECT count(DISTINCT hash) FROM ledger_hash`); n != d.number(`SELECT count(*) FROM ledger_hash`) {
		t.Errorf("%d different hashes", n)
	}
}

// What an entry says is not to be read off a length either.
func TestOpeningsAreAllOfALength(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	short := d.reportBy(moderation.Member{ID: 7, Present: true}, 41)
	short.Rule = ""
	_, err := d.court.Report(t.Context(), short)
	d.must(err)
	long := d.reportBy(moderation.Member{ID: 7333333333333, Language: "zh-hans-cn", Present: true}, 42)
	long.Rule = rulebook.Violence
	_, err = d.court.Report(t.Context(), long)
	d.must(err)
	d.uphold(id)
	d.contest(chess, id)
	d.punish(chess, 43)
	d.must(d.court.Purge(t.Context(), d.next(), chess, admin(carl), []int64{1}))
	_, err = d.court.Tune(t.Context(), moderation.Tuning{
		Update: d.next(), Chat: chess, By: admin(carl),
		Changes: func(before, after moderation.Policy) []moderation.Change {
			return []moderation.Change{{Setting: "ladder", From: before.Ladder.String(), To: after.Ladder.String()}}
		},
		Change: func(p moderation.Policy) (moderation.Policy, error) { p.Ladder = p.Ladder[1:]; return p, nil },
	})
	d.must(err)
	for _, table := range []string{"ledger_opening", "ballot"} {
		if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM ` + table); n != 1 {
			t.Errorf("%s: %d different lengths; want 1", table, n)
		}
	}
}
