package storage_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// set changes what is kept of a group.
func (d *desk) set(number int64, change func(*moderation.Chat)) {
	d.t.Helper()
	c := d.docket(moderation.Key{Chat: number}).Chat
	change(&c)
	d.decide(moderation.Key{Chat: number}, moderation.Outcome{Chat: &c})
}

func TestGroupIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ref := d.docket(moderation.Key{Chat: chess}).Chat.Ref
	want := moderation.Chat{
		ID: chess, Ref: ref, Former: chess - 3, Kind: moderation.Supergroup,
		Rights: moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true},
		Policy: moderation.Policy{
			Threshold: 4, Quorum: 3, Window: time.Hour, Ladder: ladder.Ladder{muteHour, banEver}, Lapse: 2 * day,
			CardAfter: 2, CardDelay: time.Second, CardTTL: time.Minute, ReportLimit: 5, Language: "de",
			Digest: "daily 08:00", Timezone: "Europe/Berlin", Summon: time.Minute, Heavy: moderation.HeavyVotes, Appeals: moderation.AppealsAdmins, Quiz: true,
		},
		Book:   rulebook.Book{{ID: rulebook.Spam, Severity: 2, Name: "Ads", Why: "None.", Breaks: []string{"Buy"}, Fine: []string{"Hi"}, Removed: true, Sweep: rulebook.SweepOff}},
		Linked: chess - 1, Intro: 7, Greeted: noon,
		Told: moderation.RightsTold{Missing: []moderation.Right{moderation.RightDelete}, At: noon, Turn: 3},
		Bots: moderation.OtherBots{Known: []moderation.OtherBot{{ID: 77, Seen: noon, Sure: true, Left: noon.Add(time.Hour)}}, Told: noon.Add(-day)},
		Log:  chess - 2, LogLost: true, LinkCode: "K7Q2XX", LinkEnds: noon.Add(time.Minute),
		DigestFrom: noon.Add(-day), DigestDue: noon.Add(day),
		Since: noon.Add(-9 * day), GapEnded: noon.Add(-8 * day), Paused: noon.Add(time.Hour), Size: moderation.Size{Members: 41, Asked: noon},
		NewCaused: noon.Add(-2 * time.Minute),
		Changed:   []moderation.ChangedSettings{{Number: 3, At: noon, Undone: true, Changes: []moderation.Change{{Setting: "quorum", From: "2", To: "3"}}}},
	}
	whole(t, want)
	whole(t, want.Rights)
	whole(t, want.Policy)
	whole(t, want.Book[0])
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Chat: &want})
	d.close()
	d.open()
	for name, find := range map[string]func() (moderation.Chat, error){
		"by its number":       func() (moderation.Chat, error) { return d.Chat(t.Context(), chess) },
		"by its number here":  func() (moderation.Chat, error) { return d.ChatByRef(t.Context(), ref) },
		"by the code":         func() (moderation.Chat, error) { return d.ChatByCode(t.Context(), "K7Q2XX", noon) },
		"as decisions see it": func() (moderation.Chat, error) { return d.docket(moderation.Key{Chat: chess}).Chat, nil },
	} {
		if got, err := find(); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v\nwant %+v", name, got, err, want)
		}
	}
}

// What was switched off stays off, though the default is on.
func TestSettingsThatAreOffStayOff(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.set(chess, func(c *moderation.Chat) { c.Policy.Quiz, c.Policy.CardAfter, c.Policy.CardTTL = false, 0, 0 })
	if c, err := d.Chat(t.Context(), chess); err != nil || c.Policy.Quiz || c.Policy.CardAfter != 0 || c.Policy.CardTTL != 0 {
		t.Errorf("settings %+v, %v", c.Policy, err)
	}
}

// What never comes is kept as such.
func TestNeverIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.set(chess, func(c *moderation.Chat) { c.DigestDue = moderation.Never })
	if c, err := d.Chat(t.Context(), chess); err != nil || !c.DigestDue.Equal(moderation.Never) {
		t.Errorf("the digest is due at %s, %v", c.DigestDue, err)
	}
}

