package storage

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// openLog makes the message log. The key may be found later, but before the first message.
func (s *Store) openLog(o Options) {
	s.log = messagelog.New(messagelog.Options{
		Database: logTransactions{s.reader, s},
		Shared:   s.shared(),
		Seal:     func(plain []byte) []byte { return s.key.Seal(sealMessage, plain) },
		Open:     func(sealed []byte) ([]byte, error) { return s.key.Open(sealMessage, sealed) },
		FlushAt:  o.FlushAt,
		OnError:  o.OnLogError,
	})
}

// logTransactions is the database as the message log sees it.
type logTransactions struct {
	sqldb.Pool
	s *Store
}

// Update implements [messagelog.Database].
func (t logTransactions) Update(ctx context.Context, lossy bool, do func(*messagelog.Tx) error) error {
	return t.s.transact(ctx, func(u *unit) error {
		u.frail = lossy
		return do(u.log)
	})
}
