package moderation_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// taught are a rule's examples.
func taught(rulebook.Rule) moderation.Examples {
	return moderation.Examples{Breaks: []string{"b1", "b2"}, Fine: []string{"f1", "f2", "f3"}}
}

// truth is the right answer about an example of [taught].
func truth(example string) moderation.Side {
	if example[0] == 'b' {
		return moderation.Breaks
	}
	return moderation.Fine
}

// class is a fixture in which Mallory is muted, and Telegram knows until when.
type class struct {
	*fixture
	until time.Time // at Telegram, zero if they are not muted
}

func newClass(r *fixture) *class {
	r.chats[club].Rights = moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
	return &class{fixture: r}
}

// mute mutes Mallory by hand and returns the case.
func (c *class) mute(d time.Duration) string {
	c.t.Helper()
	cs, err := c.court.Punish(c.ctx, moderation.ManualPenalty{
		Update: c.next(), Chat: club, Kind: moderation.Supergroup, By: boss, Rule: rulebook.Spam,
		Target: moderation.Target{Author: moderation.Author{ID: mallory}, Role: moderation.RoleMember},
		Step:   ladder.Step{Kind: ladder.Mute, For: d},
	})
	c.must(err)
	c.carry()
	return cs.ID
}

// carry does at Telegram what the effects say, as the handlers do.
func (c *class) carry() {
	for _, e := range c.effects {
		k := c.find(moderation.Key{Chat: club, Case: e.Case})
		due := k != nil && k.Reversed == "" && k.Penalty == e.Step && k.Until.Equal(e.Until)
		switch {
		case e.Kind == moderation.EffectPunish && due && !c.until.After(e.Until):
			c.until = e.Until
		case e.Kind == moderation.EffectShorten && due && c.until.Equal(e.From):
			c.until = e.Until
		case e.Kind == moderation.EffectFree:
			c.until = time.Time{}
		}
	}
	c.effects = nil
}

func (c *class) pupil() moderation.Member {
	return moderation.Member{ID: mallory, Present: true, Muted: c.until.After(c.now)}
}

// sit is a step at a quiz; a page with no question opens it.
func (c *class) sit(id string, at moderation.Page, answer moderation.Side) (moderation.Page, error) {
	page, err := c.court.Quiz(c.ctx, moderation.Sitting{
		Update: c.next(), Chat: club, Case: id, By: c.pupil(), Examples: taught, Sheet: at.Sheet, Number: at.Number, Answer: answer,
	})
	c.carry()
	return page, err
}

func (c *class) open(id string) moderation.Page {
	c.t.Helper()
	page, err := c.sit(id, moderation.Page{}, "")
	c.must(err)
	return page
}

// take answers all questions, the first so many of them right.
func (c *class) take(id string, right int) moderation.Page {
	c.t.Helper()
	page := c.open(id)
	for n := range moderation.Questions {
		answer := truth(page.Question.Example)
		if n >= right {
			answer = map[moderation.Side]moderation.Side{moderation.Breaks: moderation.Fine, moderation.Fine: moderation.Breaks}[answer]
		}
		var err error
		page, err = c.sit(id, page, answer)
		c.must(err)
	}
	return page
}

func TestPassingHalvesWhatIsLeft(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ mute, after, left time.Duration }{
		{4 * time.Hour, 0, 2 * time.Hour},
		{4 * time.Hour, 3 * time.Hour, 30 * time.Minute},
		{61 * time.Second * 2, 0, 61 * time.Second},
		{2 * moderation.WorthWhile, 0, moderation.WorthWhile},
		{2*moderation.WorthWhile - 2*time.Second, 0, 0},
		{365 * day, 100 * day, 265 * day / 2},
	} {
		c := newClass(newFixture(t))
		id := c.mute(test.mute)
		c.now = c.now.Add(test.after)
		page := c.take(id, moderation.Questions)
		end := c.now.Add(test.left)
		if got := c.find(moderation.Key{Chat: club, Case: id}); !got.Until.Equal(end) || !got.Learned.Equal(c.now) || !c.until.Equal(end) {
			t.Errorf("%v after %v: until %v, at Telegram %v; want %v", test.mute, test.after, got.Until, c.until, end)
		}
		if over := test.left == 0; !page.Passed || over != page.Until.IsZero() || !over && !page.Until.Equal(end) {
			t.Errorf("%v after %v: %+v", test.mute, test.after, page)
		}
	}
}

func TestOneWrongAnswerFails(t *testing.T) {
	t.Parallel()
	for right := range moderation.Questions {
		c := newClass(newFixture(t))
		id := c.mute(4 * day)
		page := c.take(id, right)
		if page.Passed || !page.Again.Equal(c.now.Add(day)) || !page.Until.Equal(c.now.Add(4*day)) || !c.until.Equal(page.Until) {
			t.Errorf("%d right: %+v", right, page)
		}
		var no *moderation.Refusal
		c.now = c.now.Add(day - time.Second)
		if _, err := c.sit(id, moderation.Page{}, ""); !errors.As(err, &no) || no.Code != moderation.RefuseQuizFailed || !no.Until.Equal(page.Again) {
			t.Errorf("too early: %v", err)
		}
		c.now = c.now.Add(time.Second)
		if page = c.take(id, moderation.Questions); !page.Passed {
			t.Errorf("a day later: %+v", page)
		}
	}
}