func TestNoSuchGroup(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c, err := d.Chat(t.Context(), chess)
	if want := (moderation.Chat{ID: chess, Policy: d.opts.Defaults}); err != nil || !reflect.DeepEqual(c, want) {
		t.Errorf("one that was never seen is %+v, %v", c, err)
	}
	if _, err := d.ChatByRef(t.Context(), 1); !errors.Is(err, moderation.ErrNoChat) {
		t.Errorf("ChatByRef = %v", err)
	}
	d.enter(chess) // without a code, as most are
	for _, code := range []string{"", "K7Q2XX"} {
		if _, err := d.ChatByCode(t.Context(), code, time.Time{}); !errors.Is(err, moderation.ErrNoChat) {
			t.Errorf("ChatByCode(%q) = %v", code, err)
		}
	}
}

func TestCodeIsWorthSomethingForAWhile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		story func(*desk)
		after time.Duration
		want  bool
	}{
		"at once":           {func(*desk) {}, 0, true},
		"at last":           {func(*desk) {}, moderation.LinkCodeFor - time.Second, true},
		"too late":          {func(*desk) {}, moderation.LinkCodeFor, false},
		"when it was used":  {func(d *desk) { d.must(d.court.LinkLog(d.t.Context(), d.next(), chess, -5, admin(carl), "off", "x")) }, 0, false},
		"after another":     {func(d *desk) { d.must(d.court.OfferLink(d.t.Context(), d.next(), chess, "AAAAAA")) }, 0, false},
		"of another, later": {func(d *desk) { d.must(d.court.OfferLink(d.t.Context(), d.next(), chess-1, "AAAAAA")) }, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.must(d.court.OfferLink(t.Context(), d.next(), chess, "K7Q2XX"))
			c.story(d)
			got, err := d.ChatByCode(t.Context(), "K7Q2XX", d.now().Add(c.after))
			if c.want && (err != nil || got.ID != chess) || !c.want && !errors.Is(err, moderation.ErrNoChat) {
				t.Errorf("it is %d, %v; want it to count: %t", got.ID, err, c.want)
			}
		})
	}
}

func TestDigestsThatAreDue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, c := range []struct {
		due    time.Time
		member bool
	}{
		{noon, true}, {noon.Add(-time.Hour), true}, {noon.Add(time.Second), true}, {moderation.Never, true},
		{time.Time{}, true}, // not planned yet
		{noon, false}, {time.Time{}, false},
	} {
		d.set(chess-int64(i), func(g *moderation.Chat) { g.DigestDue, g.Rights.Member = c.due, c.member })
	}
	for limit, want := range map[int][]int64{9: {chess - 4, chess - 1, chess}, 2: {chess - 4, chess - 1}, 0: nil} {
		if got, err := d.DigestsDue(t.Context(), noon, limit); err != nil || !slices.Equal(got, want) {
			t.Errorf("at most %d: %v, %v; want %v", limit, got, err, want)
		}
	}
}

// hourly is a calendar on which a digest is due an hour after each.
type hourly struct{}

func (hourly) Next(_ moderation.Policy, after time.Time) time.Time { return after.Add(time.Hour) }

func (hourly) Last(_ moderation.Policy, _, since time.Time) time.Time { return since }

// While the bot is away no digest is due; when it is asked back the next is planned anew.
func TestNoDigestWhileTheBotIsAway(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.court.Calendar = hourly{}
	d.enter(chess)
	began := d.now()
	d.pass(time.Hour)
	due := func() []int64 {
		got, err := d.DigestsDue(t.Context(), d.now(), 9)
		d.must(err)
		return got
	}
	if got := due(); !slices.Equal(got, []int64{chess}) {
		t.Errorf("to be planned are %v", got)
	}
	d.must(d.court.Lost(t.Context(), chess))
	if got := due(); got != nil {
		t.Errorf("away, and due are %v", got)
	}
	d.pass(30 * day)
	d.enter(chess)
	c, err := d.Chat(t.Context(), chess)
	if got := due(); got != nil {
		t.Errorf("just back, and due are %v", got)
	}
	d.pass(time.Hour)
	if got := due(); err != nil || !slices.Equal(got, []int64{chess}) || !c.DigestFrom.Equal(began) {
		t.Errorf("back, and due are %v, from %s, %v", got, c.DigestFrom, err)
	}
}
