package e2e

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// The story of [TestTimesDoNotTellWhoReported], in seconds where it is time.
const (
	watchedPeople  = 40
	watchedCases   = 30      // in each group
	watchedAgain   = 8       // in a group where messages are reported again
	watchedSpacing = 40      // between two messages
	watchedWindow  = 12 * 60 // of the vote
	watchedListed  = 10 * 60 // from the card to its entry in the log
	watchedSeconds = watchedCases*watchedSpacing + 160 + watchedWindow
)

// setting is what a group sets by a command; "" if it is what it starts with.
func (k watchedKind) setting(name string) string {
	switch {
	case name == "cardafter" && k.after != 1:
		return strconv.Itoa(k.after)
	case name == "carddelay" && k.delay > 0:
		return strconv.Itoa(k.delay) + "s"
	}
	return ""
}

// plan draws what happens in a group. Most cases get some votes and expire, some get a verdict, some are taken back.
func (g *watchedGroup) plan() {
	r := g.of.r
	for n := range watchedCases {
		t := &tale{group: g, author: r.IntN(len(g.people)), wrote: 10 + n*watchedSpacing}
		switch chance := r.Float64(); {
		case g.kind.again:
			t.again, t.votes, t.wrote = true, []string{"👌", "👌"}, 10+n*watchedSpacing/8
		case chance < 0.2:
			t.undone = true
		case chance < 0.3:
			t.votes = []string{"🚩", "🚩"}
		case chance < 0.5:
			t.votes = []string{"👌", "🚩"}
		case chance < 0.8:
			t.votes = []string{"👌"}
		}
		g.presence.come(t.author, t.wrote-watchedIn, t.wrote+watchedIn)
		t.begin(g.kind.after, 90)
		if g.kind.again && n == watchedAgain-1 {
			break
		}
	}
}

// telling is a kind of moment that others see, and that follows from an act nobody sees.
type telling struct {
	name  string
	again bool                  // it is about messages that are reported again
	delay func(watchedKind) int // how long ago the act can have been at most, by the rules
	trace func(*tale) []trace
}

var tellings = []telling{
	{"card", false, cardDelay, func(t *tale) []trace { return t.ofReport(t.first("card", 0), 0) }},
	{"entry in the log", false, cardDelay, func(t *tale) []trace {
		// The entry of a case that is undecided; others are about verdicts.
		if entry := t.first("entry", 0); entry != nil && entry.at >= t.first("card", 0).at+watchedListed-cardDelay(t.group.kind) &&
			entry.at < t.first("card", 0).at+watchedWindow-cardDelay(t.group.kind) {
			return t.ofReport(entry, watchedListed)
		}
		return nil
	}},
	{"end of the vote", false, cardDelay, func(t *tale) []trace { return t.ofReport(t.expired(), watchedWindow) }},
	{"card and end", false, cardDelay, func(t *tale) []trace {
		all := t.ofReport(t.first("card", 0), 0)
		if end := t.expired(); end != nil && len(all) > 0 {
			all[0].shown[1], all[0].both = end.at-watchedWindow, true
			return all
		}
		return nil
	}},
	{"card taken away", false, cardDelay, func(t *tale) []trace {
		gone := t.first("gone", t.undo.calls)
		if t.taken < len(t.reports) || t.taken == 0 || gone == nil {
			return nil
		}
		return []trace{t.trace(t.undo, t.wrote+1, gone.at)}
	}},
	{"edit of the card", false, editDelay, (*tale).ofVotes},
	{"verdict", false, editDelay, (*tale).ofVerdict},
	{"jury asked", true, func(watchedKind) int { return 600 }, func(t *tale) []trace {
		jury := t.first("jury", 0)
		if jury == nil {
			return nil
		}
		return []trace{t.trace(t.second, t.first("end", 0).at, jury.at)}
	}},
}

// cardDelay is the delay of the group, or that of most groups if it has none.
func cardDelay(k watchedKind) int { return cmp.Or(k.delay, 30) }

// editDelay is the longest time between two edits.
func editDelay(watchedKind) int { return 15 }

func (t *tale) trace(of unseen, since, shown int) trace {
	return trace{presence: t.group.presence, who: of.who, did: of.at, not: t.author, since: since, shown: [2]int{shown}}
}

// ofReport is what something tells of the report that brought the card, and that comes so long after it.
func (t *tale) ofReport(seen *sight, later int) []trace {
	if seen == nil || len(t.reports) == 0 {
		return nil
	}
	return []trace{t.trace(t.reports[len(t.reports)-1], t.wrote+1, seen.at-later)}
}

// expired is the end of a vote that nobody decided.
func (t *tale) expired() *sight {
	end := t.first("end", 0)
	if end == nil || end.at < t.first("card", 0).at+watchedWindow-cardDelay(t.group.kind) {
		return nil
	}
	return end
}

