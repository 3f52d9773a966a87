package messagelog

import (
	"fmt"
	"slices"
)

// Which selects messages of a chat.
type Which struct {
	numbers []int64
	author  int64
	all     bool
}

// ByNumber selects messages by their numbers.
func ByNumber(numbers ...int64) Which { return Which{numbers: numbers} }

// ByAuthor selects what somebody wrote.
func ByAuthor(author int64) Which { return Which{author: author} }

// Everything selects all messages.
func Everything() Which { return Which{all: true} }

// within is the range of numbers in which such messages are.
func (w Which) within() Range {
	if w.author != 0 {
		return All
	}
	return Range{slices.Min(w.numbers), slices.Max(w.numbers)}
}

// mayBeIn reports whether a block may hold such messages. Numbers that are far apart leave most blocks between them out.
func (w Which) mayBeIn(e indexEntry) bool {
	return w.author != 0 || slices.ContainsFunc(w.numbers, func(n int64) bool { return e.first <= n && n <= e.last })
}

func (w Which) has(m *Message) (bool, error) {
	if w.author == 0 {
		return slices.Contains(w.numbers, m.Number), nil
	}
	head, err := m.head()
	return head.Author.ID == w.author, err
}

// Redact removes messages of a chat from the log, also what this transaction appended. What they told about their authors
// stays.
func (t *Tx) Redact(chat int64, which Which) error {
	if which.all {
		return t.redactAll(chat)
	}
	if which.author == 0 && len(which.numbers) == 0 {
		return nil
	}
	if err := t.redactAppended(chat, which); err != nil {
		return err
	}
	entries, err := t.log.indexOf(t.db.Ctx, t.db, chat, which.within())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !which.mayBeIn(e) {
			continue
		}
		if err := t.redactIn(e, chat, which); err != nil {
			return err
		}
	}
	return nil
}

// redactAppended redacts in what this transaction appended. A message that never was in a block needs no trace there.
func (t *Tx) redactAppended(chat int64, which Which) error {
	if len(t.appended) == 0 {
		return nil
	}
	var left []Message
	for i := range t.appended {
		m := &t.appended[i]
		gone := false
		if m.Chat == chat && m.Body != nil {
			var err error
			if gone, err = which.has(m); err != nil {
				return err
			}
		}
		if gone && !m.Note.empty() {
			if err := t.writeThrough(chat); err != nil {
				return err
			}
		}
		if !gone {
			left = append(left, *m)
		}
	}
	t.appended = left
	return nil
}

// redactIn redacts in a block.
func (t *Tx) redactIn(e indexEntry, chat int64, which Which) error {
	messages, err := t.log.readBlock(t.db.Ctx, t.db, chat, e)
	if err != nil {
		return err
	}
	redacted := false
	for i := range messages {
		m := &messages[i]
		if m.Chat != chat || m.Body == nil {
			continue
		}
		gone, err := which.has(m)
		if err != nil {
			return err
		}
		if gone {
			m.Body, m.Note, redacted = nil, Note{}, true // the note is written below
		}
	}
	if !redacted {
		return nil
	}
	// A redacted message may be the only one to tell what waits to be written, as who wrote. After a crash that could not
	// be found in it any more.
	if err := t.FlushChat(chat); err != nil {
		return err
	}
	sealed := t.log.options.Seal(encodeBlock(messages))
	if err := t.db.Exec(`UPDATE arrival SET sealed = ? WHERE id = ?`, sealed, e.block); err != nil {
		return fmt.Errorf("forget a message: %w", err)
	}
	return nil
}

// redactAll drops the index entries of a chat, so that its messages are found no more. If the log is not shared, a message
// without a number says so to who recovers the log.
func (t *Tx) redactAll(chat int64) error {
	if err := t.writeThrough(chat); err != nil {
		return err
	}
	t.emptied = append(t.emptied, chat)
	t.appended = slices.DeleteFunc(t.appended, func(m Message) bool { return m.Chat == chat })
	if !t.log.shared {
		t.appended = append(t.appended, Message{Chat: chat})
	}
	return t.db.Exec(`DELETE FROM spot WHERE chat = ?`, chat)
}
