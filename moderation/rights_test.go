package moderation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Rights of the bot, from none to all.
var (
	away     = moderation.Rights{}
	present  = moderation.Rights{Member: true}
	noBans   = moderation.Rights{Member: true, Admin: true, Delete: true}
	noDelete = moderation.Rights{Member: true, Admin: true, Restrict: true}
	bare     = moderation.Rights{Member: true, Admin: true}
	all      = moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
)

// tell carries out the effects that are due, and says what the group and its admins read of rights.
func (r *fixture) tell() []string {
	r.t.Helper()
	var read []string
	for len(r.effects) > 0 {
		e := r.effects[0]
		if e.Due.After(r.now) {
			break
		}
		r.effects = r.effects[1:]
		switch {
		case e.Rights != nil:
			read = append(read, fmt.Sprintf("back %v missing %v", e.Rights.Back, e.Rights.Missing))
		case e.Topic == moderation.TopicRights:
			r.must(r.court.TellRights(r.ctx, e.Effect.(moderation.TellAdmins)))
		default:
			read = append(read, string(e.Kind))
		}
	}
	return read
}

// shift is a moment in the life of the bot's rights.
type shift struct {
	later  time.Duration
	rights moderation.Rights
	need   moderation.Right // Telegram refuses what needs it, and says that the rights are these; empty if it says so by itself
	want   string           // what is read then, in words with commas between
	freed  string           // what waits for these may go
}

func TestEachRightIsToldOnce(t *testing.T) {
	t.Parallel()
	const admin, del, ban, soon = moderation.RightAdmin, moderation.RightDelete, moderation.RightRestrict, time.Second
	for name, changes := range map[string][]shift{
		"it comes as admin":            {{0, all, "", "intro", "admin delete restrict"}},
		"it comes, and is made admin":  {{0, present, "", "intro", ""}, {time.Minute, all, "", "intro", "admin delete restrict"}},
		"the same again":               {{0, all, "", "intro", "admin delete restrict"}, {time.Minute, all, "", "", "admin delete restrict"}},
		"it is made admin after a day": {{0, present, "", "intro", ""}, {day, all, "", "", "admin delete restrict"}},
		"it loses a right at once":     {{0, all, "", "intro", "admin delete restrict"}, {time.Minute, noBans, "", "intro, back [] missing [restrict]", "admin delete"}},
		"one goes, then another, then the first is back": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, noBans, "", "back [] missing [restrict]", "admin delete"},
			{day, bare, "", "back [] missing [delete restrict]", "admin"},
			{day, noDelete, "", "back [restrict] missing [delete]", "admin restrict"},
			{day, all, "", "back [delete] missing []", "admin delete restrict"},
		},
		"the other order": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, noDelete, "", "back [] missing [delete]", "admin restrict"},
			{day, noBans, "", "back [delete] missing [restrict]", "admin delete"},
			{day, all, "", "back [restrict] missing []", "admin delete restrict"},
		},
		"both at once": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, bare, "", "back [] missing [delete restrict]", "admin"},
			{day, all, "", "back [delete restrict] missing []", "admin delete restrict"},
		},
		"it is admin no more": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, present, "", "back [] missing [admin delete restrict]", ""},
			{day, noBans, "", "back [admin delete] missing [restrict]", "admin delete"},
		},
		"somebody tries the switches": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, noBans, "", "back [] missing [restrict]", "admin delete"},
			{soon, all, "", "", "admin delete restrict"},
			{soon, bare, "", "", "admin"},
			{soon, noDelete, "", "", "admin restrict"},
			{moderation.RightsCalm, noDelete, "", "back [restrict] missing [delete]", "admin restrict"},
		},
		"and leaves them as they were": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, noBans, "", "back [] missing [restrict]", "admin delete"},
			{soon, all, "", "", "admin delete restrict"},
			{soon, noBans, "", "", "admin delete"},
			{moderation.RightsCalm, noBans, "", "", "admin delete"},
		},
		"what it never had is refused": {
			{0, noBans, "", "intro", "admin delete"},
			{day, noBans, ban, "back [] missing [restrict]", "admin delete"},
			{day, noBans, ban, "", "admin delete"},
			{day, all, "", "back [restrict] missing []", "admin delete restrict"},
		},
		"what it believed to have is refused, and gone": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, noBans, ban, "back [] missing [restrict]", "admin delete"},
			{time.Minute, noBans, "", "", "admin delete"},
			{day, all, "", "back [restrict] missing []", "admin delete restrict"},
		},
		"what it has is refused": {
			{0, all, "", "intro", "admin delete restrict"},
			{day, all, ban, "back [] missing [restrict]", "admin delete"},
			{day, all, ban, "", "admin delete"},
			{day, noDelete, "", "back [restrict] missing [delete]", "admin restrict"},
		},
		"it is removed and asked back": {
			{0, all, "", "intro", "admin delete restrict"}, {day, noBans, "", "back [] missing [restrict]", "admin delete"},
			{day, away, "", "", ""}, {day, all, "", "intro", "admin delete restrict"},
		},
		"it hears first that it is gone": {{0, away, "", "", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			for i, c := range changes {
				r.now = r.now.Add(c.later)
				r.released, r.waits = nil, nil
				if c.need == "" {
					r.must(r.court.Status(t.Context(), r.next(), club, moderation.Supergroup, c.rights))
				} else if waits, err := r.court.Await(t.Context(), moderation.PutPenalty{Waiting: moderation.Waiting{Chat: club}}, c.need, c.rights, r.chats[club].Told.Turn); err != nil || !waits || !slices.Equal(r.waits, []moderation.Right{c.need}) {
					t.Errorf("shift %d: waits %v for %v, %v", i, waits, r.waits, err)
				}
				if got := strings.Join(r.tell(), ", "); got != c.want {
					t.Errorf("shift %d: read is %q, want %q", i, got, c.want)
				}
				if got := strings.Trim(fmt.Sprint(r.released), "[]"); got != c.freed {
					t.Errorf("shift %d: what waits for %q may go, want %q", i, got, c.freed)
				}
				if got := r.chats[club].Rights; got != c.rights {
					t.Errorf("rights %+v", got)
				}
			}
		})
	}
}

