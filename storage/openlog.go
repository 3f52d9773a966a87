package storage

import "github.com/ostrakon-bot/ostrakon/storage/messagelog"

// openLog makes the message log. The key may be found later, but before the first message.
func (s *Store) openLog(o Options) {
	s.log = messagelog.New(messagelog.Options{
		DB:         s.db,
		Seal:       func(plain []byte) []byte { return s.key.Seal(sealMessage, plain) },
		Open:       func(sealed []byte) ([]byte, error) { return s.key.Open(sealMessage, sealed) },
		WriteNotes: s.writeNotes,
		FlushAt:    o.FlushAt,
		OnError:    o.OnLogError,
	})
}
