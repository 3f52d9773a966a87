package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// advert is a text whose copies go.
const advert = "Cheap coins at https://coins.example"

// posts has somebody write a message.
func (r *fixture) posts(who, message int64, text string) {
	r.t.Helper()
	r.must(r.court.Observe(r.ctx, []moderation.SeenMessage{r.postOf(who, message, text)}))
}

func (r *fixture) postOf(who, message int64, text string) moderation.SeenMessage {
	return moderation.SeenMessage{
		Update: r.next(), Chat: club, Kind: moderation.Supergroup, Message: message, At: r.now, Author: moderation.Author{ID: who, Language: "en"},
		Said: moderation.Evidence{Text: text}, Role: moderation.RoleMember, Counts: true, Plain: true,
	}
}

// joined makes somebody new.
func (r *fixture) joined(who ...int64) {
	for _, id := range who {
		r.records[member{club, id}] = moderation.Record{Joined: r.now.Add(-time.Hour)}
	}
}

// settledIn makes somebody established.
func (r *fixture) settledIn(who ...int64) {
	for _, id := range who {
		r.presence[member{club, id}] = moderation.Presence{First: dayOf(r.now) - 30, Days: moderation.EstablishedDays}
	}
}

// sweeps does what waits to be swept, and says what else was to be done.
func (r *fixture) sweeps(admins ...int64) {
	r.t.Helper()
	for i := 0; i < len(r.effects); i++ {
		e, ok := r.effects[i].Effect.(moderation.SweepMessages)
		if !ok {
			continue
		}
		r.effects = slices.Delete(r.effects, i, i+1)
		i = -1 // it may bring more
		e.Chat = club
		k := r.find(moderation.Key{Chat: club, Case: e.Case})
		marks := k.evidence.SweepMarks()
		r.must(r.court.Sweep(r.ctx, e, r.likeIt(club, k.Author.ID, marks), marks, admins))
	}
}

// advertised has Mallory write an advertisement that two who name the rule report.
func (r *fixture) advertised(message int64, rule rulebook.RuleID, who ...int64) *kept {
	r.t.Helper()
	for _, id := range who {
		report := r.reportOf(id, message)
		report.Rule, report.Evidence = rule, moderation.Evidence{Text: advert}
		_, err := r.court.Report(r.ctx, report)
		r.must(err)
	}
	return r.about(message)
}

// gone reports which messages are not known any more.
func (r *fixture) gone(messages ...int64) (gone []int64) {
	for _, m := range messages {
		if !slices.ContainsFunc(r.seen, func(s moderation.SeenMessage) bool { return s.Message == m }) {
			gone = append(gone, m)
		}
	}
	return gone
}

// What it takes for more to go than the one message, and how much goes then.
func TestWhatIsSwept(t *testing.T) {
	t.Parallel()
	const before, copied, others = 30, 31, 32
	spam := rulebook.Spam
	for name, test := range map[string]struct {
		author      func(*fixture)
		rule        rulebook.RuleID
		reporters   []int64
		byAdmin     bool
		step        ladder.Step
		want        []int64
		wantNothing bool
	}{
		"a new author":                         {func(r *fixture) { r.joined(mallory) }, spam, []int64{anna, bob}, false, ladder.Step{}, []int64{before, copied, others}, false},
		"nobody new, two who name it":          {func(*fixture) {}, spam, []int64{anna, bob}, false, ladder.Step{}, []int64{before, copied, others}, false},
		"established, two who name it":         {func(r *fixture) { r.settledIn(mallory) }, spam, []int64{anna, bob}, false, ladder.Step{}, []int64{copied, others}, false},
		"established, an admin who warns":      {func(r *fixture) { r.settledIn(mallory) }, spam, []int64{anna}, true, ladder.Step{}, []int64{copied, others}, false},
		"a rule that is not marked":            {func(r *fixture) { r.joined(mallory) }, rulebook.OffTopic, []int64{anna, bob}, false, ladder.Step{}, nil, true},
		"a rule that is not marked, but a ban": {func(r *fixture) { r.joined(mallory) }, rulebook.Hate, []int64{anna, bob}, false, ladder.Step{Kind: ladder.Ban}, []int64{before, copied, others}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			first := ladder.Step{Kind: ladder.Warn}
			if test.step.Kind != "" {
				first = test.step
			}
			r.tune(func(p *moderation.Policy) {
				p.Ladder, p.Threshold, p.Heavy = ladder.Ladder{first}, 2, moderation.HeavyVotes
				if test.step.Kind != "" {
					p.Threshold = 3 // else a verdict is gentle
				}
			})
			r.longWatched()
			test.author(r)
			r.joined(gina)
			r.posts(mallory, before, "Good morning")
			r.posts(mallory, copied, advert)
			r.posts(gina, others, advert)
			reporters := test.reporters
			if test.step.Kind != "" {
				reporters = append(reporters, carl)
			}
			k := r.advertised(41, test.rule, reporters...)
			if test.byAdmin {
				k.Listed = true
				r.must(r.admin(k, moderation.Upheld))
			}
			if k.Verdict != moderation.Upheld {
				t.Fatalf("the case is %s: %+v %+v", k.Verdict, k.Case, k.ballots)
			}
			r.sweeps()
			if got := r.gone(before, copied, others); !slices.Equal(got, test.want) {
				t.Errorf("gone are %v; want %v", got, test.want)
			}
			if k.Along != len(test.want) {
				t.Errorf("along went %d", k.Along)
			}
		})
	}
}

