package moderation_test

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// stage is a group in which nothing happens but practices. It is the store, and takes the steps that are due.
type stage struct {
	moderation.Store
	t     failer
	court *moderation.Court
	chat  moderation.Chat
	now   time.Time

	practice  moderation.Practice
	due       *moderation.DrawPractice // the one that waits
	messages  map[int64]bool           // that stand in the group
	last      int64                    // the number of the latest message
	outcomes  map[int64]int            // who was told, how often
	invited   int
	refuses   bool // Telegram refuses what is sent
	cardShown time.Time
}

func newStage(t failer) *stage {
	s := &stage{
		t: t, now: noon, messages: map[int64]bool{}, outcomes: map[int64]int{},
		chat: moderation.Chat{
			ID: -100, Kind: moderation.Supergroup, Greeted: noon, Policy: moderation.DefaultPolicy(),
			Rights: moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true},
		},
	}
	s.court = moderation.NewCourt(s, func() time.Time { return s.now })
	return s
}

// Update implements [moderation.Updater].
func (s *stage) Update(_ context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	d := moderation.Docket{Chat: s.chat, Practice: moderation.Loaded(moderation.PracticeView{Practice: s.practice, Seed: uint64(s.now.Unix())})}
	if !key.Practice || !key.Bare {
		s.t.Fatalf("a practice looks at more than itself: %+v", key)
	}
	out, err := decide(d)
	if err != nil {
		return out, err
	}
	if rest := out; true {
		rest.Practice, rest.Effects = nil, nil
		if !reflect.DeepEqual(rest, moderation.Outcome{}) {
			s.t.Fatalf("a practice changes more than itself: %+v", rest)
		}
	}
	if out.Practice != nil {
		s.practice = *out.Practice
	}
	for _, e := range out.Effects {
		s.queue(e)
	}
	return out, nil
}

func (s *stage) queue(e moderation.Effect) {
	switch e := e.(type) {
	case moderation.DrawPractice:
		s.due = &e
	case moderation.DeleteMessages:
		for _, m := range e.Messages {
			delete(s.messages, m)
		}
	case moderation.SendPracticeOutcome:
		s.outcomes[e.To.ID]++
	case moderation.SendPracticeAudit:
		s.invited++
	default:
		s.t.Fatalf("a practice brings %s", e)
	}
}

// post is what Telegram makes of a message.
func (s *stage) post() int64 {
	if s.refuses {
		return 0
	}
	s.last++
	s.messages[s.last] = true
	return s.last
}

// pass lets time pass, and takes the steps that come due.
func (s *stage) pass(d time.Duration) {
	for end := s.now.Add(d); ; {
		what, at := s.practice.Due(s.now)
		if what == moderation.PracticeNothing || s.due == nil || at.After(end) {
			s.now = end
			return
		}
		if s.due.Due.After(at) {
			s.t.Fatalf("%d is due at %v, and looked at only at %v", what, at, s.due.Due)
		}
		if at.After(s.now) {
			s.now = at
		}
		s.step(what)
	}
}

func (s *stage) step(what moderation.PracticeDue) {
	number, votes := s.practice.Number(), s.practice.Tally().Votes()
	e := *s.due
	e.Chat = s.chat.ID
	s.due = nil
	var message int64
	switch what {
	case moderation.PracticePost, moderation.PracticeAsk:
		message = s.post()
		if what == moderation.PracticeAsk {
			s.cardShown = s.now
		}
	}
	if err := s.court.PracticeDrawn(context.Background(), e, number, what, message, votes); err != nil {
		s.t.Fatalf("%v", err)
	}
}

func (s *stage) start(admin bool) moderation.PracticeRefusal {
	why, _, err := s.court.StartPractice(context.Background(), 0, s.chat.ID, moderation.Member{ID: 1, Present: true, Admin: admin}, 0)
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	return why
}

func (s *stage) report(who int64) error {
	_, _, err := s.court.ReportPractice(context.Background(), moderation.PracticeReport{
		Chat: s.chat.ID, Message: s.practice.Message, Reporter: moderation.Member{ID: who, Present: true},
	})
	return err
}