// Admins of a basic group have all rights or none, and the app has no switch for one of them.
func TestRightsOfABasicGroup(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.chats[club].Kind = moderation.Basic
	r.must(r.court.Status(t.Context(), r.next(), club, moderation.Basic, all))
	r.now = r.now.Add(day)
	r.must(r.court.Status(t.Context(), r.next(), club, moderation.Basic, present))
	if got := r.tell(); !slices.Equal(got, []string{"intro", "back [] missing [admin]"}) {
		t.Errorf("read is %q", got)
	}
}

// Telegram said something of the rights since the effect was refused: it is tried again instead of waiting for what may be there.
func TestRightThatIsBackMeanwhile(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.must(r.court.Status(t.Context(), r.next(), club, moderation.Supergroup, noBans))
	turn := r.chats[club].Told.Turn
	r.must(r.court.Status(t.Context(), r.next(), club, moderation.Supergroup, all))
	waits, err := r.court.Await(t.Context(), moderation.PutPenalty{Waiting: moderation.Waiting{Chat: club}}, moderation.RightRestrict, noBans, turn)
	if err != nil || waits || r.waits != nil || r.chats[club].Rights != all {
		t.Errorf("waits %v, %v; rights %+v", waits, err, r.chats[club].Rights)
	}
}

// What one person is to read waits though the bot is an admin: nobody is told of a right that is there.
func TestWordsThatAreRefusedAreNoMissingRight(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.must(r.court.Status(t.Context(), r.next(), club, moderation.Supergroup, all))
	r.tell()
	waits, err := r.court.Await(t.Context(), moderation.SendNotice{Waiting: moderation.Waiting{Chat: club}, Notice: moderation.Notice{}}, moderation.RightAdmin, all, r.chats[club].Told.Turn)
	if got := r.tell(); err != nil || !waits || len(got) > 0 {
		t.Errorf("waits %v, %v; read is %q", waits, err, got)
	}
}

// The bot looks by itself whether a right is back. What is refused though it is there stays told as missing.
func TestLook(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.must(r.court.Status(t.Context(), r.next(), club, moderation.Supergroup, all))
	r.now = r.now.Add(day)
	r.tell()
	_, err := r.court.Await(t.Context(), moderation.PutPenalty{Waiting: moderation.Waiting{Chat: club}}, moderation.RightRestrict, all, r.chats[club].Told.Turn)
	r.must(err)
	r.tell()
	for _, c := range []struct {
		rights      moderation.Rights
		want, freed string
	}{
		{all, "", "admin delete restrict"},
		{noDelete, "back [] missing [delete restrict]", "admin restrict"},
		{noBans, "back [delete] missing [restrict]", "admin delete"},
		{all, "back [restrict] missing []", "admin delete restrict"},
	} {
		r.now, r.released = r.now.Add(day), nil
		r.must(r.court.Look(t.Context(), club, c.rights))
		if got := strings.Join(r.tell(), ", "); got != c.want || strings.Trim(fmt.Sprint(r.released), "[]") != c.freed {
			t.Errorf("with %+v read is %q, may go what waits for %v; want %q, %s", c.rights, got, r.released, c.want, c.freed)
		}
	}
}
