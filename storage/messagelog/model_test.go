package messagelog_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// Whatever is appended, redacted, flushed or forgotten, in whatever order, and whenever the process is killed: the log holds
// what a simple list would hold.
func TestLogIsLikeAList(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	chat, steps := int64(1), 30
	if cluster != nil {
		steps = 12 // of which each takes longer
	}
	rapid.Check(t, func(rt *rapid.T) {
		m := &model{fixture: f, chats: []int64{chat, chat + 1, chat + 2}, forms: map[int64][]form{}, notes: map[string]bool{}}
		chat += 3
		for range rapid.IntRange(3, steps).Draw(rt, "steps") {
			rapid.SampledFrom(m.steps()).Draw(rt, "step")(rt)
			m.compare(rt)
		}
		m.compareNotes(rt)
	})
}

// A form is what a message said at a time, in a block that was written then.
type form struct {
	number, author int64
	edited         bool
	text           string
	block          time.Time
}

// A model is what the log should know of some chats.
type model struct {
	*fixture
	chats []int64
	forms map[int64][]form // by chat, in the order in which they came
	notes map[string]bool  // that are written once nothing waits
	texts int
}

func (m *model) steps() []func(*rapid.T) {
	return []func(*rapid.T){
		m.append, m.append, m.append, m.append, m.fail, m.redactNumbers, m.redactNumbers, m.redactAuthor, m.redactAll, m.move, m.forget,
		func(*rapid.T) { m.start() },
		func(*rapid.T) { m.must(m.Flush(context.Background())) },
		func(t *rapid.T) { m.must(m.FlushChat(context.Background(), m.chat(t))) },
		func(t *rapid.T) { m.in(func(tx *messagelog.Tx) error { return tx.FlushChat(m.chat(t)) }) },
		func(*rapid.T) { m.now = m.now.Add(time.Hour) },
	}
}

func (m *model) chat(t *rapid.T) int64 { return rapid.SampledFrom(m.chats).Draw(t, "chat") }

// drawn is what a transaction brings.
type drawn struct {
	chat int64
	form
	gone bool // only its note is kept
	note messagelog.Note
}

func (m *model) draw(t *rapid.T) (all []drawn) {
	for range rapid.IntRange(1, 40).Draw(t, "messages") {
		number := rapid.Int64Range(1, 60).Draw(t, "number") * rapid.SampledFrom([]int64{1, 1, 1, 20}).Draw(t, "stretch")
		m.texts++
		d := drawn{chat: m.chat(t), form: form{number: number, author: 1 + number%3, block: m.now, text: fmt.Sprintf("text %d", m.texts)}}
		known := slices.ContainsFunc(m.forms[d.chat], func(f form) bool { return f.number == number }) ||
			slices.ContainsFunc(all, func(o drawn) bool { return o.chat == d.chat && o.number == number })
		d.edited = known // it came before, so that this is a later form
		switch rapid.IntRange(0, 4).Draw(t, "note") {
		case 0:
			d.note = m.wrote(d.author)
		case 1:
			d.note = messagelog.Note{Person: d.author, Language: "en", Day: 7, Handle: fmt.Sprintf("name%d", d.author)}
		}
		d.gone = rapid.IntRange(0, 9).Draw(t, "gone") == 0
		all = append(all, d)
	}
	return all
}

// do does in a transaction what was drawn.
func (m *model) do(tx *messagelog.Tx, all []drawn) error {
	for _, d := range all {
		msg := m.message(d.chat, d.number, d.author, d.text)
		msg.Edited, msg.Note = d.edited, d.note
		if !d.gone {
			tx.Append(msg)
			continue
		}
		n := d.note
		n.Chat = d.chat
		if err := errors.Join(tx.AppendNote(n), tx.Redact(d.chat, messagelog.ByNumber(d.number))); err != nil {
			return err
		}
	}
	return nil
}

func (m *model) append(t *rapid.T) {
	all := m.draw(t)
	m.in(func(tx *messagelog.Tx) error { return m.do(tx, all) })
	for _, d := range all {
		if d.gone {
			m.drop(d.chat, func(f form) bool { return f.number == d.number })
		} else {
			m.forms[d.chat] = append(m.forms[d.chat], d.form)
		}
		if d.note.Wrote || d.note.Handle != "" {
			m.notes[noted(d.chat, d.note)] = true
		}
	}
}

// fail does the same and does not commit.
func (m *model) fail(t *rapid.T) {
	all, no := m.draw(t), errors.New("no")
	err := m.try(func(tx *messagelog.Tx) error { return errors.Join(m.do(tx, all), no) })
	if !errors.Is(err, no) {
		t.Fatal(err)
	}
}

func (m *model) drop(chat int64, gone func(form) bool) {
	m.forms[chat] = slices.DeleteFunc(m.forms[chat], gone)
}

func (m *model) redactNumbers(t *rapid.T) {
	chat, numbers := m.chat(t), rapid.SliceOfN(rapid.Int64Range(1, 60), 0, 5).Draw(t, "numbers")
	m.in(func(tx *messagelog.Tx) error { return tx.Redact(chat, messagelog.ByNumber(numbers...)) })
	m.drop(chat, func(f form) bool { return slices.Contains(numbers, f.number) })
}

func (m *model) redactAuthor(t *rapid.T) {
	chat, author := m.chat(t), rapid.Int64Range(1, 3).Draw(t, "author")
	m.in(func(tx *messagelog.Tx) error { return tx.Redact(chat, messagelog.ByAuthor(author)) })
	m.drop(chat, func(f form) bool { return f.author == author })
}

