package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// forwarded lists the messages whose forwards show a time and that say this, as they are now.
func (d *desk) forwarded(at time.Time, text string) (messages []moderation.GroupMessage) {
	d.t.Helper()
	found, _, err := d.Forwards(d.t.Context(), at.Unix(), func(s moderation.SeenMessage) bool { return s.Said.Text == text })
	d.must(err)
	for _, s := range found {
		messages = append(messages, moderation.GroupMessage{Group: s.Chat, Message: s.Message})
	}
	return messages
}

// says is a message that says this.
func (d *desk) says(chat, message int64, text string) moderation.SeenMessage {
	s := d.wrote(mallory, message)
	s.Chat, s.Said.Text = chat, text
	return s
}

// A forward is found in the groups that the bot is in, by what the message said at any time, until it is removed.
func TestForwards(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const other, left = chess - 1, chess - 2
	d.enter(chess)
	d.enter(other)
	sent := d.now()
	late := d.says(chess, 43, "powder")
	late.At = sent.Add(-time.Hour) // as after an outage
	post := d.says(other, 44, "a post")
	post.Origin = sent.Add(-1000 * time.Hour)
	d.observe(d.says(chess, 41, "pills"), d.says(other, 41, "pills"), d.says(left, 41, "pills"), d.says(chess, 42, "plants"), late, post)
	edited := d.says(chess, 41, "good evening")
	edited.Edited = true
	d.pass(time.Hour)
	edited.At = sent
	d.observe(edited)
	here, there := moderation.GroupMessage{Group: chess, Message: 41}, moderation.GroupMessage{Group: other, Message: 41}
	for range 2 {
		for _, test := range []struct {
			at   time.Time
			text string
			want []moderation.GroupMessage
		}{
			{sent, "pills", []moderation.GroupMessage{there, here}},
			{sent, "good evening", []moderation.GroupMessage{here}},
			{sent, "potions", nil},
			{sent.Add(time.Second), "pills", nil},
			{late.At, "powder", []moderation.GroupMessage{{Group: chess, Message: 43}}},
			{post.Origin, "a post", []moderation.GroupMessage{{Group: other, Message: 44}}},
			{sent, "a post", nil},
		} {
			got := d.forwarded(test.at, test.text)
			slices.SortFunc(got, func(a, b moderation.GroupMessage) int { return int(a.Group - b.Group) })
			if !slices.Equal(got, test.want) {
				t.Errorf("%q of %v is %+v, want %+v", test.text, test.at, got, test.want)
			}
		}
		d.close()
		d.open()
	}
	if n := d.number(`SELECT count(*) FROM arrival_time WHERE at > 0 AND at < ?`, late.At.Unix()); n != 0 {
		t.Error("the database tells when a message was sent that somebody forwarded")
	}
	removed := d.says(chess, 41, "good evening")
	removed.At, removed.Edited, removed.Command = sent, true, true
	d.observe(removed)
	if got := d.forwarded(sent, "good evening"); got != nil {
		t.Errorf("what was removed is found: %+v", got)
	}
}

// A link leads to a group by its number, its public name, or its channel, as its messages told them last.
func TestLinked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const news = -1009
	d.enter(chess)
	d.enter(chess - 1)
	named := func(chat, message int64, name string) moderation.SeenMessage {
		s := d.says(chat, message, "hello")
		s.Public = name
		return s
	}
	posted := func(message int64, name, channel string) moderation.SeenMessage {
		s := named(chess, message, name)
		s.Author, s.Role, s.ChannelName = moderation.Author{ID: news, Channel: true}, moderation.RoleLinked, channel
		return s
	}
	d.observe(named(chess, 41, "Chess_Club"), posted(42, "Chess_Club", "Chess_News"), named(chess-2, 41, "left"))
	wants := func(to moderation.MessageRef, want ...int64) {
		t.Helper()
		if got, err := d.Linked(t.Context(), to); err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v leads to %v, %v; want %v", to, got, err, want)
		}
	}
	for range 2 {
		wants(moderation.MessageRef{Chat: chess}, chess)
		wants(moderation.MessageRef{Chat: chess - 2})
		wants(moderation.MessageRef{Chat: 5})
		wants(moderation.MessageRef{Name: "chess_CLUB"}, chess)
		wants(moderation.MessageRef{Name: "left"})
		wants(moderation.MessageRef{Name: "chess_news"})
		wants(moderation.MessageRef{Name: "chess_news", Channel: true}, chess)
		wants(moderation.MessageRef{Name: "chess_club", Channel: true})
		wants(moderation.MessageRef{Chat: news, Channel: true}, chess)
		wants(moderation.MessageRef{Chat: chess, Channel: true})
		d.close()
		d.open()
	}
	d.observe(named(chess, 43, "new_name"), named(chess-1, 41, "chess_club"))
	wants(moderation.MessageRef{Name: "new_name"}, chess)
	wants(moderation.MessageRef{Name: "chess_club"}, chess-1)
	d.observe(posted(44, "", "")) // others may have the names now
	wants(moderation.MessageRef{Name: "new_name"})
	wants(moderation.MessageRef{Name: "chess_news", Channel: true})
	wants(moderation.MessageRef{Chat: news, Channel: true}, chess)
}

// Of the messages of the release before, the time when they came is known, which nearly always is the one at which they were sent.
func TestReleaseBeforeHasItsTimes(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.run(`INSERT INTO arrival (id, at, sealed) VALUES (7, 1000, ?)`, []byte("x"))
	b.open()
	for at, want := range map[int64]int64{997: 0, 998: 1, 999: 1, 1000: 1, 1001: 0} {
		if n := b.number(`SELECT count(*) FROM arrival_time WHERE arrival = 7 AND at = ?`, at); n != want {
			t.Errorf("%d rows of %d, want %d", n, at, want)
		}
	}
}