func TestWhoHasNoQuiz(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(c *class, s *moderation.Sitting)
		want   moderation.Code
	}{
		"another":            {func(_ *class, s *moderation.Sitting) { s.By.ID = anna }, moderation.RefuseNotYours},
		"no case":            {func(_ *class, s *moderation.Sitting) { s.Case = "ZZZZ" }, moderation.RefuseNotYours},
		"another group":      {func(_ *class, s *moderation.Sitting) { s.Chat = club - 1 }, moderation.RefuseNotYours},
		"off":                {func(c *class, _ *moderation.Sitting) { c.tune(func(p *moderation.Policy) { p.Quiz = false }) }, moderation.RefuseQuizOff},
		"gone":               {func(_ *class, s *moderation.Sitting) { s.By.Present = false }, moderation.RefuseAway},
		"over":               {func(c *class, _ *moderation.Sitting) { c.now = c.now.Add(time.Hour) }, moderation.RefuseNoMute},
		"freed in Telegram":  {func(_ *class, s *moderation.Sitting) { s.By.Muted = false }, moderation.RefuseNoMute},
		"of one sort":        {func(_ *class, s *moderation.Sitting) { s.Examples = oneSort }, moderation.RefuseQuizNone},
		"two examples":       {func(_ *class, s *moderation.Sitting) { s.Examples = twoExamples }, moderation.RefuseQuizNone},
		"no example":         {func(_ *class, s *moderation.Sitting) { s.Examples = noExample }, moderation.RefuseQuizNone},
		"waits for a right":  {func(c *class, s *moderation.Sitting) { s.By.Muted, c.chats[club].Rights.Restrict = false, false }, ""},
		"silenced, not mute": {silenced, ""},
	} {
		c := newClass(newFixture(t))
		s := moderation.Sitting{Chat: club, Case: c.mute(time.Hour), By: c.pupil(), Examples: taught}
		test.change(c, &s)
		s.Update = c.next()
		_, err := c.court.Quiz(c.ctx, s)
		var no *moderation.Refusal
		if test.want == "" && err != nil || test.want != "" && (!errors.As(err, &no) || no.Code != test.want) {
			t.Errorf("%s: %v; want %q", name, err, test.want)
		}
		if q := c.quizzes[member{club, mallory}]; test.want != "" && q.Case != "" {
			t.Errorf("%s: %+v is kept", name, q)
		}
	}
}

func silenced(c *class, s *moderation.Sitting) {
	s.By.Muted = false
	c.records[member{club, mallory}] = moderation.Record{Silenced: c.now.Add(time.Hour)}
}

func oneSort(rulebook.Rule) moderation.Examples {
	return moderation.Examples{Breaks: []string{"b1", "b2", "b3", "b4"}}
}

func twoExamples(rulebook.Rule) moderation.Examples {
	return moderation.Examples{Breaks: []string{"b1"}, Fine: []string{"f1"}}
}

func noExample(rulebook.Rule) moderation.Examples { return moderation.Examples{} }

// Both sorts occur, no example twice, and each example and each place is drawn at some time.
func TestQuestionsAreDrawn(t *testing.T) {
	t.Parallel()
	drawn := map[int]map[string]bool{0: {}, 1: {}, 2: {}}
	for luck := range uint64(300) {
		r := newFixture(t)
		r.luck = luck * 977
		c := newClass(r)
		page := c.take(c.mute(4*day), moderation.Questions)
		kinds := map[bool]int{}
		var texts []string
		for i, q := range page.Asked {
			kinds[q.Breaks]++
			texts = append(texts, q.Example)
			drawn[i][q.Example] = true
			if (truth(q.Example) == moderation.Breaks) != q.Breaks || !q.Right() {
				t.Fatalf("question %+v", q)
			}
		}
		slices.Sort(texts)
		if kinds[true] == 0 || kinds[false] == 0 || len(slices.Compact(texts)) != moderation.Questions {
			t.Fatalf("drawn %q", texts)
		}
	}
	for place, examples := range drawn {
		if len(examples) != 5 {
			t.Errorf("as question %d only %v", place+1, examples)
		}
	}
}

// The rule book changes in the middle: what is asked is asked anew, and old answers count for nothing.
func TestChangedExamplesBeginAnew(t *testing.T) {
	t.Parallel()
	c := newClass(newFixture(t))
	id := c.mute(4 * time.Hour)
	page := c.open(id)
	page, err := c.sit(id, page, truth(page.Question.Example))
	c.must(err)
	other := func(rulebook.Rule) moderation.Examples {
		return moderation.Examples{Breaks: []string{"b7"}, Fine: []string{"f7", "f8"}}
	}
	anew, err := c.court.Quiz(c.ctx, moderation.Sitting{
		Update: c.next(), Chat: club, Case: id, By: c.pupil(), Examples: other, Sheet: page.Sheet, Number: page.Number, Answer: moderation.Fine,
	})
	c.must(err)
	if anew.Number != 0 || anew.Sheet == page.Sheet || !slices.Contains([]string{"b7", "f7", "f8"}, anew.Question.Example) {
		t.Errorf("page %+v", anew)
	}
}