func (s *stage) vote(who int64, side moderation.Side) error {
	return s.court.VotePractice(context.Background(), 0, s.chat.ID, s.practice.Number(), moderation.Member{ID: who, Present: true}, side)
}

func (s *stage) undo(who int64) error {
	return s.court.UndoPractice(context.Background(), 0, s.chat.ID, s.practice.Number(), moderation.Member{ID: who, Present: true})
}

// TestPracticesEnd lets people do what they like with practices. Each ends within minutes, and leaves no message; after an hour
// nothing is known of it.
func TestPracticesEnd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newStage(t)
		person := rapid.Int64Range(1, 4)
		began := time.Time{}
		t.Repeat(map[string]func(*rapid.T){
			"start": func(t *rapid.T) {
				s.refuses = rapid.IntRange(0, 9).Draw(t, "refused") == 0
				if before := s.practice.Number(); s.start(true) == moderation.PracticeBegins {
					if before != 0 && s.now.Sub(began) < moderation.PracticeEvery {
						t.Fatal("two within an hour")
					}
					began = s.now
				}
				s.pass(0)
			},
			"report": func(t *rapid.T) { mayRefuse(t, s.report(person.Draw(t, "who"))) },
			"vote": func(t *rapid.T) {
				mayRefuse(t, s.vote(person.Draw(t, "who"), rapid.SampledFrom([]moderation.Side{moderation.Breaks, moderation.Fine}).Draw(t, "side")))
			},
			"undo": func(t *rapid.T) { mayRefuse(t, s.undo(person.Draw(t, "who"))) },
			"wait": func(t *rapid.T) {
				s.pass(rapid.SampledFrom([]time.Duration{time.Second, 5 * time.Second, 20 * time.Second, time.Minute, 4 * time.Minute, time.Hour}).Draw(t, "time"))
			},
			"": func(t *rapid.T) { s.check(t, began) },
		})
		s.pass(10 * time.Minute)
		s.check(t, began)
		s.pass(time.Hour)
		if s.practice.Number() != 0 || len(s.messages) != 0 {
			t.Fatalf("an hour later there is %+v, and %v", s.practice, s.messages)
		}
	})
}

func mayRefuse(t *rapid.T, err error) {
	var no *moderation.Refusal
	if err != nil && !errors.As(err, &no) {
		t.Fatal(err)
	}
}

func (s *stage) check(t *rapid.T, began time.Time) {
	p := s.practice
	if s.now.Sub(began) > 8*time.Minute && len(s.messages) > 0 {
		t.Fatalf("after %v these stand there: %v", s.now.Sub(began), s.messages)
	}
	if p.Verdict == moderation.Upheld && p.Appeared.IsZero() && !p.Gone {
		t.Fatalf("decided before there was a card: %+v", p)
	}
	if p.Gone && (len(p.Ballots) > 0 || p.Message != 0 || p.Card != 0) {
		t.Fatalf("it is over, and this is kept: %+v", p)
	}
	if p.Live() && p.Card == 0 && len(p.Ballots) > 0 && p.CardDue.Sub(s.now) > 8*time.Second {
		t.Fatalf("its card comes only at %v", p.CardDue)
	}
}

// TestPracticeAlone plays one with a single person. She is told how it ended, and the owner is invited.
func TestPracticeAlone(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.start(false)
	s.pass(0)
	if err := s.report(7); err != nil {
		t.Fatal(err)
	}
	s.pass(10 * time.Second)
	if len(s.messages) != 2 {
		t.Fatalf("there is no card: %+v", s.practice)
	}
	s.pass(time.Minute)
	if s.practice.Verdict != moderation.Upheld || s.practice.Rule != rulebook.Other {
		t.Errorf("it ended as %+v", s.practice)
	}
	if !maps.Equal(s.outcomes, map[int64]int{7: 1}) || s.invited != 1 {
		t.Errorf("told %v, and %d owners", s.outcomes, s.invited)
	}
	s.pass(time.Minute)
	if len(s.messages) != 0 {
		t.Errorf("%v stand there", s.messages)
	}
}

