package storage_test

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func (d *desk) recent(limit int) []int64 {
	d.t.Helper()
	sights, err := d.Recent(d.t.Context(), chess, limit)
	d.must(err)
	var messages []int64
	for _, s := range sights {
		messages = append(messages, s.Message)
	}
	return messages
}

func TestSeenMessageIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := moderation.SeenMessage{
		Chat: chess, Message: 41, Thread: 3, Album: "A", At: d.now(), Role: moderation.RoleAdmin,
		Author: moderation.Author{ID: mallory, Channel: true, Bot: true, Language: "en"}, Name: "Mallory", Said: moderation.Evidence{Text: "Buy pills"},
	}
	d.observe(want)
	for range 2 {
		if got, found, err := d.SeenMessage(t.Context(), chess, 41); err != nil || !found || !reflect.DeepEqual(got, want) {
			t.Errorf("kept %+v, %t, %v\nwant %+v", got, found, err, want)
		}
		d.must(d.FlushLog(t.Context()))
	}
	for _, other := range []int64{42, 41 + 512} {
		if got, found, err := d.SeenMessage(t.Context(), chess, other); err != nil || found {
			t.Errorf("found %+v, %v for message %d", got, err, other)
		}
	}
}

func TestAnySeenMessageIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	message := int64(0)
	rapid.Check(t, func(t *rapid.T) {
		message++
		want := moderation.SeenMessage{
			Chat: chess, Message: message, Thread: rapid.Int64().Draw(t, "thread"), Album: rapid.String().Draw(t, "album"), At: d.now(),
			Author: rapid.Make[moderation.Author]().Draw(t, "author"), Name: rapid.String().Draw(t, "first name"),
			Role: moderation.RoleMember,
			Said: moderation.Evidence{
				Name: rapid.String().Draw(t, "name"), Handle: rapid.String().Draw(t, "handle"),
				Text: rapid.String().Draw(t, "text"), Media: rapid.SampledFrom([]string{"", "photo"}).Draw(t, "media"),
			},
		}
		switch rapid.IntRange(0, 6).Draw(t, "besides") {
		case 0:
			want.Said.Entities = []moderation.Entity{rapid.Make[moderation.Entity]().Draw(t, "entity")}
		case 1:
			want.Said.Rest = []string{rapid.String().Draw(t, "caption")}
		case 2:
			want.Said.Files = []moderation.Medium{{Kind: "photo"}}
		case 3:
			want.Said.Reply = &moderation.Replied{Text: rapid.String().Draw(t, "reply")}
		case 4:
			want.Said.Edits = []moderation.Edit{{At: noon, Text: rapid.String().Draw(t, "later")}}
		case 5:
			want.Said.SentAt = noon
		}
		d.observe(want)
		if rapid.Bool().Draw(t, "put down") {
			d.must(d.FlushLog(context.Background()))
		}
		if got, found, err := d.SeenMessage(context.Background(), chess, message); err != nil || !found || !reflect.DeepEqual(got, want) {
			t.Fatalf("kept %+v, %t, %v\nwant %+v", got, found, err, want)
		}
	})
}

func TestObserveAgainChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.Joined(t.Context(), d.next(), chess, moderation.Supergroup, []moderation.Person{{ID: anna}}, d.now()))
	seen := []moderation.SeenMessage{d.wrote(anna, 41), d.wrote(anna, 42)}
	d.observe(seen...)
	before := d.dump()
	seen[0].Said.Text = "something else"
	d.observe(append(seen, seen...)...)
	if after := d.dump(); !slices.Equal(before, after) {
		t.Errorf("changed: %q", added(before, after))
	}
	if got := d.docket(moderation.Key{Chat: chess, Actor: anna}).Record.Messages; got != 2 {
		t.Errorf("%d messages count; want 2", got)
	}
}

func TestRingIsBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var seen []moderation.SeenMessage
	for m := range int64(700) {
		seen = append(seen, d.wrote(anna, m+1))
	}
	d.observe(seen...)
	got := d.recent(1000)
	if len(got) != 512 || got[0] != 700 || got[511] != 189 {
		t.Errorf("%d are kept, from %d to %d; want the last 512", len(got), got[len(got)-1], got[0])
	}
	if first := d.recent(3); !slices.Equal(first, []int64{700, 699, 698}) {
		t.Errorf("the latest are %v", first)
	}
}