// One voice alone, of an author who is not new, has nothing else removed, whatever it names.
func TestOneVoiceSweepsNothing(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	r.longWatched()
	r.posts(mallory, 31, advert)
	r.advertised(41, rulebook.Spam, anna)
	k := r.advertised(41, "", bob)
	if k.Verdict != moderation.Upheld {
		t.Fatalf("the case is %s: %+v %+v", k.Verdict, k.Case, k.ballots)
	}
	r.sweeps()
	if gone := r.gone(31); len(gone) > 0 || k.Rule != rulebook.Spam {
		t.Errorf("gone are %v, under %s", gone, k.Rule)
	}
}

// The copy of a newcomer goes, they are told once, and it counts for nothing. That of anybody else brings a card, of which there
// are three at most.
func TestCopiesOfOthers(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	r.longWatched()
	r.joined(mallory, gina)
	r.posts(gina, 30, advert)
	r.posts(gina, 31, advert)
	for i, who := range []int64{carl, erin, frank, 18} {
		r.posts(who, 32+int64(i), advert)
	}
	k := r.advertised(41, rulebook.Spam, anna, bob)
	r.carriedBut(moderation.EffectSweep)
	r.sweeps()
	if got := r.gone(30, 31, 32, 33, 34, 35); !slices.Equal(got, []int64{30, 31}) || k.Along != 2 {
		t.Errorf("gone are %v, of which %d along", got, k.Along)
	}
	r.want("delete [30 31]", "notice somebody", "card open", "card open", "card open", "admins decided")
	swept := r.about(30)
	if swept == nil || !swept.Swept() || swept.CopyOf != k.ID || swept.Author.ID != gina || swept.Rule != rulebook.Spam || len(r.history[member{club, gina}]) > 0 {
		t.Errorf("of a newcomer's copy there is %+v", swept)
	}
	if r.about(31) != nil || r.about(35) != nil {
		t.Error("there is a case about a second copy, or a fourth question")
	}
	asked := r.about(32)
	if asked == nil || asked.CopyOf != k.ID || asked.Verdict != moderation.Open || !asked.Carded() || asked.Breaks > 0 {
		t.Errorf("of an ordinary member's copy there is %+v", asked)
	}
}

// carriedBut takes the effects that wait away, but for those of a kind.
func (r *fixture) carriedBut(kind moderation.EffectKind) {
	r.effects = slices.DeleteFunc(r.effects, func(e queuedEffect) bool { return e.Kind != kind })
}

// longWatched makes the bot one that has been an admin for a while.
func (r *fixture) longWatched() {
	r.chats[club].Since, r.chats[club].Rights.Admin = r.now.Add(-30*24*time.Hour), true
}

// Whoever copies what an established member wrote, or an admin, and has the copy upheld, has nothing removed but their own.
func TestOriginalsStay(t *testing.T) {
	t.Parallel()
	for name, trusted := range map[string]func(*fixture) []int64{
		"an established member": func(r *fixture) []int64 { r.settledIn(carl); return nil },
		"an admin":              func(*fixture) []int64 { return []int64{carl} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newFixture(t)
			r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
			r.longWatched()
			r.joined(mallory, gina)
			admins := trusted(r)
			r.posts(carl, 30, advert)
			r.posts(gina, 31, advert)
			r.posts(mallory, 32, "Hello")
			k := r.advertised(41, rulebook.Spam, anna, bob)
			r.sweeps(admins...)
			if got := r.gone(30, 31, 32); !slices.Equal(got, []int64{32}) || k.Along != 1 {
				t.Errorf("gone are %v", got)
			}
			if len(r.watched) > 0 {
				t.Errorf("copies of it are looked for: %v", r.watched)
			}
		})
	}
}

