package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// Options say where everything is kept.
type Options struct {
	DSN      string            // "sqlite:" and a path, or "postgres://…"
	KeyFile  string            // made if the database is new, unless NoNewKey
	NoNewKey bool              // refuse a database that has no key, if there is no key file either
	Defaults moderation.Policy // what a new group starts with
	Now      func() time.Time

	// EvidenceLimit is how many bytes of files are kept as evidence, of all groups together.
	EvidenceLimit int64

	// Disk tells about the file system of the database; nil asks the system. With PostgreSQL nothing is known of it.
	Disk func() (moderation.Disk, error)

	// Chance draws numbers for the keys of cases, on which their moments depend; nil asks the system, as nobody may foresee them.
	Chance func() uint64

	// FlushAt is about how many messages wait, with SQLite, before their index is written in the background. Zero means
	// [messagelog.FlushAt].
	FlushAt int

	// OnLogError, if set, is called when that fails. It is tried again. The error holds no ids and no texts.
	OnLogError func(error)
}

// Open opens the database, makes it if it is not there, and brings it to the present shape. It
// refuses a key file other than the one the database was made with.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{
		defaults: o.Defaults, now: o.Now, chance: o.Chance, evidenceLimit: o.EvidenceLimit, disk: o.Disk,
		policies: newCache[string, *moderation.Policy](rowsAtMost),
		chats:    newCache[int64, *chatRow](rowsAtMost),
		members:  newCache[writer, *moderation.Record](rowsAtMost),
		links:    newCache[groupLink, string](rowsAtMost),
		authors:  authorCache{newCache[writer, int64](namesAtMost), newCache[username, owner](namesAtMost)},
	}
	s.caseStore, s.memberStore, s.chatStore, s.ledgerStore, s.outboxStore, s.inboxStore = caseStore{s}, memberStore{s}, chatStore{s}, ledgerStore{s}, outboxStore{s}, inboxStore{s}
	var err error
	if s.inbox, err = newInbox(); err != nil {
		return nil, err
	}
	err = s.open(ctx, o)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.whole(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.key, err = s.findKey(ctx, o.KeyFile, !o.NoNewKey); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.openLedger(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.log.Recover(ctx); err != nil {
		return nil, errors.Join(available(err), s.Close())
	}
	if err := s.letAllGo(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.nameSubjects(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.redraw(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// open opens the database and gives it the present tables.
func (s *Store) open(ctx context.Context, o Options) (err error) {
	if s.db, err = sqldb.Open(ctx, o.DSN, s.now); err != nil {
		return err
	}
	s.writer, s.reader = s.db.Writer, s.db.Reader
	if s.disk == nil {
		s.disk = s.ownDisk
	}
	s.openLog(o)
	if err := s.db.Migrate(ctx); err != nil {
		return fmt.Errorf("prepare the database: %w", err)
	}
	return nil
}

// ownDisk asks the system about the disk.
func (s *Store) ownDisk() (moderation.Disk, error) {
	free, size, err := s.db.Disk()
	return moderation.Disk{Free: free, Size: size}, err
}

// openLog makes the message log. The key may be set later, but before the first message is appended or read.
func (s *Store) openLog(o Options) {
	s.log = messagelog.New(messagelog.Options{
		DB:         s.db,
		Seal:       func(plain []byte) []byte { return s.key.Seal(sealMessage, plain) },
		Open:       func(sealed []byte) ([]byte, error) { return s.key.Open(sealMessage, sealed) },
		Hide:       func(at int64) int64 { return -1 - int64(binary.BigEndian.Uint64(s.key.Tag(tagOriginal, at))>>1) },
		WriteNotes: func(tx *sqldb.Tx, notes []messagelog.Note) error { return writeNotes(tx, s.key, notes) },
		FlushAt:    o.FlushAt,
		OnError:    o.OnLogError,
	})
}

// MetaCopy is the name under which the table meta notes how far a copy into this database is; there is none when it is done.
const MetaCopy = "copy"

// whole refuses a database into which a copy is not finished.
func (s *Store) whole(ctx context.Context) error {
	var n int
	if err := s.writer.QueryRowContext(ctx, `SELECT count(*) FROM meta WHERE name = ?`, MetaCopy).Scan(&n); err != nil {
		return fmt.Errorf("see whether the database is whole: %w", err)
	}
	if n > 0 {
		return errors.New("a copy into this database was interrupted: run `ostrakon copy` again, or give another database")
	}
	return nil
}