func TestLateMessageDoesNotPushOutThePresent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.observe(d.wrote(anna, 1000))
	d.observe(d.wrote(bob, 1000-512))
	if got := d.recent(10); !slices.Equal(got, []int64{1000}) {
		t.Errorf("kept are %v", got)
	}
	edited := d.wrote(anna, 1000)
	edited.Said.Text, edited.Edited = "edited", true
	d.observe(edited)
	d.observe(d.wrote(anna, 1000)) // the first form, late
	if s, _, err := d.SeenMessage(t.Context(), chess, 1000); err != nil || s.Said.Text != "edited" {
		t.Errorf("kept is %q, %v", s.Said.Text, err)
	}
}

func TestAlbumIsReportedWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	part := func(message int64, album string) {
		s := d.wrote(mallory, message)
		s.Album = album
		d.observe(s)
	}
	part(41, "A")
	d.must(d.FlushLog(t.Context()))
	part(42, "A")
	part(43, "B")
	id := d.reportAlbum(anna, 42, "A")
	part(44, "A") // after the report
	if got := d.docket(moderation.Key{Chat: chess, Case: id}).Messages; !slices.Equal(got, []int64{42, 41, 44}) {
		t.Errorf("the case is about %v", got)
	}
	d.pass(moderation.MaxAge + time.Hour)
	d.must(d.Forget(t.Context(), d.now())) // the index forgets sooner than the case ends
	if got := d.docket(moderation.Key{Chat: chess, Case: id}).Messages; !slices.Equal(got, []int64{42, 41, 44}) {
		t.Errorf("later the case is about %v", got)
	}
	d.uphold(id)
	part(45, "A") // and after its end: to be removed, not to be offered
	if got := d.recent(10); !slices.Equal(got, nil) {
		t.Errorf("offered are %v", got)
	}
}

func TestNewcomersAreCountedUntilTheyAreNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		joined bool
		counts bool
		want   int
	}{
		"seen joining":          {true, true, moderation.NewMessages},
		"there before the bot":  {false, true, 0},
		"commands do not count": {true, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			if c.joined {
				d.must(d.court.Joined(t.Context(), d.next(), chess, moderation.Supergroup, []moderation.Person{{ID: anna}}, d.now()))
			}
			for m := range int64(8) {
				s := d.wrote(anna, m+1)
				s.Counts = c.counts
				d.observe(s)
			}
			if got := d.docket(moderation.Key{Chat: chess, Actor: anna}).Record.Messages; got != c.want {
				t.Errorf("%d messages count; want %d", got, c.want)
			}
		})
	}
}

func TestLinkedChannelIsLearned(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	post, other := d.wrote(-100555, 41), d.wrote(-100556, 42)
	post.Role, other.Role = moderation.RoleLinked, moderation.RoleLinked
	for _, s := range []moderation.SeenMessage{post, other} {
		d.observe(s, d.wrote(anna, 1)) // the next one of the same batch sees it
		if c, err := d.Chat(t.Context(), chess); err != nil || c.Linked != s.Author.ID {
			t.Errorf("linked is %d, %v; want %d", c.Linked, err, s.Author.ID)
		}
	}
}

func TestSilencedIsRemovedAndNotOffered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Silence: &moderation.Silence{Author: mallory, Until: d.now().Add(time.Hour)}}})
	// A shorter silence does not cut it short.
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Silence: &moderation.Silence{Author: mallory, Until: d.now().Add(time.Minute)}}})
	d.pass(30 * time.Minute)
	d.observe(d.wrote(mallory, 41), d.wrote(anna, 42))
	if got := d.recent(10); !slices.Equal(got, []int64{42}) {
		t.Errorf("offered are %v", got)
	}
	if got := d.waiting(); !slices.Equal(got, []string{"delete [41]"}) {
		t.Errorf("to be done: %q", got)
	}
}
