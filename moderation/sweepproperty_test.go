package moderation_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Whatever people wrote and whoever they are: nothing that an established member or an admin wrote is swept as a copy, nor anything in
// the same words. Of others than the author only new members lose anything, and only copies.
func TestNobodyTrustedIsSwept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r := newFixtureFor(t.Context(), rt)
		r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
		r.longWatched()
		var admins []int64
		trusted, fresh := map[int64]bool{}, map[int64]bool{}
		people := []int64{mallory, 21, 22, 23, 24, 25}
		for _, who := range people {
			switch rapid.IntRange(0, 3).Draw(rt, "who") {
			case 0:
				r.settledIn(who)
				trusted[who] = true
			case 1:
				r.joined(who)
				fresh[who] = true
			case 2:
				admins = append(admins, who)
				trusted[who] = who != mallory
			}
		}
		texts := []string{advert, "CHEAP coins at https://coins.example", advert + "?utm_source=x", "Good morning", "https://other.example"}
		for m := range int64(rapid.IntRange(0, 12).Draw(rt, "messages")) {
			r.posts(rapid.SampledFrom(people).Draw(rt, "author"), 50+m, rapid.SampledFrom(texts).Draw(rt, "text"))
		}
		for _, who := range people { // what they wrote made them no more than they were drawn to be
			if !trusted[who] || slices.Contains(admins, who) {
				delete(r.presence, member{club, who})
			}
			if fresh[who] {
				r.joined(who)
			}
		}
		before := slices.Clone(r.seen)
		marks := moderation.Evidence{Text: advert}.Marks()
		protected := slices.ContainsFunc(before, func(s moderation.SeenMessage) bool {
			return s.Author.ID != mallory && trusted[s.Author.ID] && slices.Equal(s.Said.Marks(), marks)
		})
		r.advertised(41, rulebook.Spam, anna, bob)
		r.sweeps(admins...)
		for _, s := range before {
			gone := len(r.gone(s.Message)) > 0
			is := slices.Equal(s.Said.Marks(), marks)
			switch who := s.Author.ID; {
			case !gone:
			case slices.Contains(admins, who):
				rt.Fatalf("an admin's message is gone: %+v", s)
			case who == mallory && trusted[who] && (!is || protected):
				rt.Fatalf("of the established author more than copies is gone: %+v", s)
			case who == mallory:
			case trusted[who] || protected || !fresh[who] || !is:
				rt.Fatalf("gone is what is protected: %+v, trusted: %v, new: %v, copy: %v", s, trusted[who], fresh[who], is)
			}
		}
	})
}

// An attacker has fresh accounts copy what innocent members wrote, and two voices who uphold each copy: a try every two hours, for two
// days. Of a group's messages a fiftieth is by new members, and a twelfth can be copied at all. Who takes what comes costs innocents
// less than a thousandth of their messages. Who knows who is new gets those of new members that nobody else wrote, and no others.
func TestAttackerSweepsNextToNothing(t *testing.T) {
	t.Parallel()
	for name, choose := range map[string]func(s moderation.SeenMessage, fresh bool) bool{
		"takes what comes":     func(s moderation.SeenMessage, _ bool) bool { return len(s.Said.Marks()) > 0 },
		"knows who is new":     func(s moderation.SeenMessage, fresh bool) bool { return fresh && len(s.Said.Marks()) > 0 },
		"upholds greetings":    func(s moderation.SeenMessage, _ bool) bool { return len(s.Said.Marks()) == 0 },
		"takes popular links":  func(s moderation.SeenMessage, _ bool) bool { return slices.Contains(popular(), s.Said.Text) },
		"takes those of elder": func(s moderation.SeenMessage, fresh bool) bool { return !fresh && len(s.Said.Marks()) > 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const messages, tries = 3000, 24
			random := rand.New(rand.NewPCG(7, 11))
			r := newFixture(t)
			r.tune(func(p *moderation.Policy) { p.Threshold = 2 })
			r.longWatched()
			isNew := map[int64]bool{}
			for m := range int64(messages) {
				who := 100 + random.Int64N(150)
				if random.IntN(50) == 0 {
					who = 1000 + random.Int64N(20)
					isNew[who] = true
				}
				r.seen = append(r.seen, r.postOf(who, 10_000+m, said(random, m)))
			}
			for who := range int64(150) {
				r.settledIn(100 + who)
			}
			for who := range isNew {
				r.joined(who)
			}
			var targets []moderation.SeenMessage
			for _, s := range r.seen {
				if choose(s, isNew[s.Author.ID]) {
					targets = append(targets, s)
				}
			}
			random.Shuffle(len(targets), func(i, j int) { targets[i], targets[j] = targets[j], targets[i] })
			for n, target := range targets[:min(tries, len(targets))] {
				r.upholdsCopy(2000+int64(n), 20_000+int64(n), target.Said.Text)
			}
			lost := messages - len(r.seen)
			t.Logf("lost are %d of %d, %.3f %%", lost, messages, 100*float64(lost)/messages)
			if share := float64(lost) / messages; share > 0.001 && name != "knows who is new" || share > 0.01 {
				t.Errorf("lost are %d of %d messages", lost, messages)
			}
		})
	}
}

func popular() []string { return []string{"https://chess.example/cup", "https://news.example/today"} }

// said is what an innocent member writes: mostly words, sometimes a link of their own, sometimes one that many share.
func said(random *rand.Rand, message int64) string {
	switch random.IntN(24) {
	case 0:
		return popular()[random.IntN(2)]
	case 1:
		return fmt.Sprintf("Look: https://example.org/%d", message)
	default:
		return []string{"Good morning", "Yes", "I prefer go", "See you at six"}[random.IntN(4)]
	}
}

// upholdsCopy has a fresh account write a text, and two voices uphold that it breaks the rules.
func (r *fixture) upholdsCopy(author, message int64, text string) {
	r.t.Helper()
	r.now = r.now.Add(time.Minute)
	r.joined(author)
	for _, who := range []int64{anna, bob} {
		report := r.reportOf(who, message)
		report.Target.Author, report.Rule, report.Evidence = moderation.Author{ID: author}, rulebook.Spam, moderation.Evidence{Text: text}
		delete(r.buckets, member{club, who})
		_, err := r.court.Report(r.ctx, report)
		r.must(err)
	}
	if k := r.about(message); k.Verdict != moderation.Upheld {
		r.t.Fatalf("the case is %s", k.Verdict)
	}
	r.sweeps()
	r.effects = nil
}