// A copy that comes within a day goes too, until the verdict is overturned. What went by then cannot be brought back, and its
// cases are overturned as well.
func TestLaterCopies(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	r.longWatched()
	r.joined(mallory, gina, frank)
	k := r.advertised(41, rulebook.Spam, anna, bob)
	r.sweeps()
	r.posts(gina, 51, advert)
	r.sweeps()
	if gone := r.gone(51); len(gone) != 1 || k.Along != 1 {
		t.Errorf("gone are %v, along went %d", gone, k.Along)
	}
	_, err := r.court.Overturn(r.ctx, r.of(k), boss)
	r.must(err)
	if swept := r.about(51); swept.Reversed != moderation.Overturned {
		t.Errorf("the case about the copy is %q", swept.Reversed)
	}
	r.posts(frank, 52, advert)
	r.sweeps()
	if gone := r.gone(52); len(gone) > 0 {
		t.Error("a copy of what was found fine is gone")
	}
}

// An appeal against a removed copy says that this message was fine. Then copies of it go no longer; the other verdict stands.
func TestCopyIsOverturned(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	r.longWatched()
	r.joined(mallory, gina, frank)
	r.posts(gina, 30, advert)
	k := r.advertised(41, rulebook.Spam, anna, bob)
	r.sweeps()
	swept := r.about(30)
	_, err := r.court.Appeal(r.ctx, moderation.Plea{Update: r.next(), Chat: club, Case: swept.ID, Author: gina})
	r.must(err)
	r.effects = nil
	_, err = r.court.Overturn(r.ctx, r.of(swept), boss)
	r.must(err)
	r.want("news somebody overturned", "admins overturned by Dora")
	if swept.Reversed != moderation.Overturned || swept.Appeal != moderation.AppealGranted || k.Reversed != "" || len(r.watched) > 0 {
		t.Errorf("%+v, the other is %q; looked for are %v", swept.Case, k.Reversed, r.watched)
	}
	_, err = r.court.Overturn(r.ctx, r.of(swept), boss)
	r.refusedAs(err, moderation.RefuseReversed)
	_, err = r.court.Harsher(r.ctx, r.of(swept), boss, "")
	r.refusedAs(err, moderation.RefuseReversed)
}

// A message that goes along and has an open case ends that: its reporters hear of it, its author gets no penalty, and its
// voters' records stay as they are.
func TestOpenCaseGoesAlong(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	r.longWatched()
	r.joined(mallory, gina)
	r.posts(gina, 30, advert)
	report := r.reportOf(carl, 30)
	report.Target.Author = moderation.Author{ID: gina, Language: "en"}
	_, err := r.court.Report(r.ctx, report)
	r.must(err)
	r.advertised(41, rulebook.Spam, anna, bob)
	r.effects = slices.DeleteFunc(r.effects, func(e queuedEffect) bool { return e.Kind != moderation.EffectSweep })
	r.sweeps()
	r.want("delete [30]", "swept", "admins decided")
	other := r.about(30)
	e := moderation.EndSwept{Waiting: moderation.Waiting{Chat: club}, Case: other.ID, With: r.about(41).ID, Rule: rulebook.Spam, Tells: true}
	r.must(r.court.EndSwept(r.ctx, e))
	r.want("card", "card_gone in 10m", "outcome carl upheld", "notice somebody", "admins decided")
	if !other.Swept() || len(r.history[member{club, gina}]) > 0 {
		t.Errorf("it is %+v", other.Case)
	}
	r.must(r.court.EndSwept(r.ctx, e))
	r.want()
}

// The rest of what an established member wrote goes once an admin has confirmed what votes alone may not bring.
func TestRestGoesOnceConfirmed(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{ladder.Step{Kind: ladder.Ban}} })
	r.longWatched()
	r.settledIn(mallory)
	r.posts(mallory, 30, "Good morning")
	k := r.advertised(41, rulebook.Spam, anna, bob, carl)
	r.sweeps()
	if gone := r.gone(30); len(gone) > 0 || k.Pending.Kind != ladder.Ban {
		t.Fatalf("gone are %v, waiting is %v", gone, k.Pending)
	}
	_, err := r.court.Confirm(r.ctx, r.of(k), boss, k.Pending.String())
	r.must(err)
	r.sweeps()
	if gone := r.gone(30); len(gone) != 1 {
		t.Error("nothing is gone")
	}
}

// More than goes at once goes in turns, and the admins are told when all is done.
func TestManyAreSweptInTurns(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	r.longWatched()
	r.joined(mallory)
	for i := range int64(250) {
		r.posts(mallory, 1000+i, "Hello")
	}
	k := r.advertised(41, rulebook.Spam, anna, bob)
	r.sweeps()
	told := 0
	for _, e := range r.effects {
		if len(e.Messages) > moderation.SweptAtOnce {
			t.Errorf("%d at once", len(e.Messages))
		}
		if e.Topic == moderation.TopicDecided {
			told++
		}
	}
	if k.Along != 250 || told != 1 {
		t.Errorf("along went %d; told %d times", k.Along, told)
	}
}