// school is what may happen around quizzes, in any order.
type school struct {
	*class
	ids    []string
	pages  []moderation.Page // all that were ever shown, with buttons that still work or do not
	halved time.Time         // when last
}

// Whatever is pressed in whatever order, what is left of a mute is halved at most once in 30 days, and no mute
// ever becomes longer. Telegram knows the end of the longest.
func TestQuizNeverHarms(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	rapid.Check(t, func(t *rapid.T) {
		s := &school{class: newClass(newFixtureFor(ctx, t))}
		s.luck = rapid.Uint64().Draw(t, "luck")
		s.begin(t)
		t.Repeat(map[string]func(*rapid.T){
			"mute": s.begin, "press": s.press, "take": s.pass,
			"wait": func(t *rapid.T) {
				s.now = s.now.Add(time.Duration(rapid.IntRange(1, 20*24).Draw(t, "hours")) * time.Hour)
			},
			"pardon": func(*rapid.T) { s.pardon() },
			"":       s.check,
		})
	})
}

func (s *school) begin(t *rapid.T) {
	s.ids = append(s.ids, s.mute(time.Duration(rapid.IntRange(1, 60*24*60).Draw(t, "minutes"))*time.Minute))
}

func (s *school) pardon() {
	_, err := s.court.Pardon(s.ctx, moderation.Key{Update: s.next(), Chat: club}, moderation.Author{ID: mallory}, boss)
	if no := (*moderation.Refusal)(nil); err != nil && !errors.As(err, &no) {
		s.t.Fatalf("pardon: %v", err)
	}
	s.carry()
}

// press is any button that was ever shown, or that somebody made up.
func (s *school) press(t *rapid.T) {
	page := rapid.SampledFrom(append(s.pages, moderation.Page{}, moderation.Page{Sheet: 7})).Draw(t, "page")
	page.Number = rapid.IntRange(-1, 3).Draw(t, "number")
	s.sits(rapid.SampledFrom(s.ids).Draw(t, "case"), page, moderation.Side(rapid.SampledFrom([]string{"breaks", "fine", "", "x"}).Draw(t, "answer")))
}

// pass answers as many questions as there are, mostly right.
func (s *school) pass(t *rapid.T) {
	id := rapid.SampledFrom(s.ids).Draw(t, "case")
	page, ok := s.sits(id, moderation.Page{}, "")
	for ok && page.Number < moderation.Questions {
		answer := truth(page.Question.Example)
		if rapid.IntRange(0, 9).Draw(t, "luck") == 0 {
			answer = moderation.Fine
		}
		page, ok = s.sits(id, page, answer)
	}
}

// sits presses, and looks at what that did to each mute.
func (s *school) sits(id string, page moderation.Page, answer moderation.Side) (moderation.Page, bool) {
	ends := map[string]time.Time{}
	for _, k := range s.cases {
		ends[k.ID] = k.Until
	}
	held := s.until
	page, err := s.sit(id, page, answer)
	for _, k := range s.cases {
		was := ends[k.ID]
		if k.Until.Equal(was) {
			continue
		}
		want := s.now.Add(was.Sub(s.now) / 2).Truncate(time.Second)
		if want.Sub(s.now) < moderation.WorthWhile {
			want = s.now
		}
		if !k.Until.Equal(want) || !was.After(s.now) || k.ID != id {
			s.t.Errorf("case %s: until %v, was %v; want %v", k.ID, k.Until, was, want)
		}
		if !s.halved.IsZero() && s.now.Before(s.halved.Add(moderation.PassedFor)) {
			s.t.Errorf("halved at %v and at %v", s.halved, s.now)
		}
		s.halved = s.now
	}
	if s.until.After(held) {
		s.t.Errorf("Telegram mutes until %v; was until %v", s.until, held)
	}
	if no := (*moderation.Refusal)(nil); err != nil && !errors.As(err, &no) {
		s.t.Fatalf("quiz: %v", err)
	}
	if err == nil {
		s.pages = append(s.pages, page)
	}
	return page, err == nil
}

// check holds Telegram against the books.
func (s *school) check(*rapid.T) {
	var longest time.Time
	for _, o := range s.offences(member{club, mallory}) {
		if o.Until.After(s.now) && o.Until.After(longest) {
			longest = o.Until
		}
	}
	if s.until.After(s.now) && !s.until.Equal(longest) || !s.until.After(s.now) && !longest.IsZero() {
		s.t.Errorf("Telegram mutes until %v, the books until %v", s.until, longest)
	}
}