func (m *model) redactAll(t *rapid.T) {
	chat := m.chat(t)
	m.in(func(tx *messagelog.Tx) error {
		if err := tx.Redact(chat, messagelog.Everything()); err != nil {
			return err
		}
		left, err := tx.Latest(chat, messagelog.All, 10)
		if len(left) > 0 {
			t.Errorf("within the transaction there are %d messages left", len(left))
		}
		return err
	})
	m.forms[chat] = nil
}

// move gives the messages of a chat to another.
func (m *model) move(t *rapid.T) {
	from, to := m.chats[0], m.chats[1]
	all := m.visible(from, messagelog.All)
	if slices.ContainsFunc(all, func(f form) bool {
		return slices.ContainsFunc(m.forms[to], func(other form) bool { return other.number == f.number })
	}) {
		return
	}
	m.in(func(tx *messagelog.Tx) error {
		latest, err := tx.Latest(from, messagelog.All, messagelog.Kept)
		if err != nil {
			return err
		}
		for _, msg := range slices.Backward(latest) {
			msg.Chat, msg.Note = to, messagelog.Note{}
			tx.Append(msg)
		}
		return tx.Redact(from, messagelog.Everything())
	})
	for _, f := range slices.Backward(all) {
		f.block = m.now
		m.forms[to] = append(m.forms[to], f)
	}
	m.forms[from] = nil
}

func (m *model) forget(t *rapid.T) {
	before := m.now.Add(-time.Duration(rapid.IntRange(0, 5).Draw(t, "hours")) * time.Hour)
	m.must(m.Forget(context.Background(), before))
	for _, chat := range m.chats {
		m.drop(chat, func(f form) bool { return f.block.Before(before) })
	}
}

// visible are the latest forms of messages in a range, the newest first.
func (m *model) visible(chat int64, of messagelog.Range) []form {
	latest := map[int64]form{}
	for _, f := range m.forms[chat] {
		if old, ok := latest[f.number]; f.number >= of.First && f.number <= of.Last && (!ok || f.edited || !old.edited) {
			latest[f.number] = f
		}
	}
	all := slices.SortedFunc(maps.Values(latest), func(a, b form) int { return cmp.Compare(b.number, a.number) })
	return slices.DeleteFunc(all, func(f form) bool { return f.number <= all[0].number-messagelog.Kept })
}

func (m *model) compare(t *rapid.T) {
	for _, chat := range m.chats {
		m.sameForms(t, chat)
		want := m.visible(chat, messagelog.All)
		m.same(t, chat, messagelog.All, 1000, want)
		m.same(t, chat, messagelog.All, 3, want[:min(3, len(want))])
		around := messagelog.Range{First: 20, Last: 40}
		m.same(t, chat, around, 1000, m.visible(chat, around))
		for _, f := range want[:min(2, len(want))] {
			got, found, err := m.Find(context.Background(), chat, f.number)
			if err != nil || !found || !says(got, f) {
				t.Fatalf("message %d of chat %d is %s, %t, %v; want %+v", f.number, chat, got.Body, found, err, f)
			}
		}
		if got, found, err := m.Find(context.Background(), chat, 100_000); err != nil || found {
			t.Fatalf("found %+v, %v", got, err)
		}
	}
}

func (m *model) same(t *rapid.T, chat int64, of messagelog.Range, limit int, want []form) {
	got, err := m.Latest(context.Background(), chat, of, limit)
	m.must(err)
	if !slices.EqualFunc(got, want, says) {
		t.Fatalf("chat %d, %v: known are %d messages; want %d:\n%v\n%+v", chat, of, len(got), len(want), got, want)
	}
}

// sameForms looks whether each form of each message is visited, and once.
func (m *model) sameForms(t *rapid.T, chat int64) {
	left := slices.Clone(m.forms[chat])
	m.must(m.Each(context.Background(), chat, func(got messagelog.Message) error {
		i := slices.IndexFunc(left, func(f form) bool { return says(got, f) })
		if i < 0 {
			t.Fatalf("chat %d: visited is %d, %s; left are %+v", chat, got.Number, got.Body, left)
		}
		left = slices.Delete(left, i, i+1)
		return nil
	}))
	if len(left) > 0 {
		t.Fatalf("chat %d: not visited are %+v", chat, left)
	}
}

func says(m messagelog.Message, f form) bool {
	return m.Number == f.number && m.Edited == f.edited && strings.Contains(string(m.Body), `"`+f.text+`"`)
}

func noted(chat int64, n messagelog.Note) string {
	return fmt.Sprint(chat, n.Person, n.Day, n.Wrote, n.Handle)
}

// compareNotes looks which notes are written once nothing waits.
func (m *model) compareNotes(t *rapid.T) {
	m.must(m.Flush(context.Background()))
	rows, err := m.db.Reader.QueryContext(context.Background(), `SELECT chat, person, day, wrote, handle FROM note WHERE chat >= ?`, m.chats[0])
	m.must(err)
	defer rows.Close()
	got := map[string]bool{}
	for rows.Next() {
		var chat, wrote int64
		var n messagelog.Note
		m.must(rows.Scan(&chat, &n.Person, &n.Day, &wrote, &n.Handle))
		n.Wrote = wrote == 1
		got[noted(chat, n)] = true
	}
	m.must(rows.Err())
	if !maps.Equal(got, m.notes) {
		t.Fatalf("written are notes %v; want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(m.notes)))
	}
}