// TestWhoMayPractise tells who may begin a practice, and when.
func TestWhoMayPractise(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		after  time.Duration
		admin  bool
		change func(*moderation.Chat)
		want   moderation.PracticeRefusal
	}{
		"a member on the first day":    {after: 23 * time.Hour},
		"a member later":               {after: 24 * time.Hour, want: moderation.PracticeAdmins},
		"an admin later":               {after: 24 * time.Hour, admin: true},
		"a member where nobody greets": {change: func(c *moderation.Chat) { c.Greeted = time.Time{} }, want: moderation.PracticeAdmins},
		"the bot may not delete":       {admin: true, change: func(c *moderation.Chat) { c.Rights.Delete = false }, want: moderation.PracticeRights},
		"the bot is no admin":          {admin: true, change: func(c *moderation.Chat) { c.Rights = moderation.Rights{Member: true} }, want: moderation.PracticeRights},
		"the bot may not restrict":     {admin: true, change: func(c *moderation.Chat) { c.Rights.Restrict = false }},
		"a basic group":                {admin: true, change: func(c *moderation.Chat) { c.Kind = moderation.Basic }},
	} {
		s := newStage(t)
		if test.change != nil {
			test.change(&s.chat)
		}
		s.now = s.now.Add(test.after)
		if why := s.start(test.admin); why != test.want {
			t.Errorf("%s: %d, want %d", name, why, test.want)
		}
	}
}

// TestPracticeOfManyIsBounded has a large group vote. What is stored stays small.
func TestPracticeOfManyIsBounded(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.start(true)
	s.pass(0)
	_ = s.report(1)
	s.pass(10 * time.Second)
	for i := range int64(100) {
		side := moderation.Fine
		if i%2 == 0 {
			side = moderation.Breaks
		}
		_ = s.vote(100+i/2*2+1-i%2, side)
	}
	if n := len(s.practice.Ballots); n > 20 {
		t.Errorf("%d ballots are kept", n)
	}
}

// TestPracticeIsOverWhenItIsFull has as many vote as may. Then it is decided, with its card, and nobody is told so before.
func TestPracticeIsOverWhenItIsFull(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		reports int64
		want    moderation.Verdict
	}{
		"when it has a card": {1, moderation.Expired},
		"before its card":    {20, moderation.Upheld},
	} {
		s := newStage(t)
		s.start(true)
		s.pass(0)
		for i := range test.reports {
			if err := s.report(1 + i); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		s.pass(8 * time.Second)
		for i := test.reports; i < 20; i++ {
			if s.practice.Verdict.Final() {
				t.Fatalf("%s: over after %d", name, i)
			}
			side := moderation.Fine
			if i%2 == 0 {
				side = moderation.Breaks
			}
			if err := s.vote(1+i, side); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if s.practice.Verdict != test.want {
			t.Errorf("%s: %s, want %s", name, s.practice.Verdict, test.want)
		}
		var no *moderation.Refusal
		if err := s.vote(99, moderation.Fine); !errors.As(err, &no) || no.Code != moderation.RefuseDecided {
			t.Errorf("%s: one more is told %v", name, err)
		}
	}
}

// TestPracticeEndsThoughItsCardIsLate has the change of a card wait for longer than the vote lasts.
func TestPracticeEndsThoughItsCardIsLate(t *testing.T) {
	t.Parallel()
	p := moderation.Practice{
		Began: noon, Message: 1, Posted: noon, Verdict: moderation.Open, Card: 2, Appeared: noon, CardVotes: 1, EditDue: noon.Add(50 * time.Second),
		Ballots: []moderation.PracticeBallot{{Voter: 1, Side: moderation.Breaks}, {Voter: 2, Side: moderation.Fine}},
	}
	for after, want := range map[time.Duration]moderation.PracticeDue{
		55 * time.Second: moderation.PracticeEdit, time.Minute: moderation.PracticeDecide, 2 * time.Minute: moderation.PracticeDecide,
	} {
		if what, _ := p.Due(noon.Add(after)); what != want {
			t.Errorf("after %v %d is due, want %d", after, what, want)
		}
	}
}
