package storage_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Whatever comes, is edited, removed or forgotten, in whatever order messages arrive, and wherever they lie, also after a
// bot that was killed: the index holds what it should.
func TestRecentMessagesAreWhatCame(t *testing.T) {
	t.Parallel()
	desk := newDesk(t)
	group := chess
	rapid.Check(t, func(rt *rapid.T) {
		group--
		r := &recall{desk: desk, group: group, words: map[int64]string{}, by: map[int64]int64{}}
		for range rapid.IntRange(3, 25).Draw(rt, "steps") {
			rapid.SampledFrom(r.steps()).Draw(rt, "step")(rt)
			r.compare(rt)
		}
	})
}

// Who wrote stays known, though the message that told it was removed before anything was put down, and the bot was killed.
func TestWhoWroteIsKnownWithoutTheMessage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.observe(d.wrote(anna, 1), d.wrote(anna, 2))
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Removed: []int64{1}})
	d.close()
	d.open()
	_, err := d.ForgetPerson(t.Context(), anna, "", func(moderation.Kept) moderation.Erasure { return moderation.Erasure{} })
	d.must(err)
	if left, err := d.Recent(t.Context(), chess, 10); err != nil || len(left) > 0 {
		t.Fatalf("of somebody who was forgotten there is %v, %v", left, err)
	}
}

// recall is a group, and what the index should know of it.
type recall struct {
	*desk
	group int64
	last  int64            // the newest number
	words map[int64]string // by message
	by    map[int64]int64  // who wrote it
}

// steps are what may happen.
func (r *recall) steps() []func(*rapid.T) {
	return []func(*rapid.T){
		r.some, r.some, r.some, r.late, r.edit, r.edit, r.remove, r.leave,
		func(*rapid.T) { r.must(r.FlushLog(r.t.Context())) },
		func(*rapid.T) { r.close(); r.open() },
		func(*rapid.T) { r.pass(time.Hour) },
	}
}

// write notes messages in one transaction.
func (r *recall) write(edited bool, messages ...int64) {
	var seen []moderation.SeenMessage
	for _, m := range messages {
		s := r.wrote([]int64{anna, bob}[m%2], m)
		s.Chat, s.Edited, s.Said.Text = r.group, edited, fmt.Sprintf("word %d", r.update)
		seen = append(seen, s)
		r.words[m], r.by[m] = s.Said.Text, s.Author.ID
		r.last = max(r.last, m)
	}
	r.observe(seen...)
	for m := range r.words {
		if m <= r.last-512 {
			delete(r.words, m)
		}
	}
}

// some write, now and then something that the bot does not see.
func (r *recall) some(t *rapid.T) {
	var messages []int64
	next := r.last
	for range rapid.IntRange(1, 90).Draw(t, "messages") {
		next += rapid.SampledFrom([]int64{1, 1, 1, 1, 2, 40}).Draw(t, "gap")
		messages = append(messages, next)
	}
	r.write(false, messages...)
}

// late is a message that is overtaken by others.
func (r *recall) late(t *rapid.T) {
	m := max(1, r.last-rapid.Int64Range(1, 600).Draw(t, "back"))
	if _, known := r.words[m]; known || m > r.last {
		return
	}
	r.write(false, m)
}

func (r *recall) edit(t *rapid.T) {
	if m, ok := r.any(t); ok {
		r.write(true, m)
	}
}

func (r *recall) remove(t *rapid.T) {
	if m, ok := r.any(t); ok {
		r.decide(moderation.Key{Chat: r.group}, moderation.Outcome{Removed: []int64{m}})
		delete(r.words, m)
	}
}

// leave forgets what one of them wrote.
func (r *recall) leave(t *rapid.T) {
	if rapid.IntRange(0, 3).Draw(t, "leaves") > 0 {
		return
	}
	_, err := r.ForgetPerson(r.t.Context(), anna, "", func(moderation.Kept) moderation.Erasure { return moderation.Erasure{} })
	r.must(err)
	maps.DeleteFunc(r.words, func(m int64, _ string) bool { return r.by[m] == anna })
}

func (r *recall) any(t *rapid.T) (int64, bool) {
	if len(r.words) == 0 {
		return 0, false
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(r.words))).Draw(t, "message"), true
}

func (r *recall) compare(t *rapid.T) {
	sights, err := r.Recent(r.t.Context(), r.group, 1000)
	r.must(err)
	got := map[int64]string{}
	for i, s := range sights {
		if s.Message > r.last-512 { // others are on their way out
			got[s.Message] = s.Said.Text
		}
		if i > 0 && sights[i-1].Message <= s.Message {
			t.Fatalf("%d comes before %d", sights[i-1].Message, s.Message)
		}
	}
	if !maps.Equal(got, r.words) {
		t.Fatalf("known are %d messages; want %d:\n%v\n%v", len(got), len(r.words), got, r.words)
	}
	if few, err := r.Recent(r.t.Context(), r.group, 7); err != nil || len(few) != min(7, len(sights)) || len(few) > 0 && few[0].Message != sights[0].Message {
		t.Fatalf("the latest are %v, %v", few, err)
	}
	if m, ok := r.any(t); ok {
		if s, found, err := r.SeenMessage(r.t.Context(), r.group, m); err != nil || !found || s.Said.Text != r.words[m] {
			t.Fatalf("message %d is %q, %t, %v; want %q", m, s.Said.Text, found, err, r.words[m])
		}
	}
}