// ofVotes is what edits of the card tell of votes. What an edit shows was not there at the one before.
func (t *tale) ofVotes() (all []trace) {
	for _, vote := range t.cast {
		edit := t.first("edit", vote.calls)
		if vote.calls == 0 || edit == nil {
			continue
		}
		since := 0
		for _, s := range t.sights {
			if (s.what == "edit" || s.what == "card") && s.call < edit.call {
				since = s.at
			}
		}
		all = append(all, t.trace(vote, since, edit.at))
	}
	return all
}

// ofVerdict is what a verdict tells of the vote that decided, which is not hidden.
func (t *tale) ofVerdict() []trace {
	end := t.first("end", 0)
	for _, vote := range t.cast {
		if end != nil && t.expired() == nil && vote.calls > 0 && vote.at == end.at {
			return []trace{t.trace(vote, t.first("card", 0).at, end.at)}
		}
	}
	return nil
}

// watchedKinds are the groups of the story: over a thousand cases with the card delay that a group starts with, and some with
// others, to compare.
func watchedKinds() (all []watchedKind) {
	for _, some := range []struct {
		kind watchedKind
		n    int
	}{
		{watchedKind{delay: 30, after: 1}, 29}, {watchedKind{delay: 30, after: 2}, 9},
		{watchedKind{delay: 0, after: 1}, 5}, {watchedKind{delay: 10, after: 1}, 4}, {watchedKind{delay: 60, after: 1}, 4},
		{watchedKind{delay: 0, after: 1, again: true}, 9},
	} {
		if underRace || cluster != nil { // which find other faults than this one, and are slow
			some.n = (some.n + 4) / 5
		}
		all = append(all, slices.Repeat([]watchedKind{some.kind}, some.n)...)
	}
	return all
}

// Times may tell no more than so many bits of who did something, and without a delay they tell more than so many: else the
// observer is no good.
const (
	mostBits  = 0.1
	leastBits = 0.3
)

// TestTimesDoNotTellWhoReported has members of many groups report messages, vote and take reports back, while somebody watches
// who knows who was there in every five seconds, and when the bot showed something, to members or to admins. They learned from
// own reports how long that takes. They must not guess better who reported than somebody who knows no more than who was there
// in the last card_delay.
func TestTimesDoNotTellWhoReported(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{}, func(c *config.Config) {
		for name, value := range map[string]string{"ladder": "warn", "window": "12m"} {
			setDefault(t, c.Defaults, name, value)
		}
	})
	w.down()
	var mu sync.Mutex
	source := rand.New(rand.NewPCG(3, 3))
	w.chance = func() uint64 {
		mu.Lock()
		defer mu.Unlock()
		return source.Uint64()
	}
	w.up()
	all := newWatched(w, 1, watchedPeople, watchedSeconds, watchedKinds())
	for _, g := range all.groups {
		g.plan()
	}
	all.run(watchedSeconds)
	for _, about := range tellings {
		for _, kind := range slices.Compact(watchedKinds()) {
			all.judge(t, about, kind)
		}
	}
	t.Logf("card_delay 600 would have them found after %d reports", untilFound(evenly(600), watchedPeople, 600))
}

// judge says how much a kind of moments tells in groups of a kind.
func (all *watched) judge(t *testing.T, about telling, kind watchedKind) {
	t.Helper()
	var traces []trace
	for _, g := range all.groups {
		for _, one := range g.tales {
			if g.kind == kind && (!kind.again || about.again) {
				traces = append(traces, about.trace(one)...)
			}
		}
	}
	if len(traces) == 0 {
		return
	}
	delay := about.delay(kind)
	span := max(2*delay, 40)
	k := observe(traces, delay, span)
	t.Logf("%-16s %s  %v", about.name, kind, k)
	held := about.name != "verdict" && (kind.delay >= 30 || about.again || about.name == "edit of the card")
	switch {
	case held && k.acts >= 50 && k.low > 0 && k.bits > mostBits:
		t.Errorf("%s, %s: tells %.2f bits, want at most %.2f", about.name, kind, k.bits, mostBits)
	case held && k.outside > len(traces)/20:
		t.Errorf("%s, %s: %d of %d showed later than they may", about.name, kind, k.outside, len(traces))
	case kind.delay == 0 && about.name == "card" && k.acts >= 50 && k.bits < leastBits:
		t.Errorf("%s, %s: the observer sees %.2f bits, want at least %.2f", about.name, kind, k.bits, leastBits)
	}
	if about.name == "card" {
		t.Logf("%-16s %s  is found after %d reports", "", kind, untilFound(traces, watchedPeople, span))
	}
}

func (k watchedKind) String() string {
	if k.again {
		return "reported again          "
	}
	return fmt.Sprintf("card_delay %2d, card_after %d", k.delay, k.after)
}
