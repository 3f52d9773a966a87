package moderation_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// What the lines of the ledger look like must not change unnoticed: old receipts hold them, and verifiers read them.
func TestEventLines(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 1, 23, 59, 58, 7, time.FixedZone("", 3600))
	until := time.Date(2026, 7, 2, 13, 14, 15, 0, time.FixedZone("", -3600))
	for want, e := range map[string]moderation.Event{
		`{"v":2,"kind":"opened","group":"g3","case":"7KQ2","at":"2026-07-01"}`: {
			Kind: moderation.EventOpened, Case: "7KQ2", Concerns: moderation.ConcernsGroup,
		},
		`{"v":2,"kind":"ballot","group":"g3","case":"7KQ2","at":"2026-07-01"}`: {
			Kind: moderation.EventBallot, Case: "7KQ2", Concerns: moderation.ConcernsVoter,
		},
		`{"v":2,"kind":"withdrawn","group":"g3","case":"7KQ2","at":"2026-07-01"}`: {
			Kind: moderation.EventWithdrawn, Case: "7KQ2", Concerns: moderation.ConcernsGroup,
		},
		`{"v":2,"kind":"verdict","group":"g3","case":"7KQ2","at":"2026-07-01","rule":"scam","verdict":"upheld","by":"votes"}`: {
			Kind: moderation.EventVerdict, Case: "7KQ2", Concerns: moderation.ConcernsAuthor,
			Verdict: moderation.Upheld, Rule: rulebook.Scam, By: "votes",
		},
		`{"v":2,"kind":"penalty","group":"g3","case":"7KQ2","at":"2026-07-01","penalty":"mute 1h","until":"2026-07-02T14:14:15Z"}`: {
			Kind: moderation.EventPenalty, Case: "7KQ2", Concerns: moderation.ConcernsAuthor, Penalty: "mute 1h", Until: until,
		},
		`{"v":2,"kind":"rule","group":"g3","case":"7KQ2","at":"2026-07-01","rule":"hate","by":"admin"}`: {
			Kind: moderation.EventRule, Case: "7KQ2", Concerns: moderation.ConcernsAuthor, Rule: rulebook.Hate, By: "admin",
		},
		`{"v":2,"kind":"appeal","group":"g3","case":"7KQ2","at":"2026-07-01","appeal":"jury"}`: {
			Kind: moderation.EventAppeal, Case: "7KQ2", Concerns: moderation.ConcernsAuthor, Appeal: moderation.BeforeJury,
		},
		`{"v":2,"kind":"overturned","group":"g3","case":"7KQ2","at":"2026-07-01","by":"jury"}`: {
			Kind: moderation.EventOverturned, Case: "7KQ2", Concerns: moderation.ConcernsAuthor, By: "jury",
		},
		`{"v":2,"kind":"pardoned","group":"g3","case":"7KQ2","at":"2026-07-01","by":"admin"}`: {
			Kind: moderation.EventPardoned, Case: "7KQ2", Concerns: moderation.ConcernsAuthor, By: "admin",
		},
		`{"v":2,"kind":"ended","group":"g3","case":"7KQ2","at":"2026-07-01","by":"admin"}`: {
			Kind: moderation.EventEnded, Case: "7KQ2", Concerns: moderation.ConcernsAuthor, By: "admin",
		},
		`{"v":2,"kind":"setting","group":"g3","at":"2026-07-01","setting":"threshold","from":"3","to":"7.5"}`: {
			Kind: moderation.EventSetting, Concerns: moderation.ConcernsGroup, Setting: "threshold", From: "3", To: "7.5",
		},
		`{"v":2,"kind":"action","group":"g3","at":"2026-07-01","setting":"purge","count":12}`: {
			Kind: moderation.EventAction, Concerns: moderation.ConcernsGroup, Setting: "purge", Count: 12,
		},
		`{"v":2,"kind":"action","group":"g3","at":"2026-07-01","penalty":"mute","setting":"free"}`: {
			Kind: moderation.EventAction, Concerns: moderation.ConcernsGroup, Setting: "free", Penalty: "mute",
		},
	} {
		e.At = at
		if got, err := e.Text("g3"); got != want || err != nil {
			t.Errorf("%s, %v\nwant %s", got, err, want)
		}
	}
}

// Nothing in the line of a ballot depends on the side or on the rule that it names. What earlier releases wrote does.
func TestNamesSide(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"v":1,"kind":"ballot","group":"g3","case":"7KQ2","at":"2026-07-01","side":"breaks","rule":"spam"}`: true,
		`{"v":1,"kind":"ballot","group":"g3","case":"7KQ2","at":"2026-07-01","side":"fine"}`:                 true,
		`{"v":2,"kind":"ballot","group":"g3","case":"7KQ2","at":"2026-07-01"}`:                               false,
		"what nobody can read": true,
	} {
		if got := moderation.NamesSide(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// logged are the events since it was asked last, in words.
func (r *fixture) logged() []string {
	var all []string
	for _, e := range r.events {
		words := []string{string(e.Kind)}
		for _, w := range []string{
			e.Case, string(e.Rule), string(e.Verdict), e.Penalty, string(e.Appeal), e.Setting, e.From, e.To,
		} {
			if w != "" {
				words = append(words, w)
			}
		}
		if !e.Until.IsZero() {
			words = append(words, "for "+ladder.FormatDuration(e.Until.Sub(r.now)))
		}
		if e.Count > 0 {
			words = append(words, strconv.Itoa(e.Count))
		}
		if e.By != "" {
			words = append(words, "by "+e.By)
		}
		if !e.At.Equal(r.now) {
			words = append(words, "at another time")
		}
		all = append(all, strings.Join(append(words, "to "+string(e.Concerns)), " "))
	}
	r.events = nil
	return all
}

// logs compares the events since it was asked last with what should have been.
func (r *fixture) logs(want ...string) {
	r.t.Helper()
	if got := r.logged(); !slices.Equal(got, want) {
		r.t.Errorf("logged: %q\nwant: %q", got, want)
	}
}

// Each change gives its events and no other. Before each, the case was reported by Anna, and what that told is known.
func TestEventsOfVotes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		do   func(*fixture, *kept)
		want []string
	}{
		"nothing":             {func(*fixture, *kept) {}, nil},
		"a vote that is fine": {func(m *fixture, k *kept) { m.must(m.vote(k, bob, moderation.Fine)) }, []string{"ballot 0001 to voter"}},
		"another report":      {func(m *fixture, _ *kept) { m.reports(41, bob) }, []string{"ballot 0001 to voter"}},
		"a vote that changes": {func(m *fixture, k *kept) {
			m.must(m.vote(k, bob, moderation.Fine))
			m.must(m.vote(k, bob, moderation.Breaks))
		}, []string{"ballot 0001 to voter"}},
		"the same vote again": {func(m *fixture, k *kept) {
			m.must(m.vote(k, bob, moderation.Fine))
			m.must(m.vote(k, bob, moderation.Fine))
		}, []string{"ballot 0001 to voter"}},
		"a reporter who votes": {func(m *fixture, k *kept) { m.must(m.vote(k, anna, moderation.Fine)) }, nil},
		"a second report":      {func(m *fixture, _ *kept) { m.reports(41, anna) }, nil},
		"a rule that is named": {func(m *fixture, k *kept) {
			m.must(m.court.Categorize(m.ctx, m.next(), club, k.ID, anna, rulebook.Hate))
		}, nil},
		"a vote taken back": {func(m *fixture, k *kept) {
			m.must(m.vote(k, bob, moderation.Fine))
			m.must(m.undo(k, bob))
		}, []string{"ballot 0001 to voter", "withdrawn 0001 to group"}},
		"a vote taken back, and cast again": {func(m *fixture, k *kept) {
			m.must(m.vote(k, bob, moderation.Fine))
			m.must(m.undo(k, bob))
			m.must(m.vote(k, bob, moderation.Breaks))
		}, []string{"ballot 0001 to voter", "withdrawn 0001 to group", "ballot 0001 to voter"}},
		"the report taken back": {func(m *fixture, k *kept) { m.must(m.undo(k, anna)); m.withdraws(k) }, []string{"withdrawn 0001 to group", "verdict 0001 withdrawn by votes to group"}},
		"the vote that decides": {func(m *fixture, _ *kept) { m.reports(41, bob, carl) }, []string{
			"ballot 0001 to voter", "ballot 0001 to voter", "verdict 0001 other upheld by votes to author", "penalty 0001 warn to author",
		}},
		"the votes that dismiss": {func(m *fixture, k *kept) {
			for i := range 4 {
				m.must(m.vote(k, juror(i), moderation.Fine))
			}
		}, []string{
			"ballot 0001 to voter", "ballot 0001 to voter", "ballot 0001 to voter", "ballot 0001 to voter",
			"verdict 0001 other dismissed by votes to author",
		}},
		"time that passes": {func(m *fixture, _ *kept) {
			m.now = m.now.Add(2 * day)
			_, err := m.court.ExpireDue(m.ctx)
			m.must(err)
		}, []string{"verdict 0001 other expired by time to author"}},
		"an admin who dismisses": {func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Dismissed)) }, []string{"verdict 0001 other dismissed by admin to author"}},
		"an admin who upholds": {func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Upheld)) }, []string{
			"verdict 0001 other upheld by admin to author", "penalty 0001 warn to author",
		}},
		"what is refused": {func(m *fixture, k *kept) { m.refusedAs(m.vote(k, mallory, moderation.Fine), moderation.RefuseAuthor) }, nil},
		"a card that is sent": {func(m *fixture, k *kept) {
			m.must(m.court.CardShown(m.ctx, moderation.DrawCard{Waiting: moderation.Waiting{Chat: club}, Case: k.ID}, 7, 1))
		}, nil},
		"tied members, and then time": {func(m *fixture, _ *kept) {
			m.reports(41, m.troop(3)...)
			m.now = m.now.Add(3 * day)
			_, err := m.court.ExpireDue(m.ctx)
			m.must(err)
		}, []string{
			"ballot 0001 at another time to voter", "ballot 0001 at another time to voter",
			"ballot 0001 at another time to voter",
			"verdict 0001 other expired by time to author",
		}},
		"tied members, and then an admin": {func(m *fixture, k *kept) {
			m.reports(41, m.troop(3)...)
			m.must(m.admin(k, moderation.Dismissed))
		}, []string{
			"ballot 0001 to voter", "ballot 0001 to voter", "ballot 0001 to voter",
			"verdict 0001 other dismissed by admin to author",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			k := m.reports(41, anna)
			m.logs("opened 0001 to group", "ballot 0001 to voter")
			test.do(m, k)
			m.logs(test.want...)
		})
	}
}

// The same for what admins and juries do. Before each the case was upheld, and contested before a jury.
func TestEventsOfJudgement(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		do   func(*fixture, *kept)
		want []string
	}{
		"one juror's vote":      {func(m *fixture, k *kept) { m.must(m.rule(k, juror(0), jury.Uphold)) }, nil},
		"a jury that upholds":   {func(m *fixture, k *kept) { m.all(k, jury.Uphold) }, []string{"appeal 0001 stands to author"}},
		"a jury that overturns": {func(m *fixture, k *kept) { m.all(k, jury.Overturn) }, []string{"appeal 0001 granted to author", "overturned 0001 by jury to author"}},
		"an admin who overturns": {func(m *fixture, k *kept) { m.must(m.overturn(k)) }, []string{
			"appeal 0001 granted to author", "overturned 0001 by admin to author",
		}},
		"an admin who pardons": {func(m *fixture, _ *kept) {
			_, err := m.pardon(human)
			m.must(err)
		}, []string{"pardoned 0001 by admin to author"}},
		"a pardon, when the jury goes home": {func(m *fixture, _ *kept) {
			_, err := m.pardon(human)
			m.must(err)
			m.logged()
			m.hours(0, 1)
		}, []string{"appeal 0001 granted to author"}},
		"a round that ends":         {func(m *fixture, _ *kept) { m.hours(12, 1) }, nil},
		"a juror who left":          {func(m *fixture, k *kept) { m.must(m.court.Vacate(m.ctx, club, k.ID, juror(1))) }, nil},
		"a jury whose time is over": {func(m *fixture, _ *kept) { m.hours(48, 1) }, []string{"appeal 0001 admins to author"}},
		"an admin who confirms": {func(m *fixture, k *kept) {
			m.hours(48, 1)
			m.logged()
			m.must(m.confirm(k, cara))
		}, []string{"appeal 0001 stands to author"}},
		"admins who do nothing": {func(m *fixture, _ *kept) {
			m.hours(48, 1)
			m.logged()
			m.hours(7*24, 1)
		}, []string{"appeal 0001 lapsed to author"}},
		"a penalty made harder": {func(m *fixture, k *kept) {
			m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("mute 60d")} })
			m.must(m.harsher(k, k.Penalty.String()))
		}, []string{"penalty 0001 mute 60d for 60d to author"}},
		"a mute ended by hand": {func(m *fixture, _ *kept) {
			m.must(m.court.Free(m.ctx, moderation.Release{Update: m.next(), Chat: club, By: boss, Author: human, Name: "Mallory", Penalty: ladder.Mute}))
		}, []string{"ended 0001 by admin to author", "action mute free to group"}},
		"a mute by hand": {func(m *fixture, _ *kept) { m.manually(42, "mute 2h") }, []string{
			"opened 0002 to group", "verdict 0002 other upheld by admin to author", "penalty 0002 mute 2h for 2h to author",
		}},
		"a second case that is contested": {func(m *fixture, _ *kept) {
			k := m.manually(42, "warn")
			m.logged()
			_, err := m.court.AskWhy(m.ctx, m.plea(k))
			m.must(err)
			m.logs()
			m.members(0)
			m.must(m.appeal(k))
		}, []string{"appeal 0002 admins to author"}},
		"messages removed by hand": {func(m *fixture, _ *kept) { m.must(m.court.Purge(m.ctx, m.next(), club, boss, []int64{1, 2, 3})) }, []string{"action purge 3 to group"}},
		"a setting that changes": {func(m *fixture, _ *kept) {
			_, err := m.court.Tune(m.ctx, m.tuning(threshold(7)))
			m.must(err)
		}, []string{"setting threshold 0 7 to group"}},
		"a setting that is as it was": {func(m *fixture, _ *kept) {
			_, err := m.court.Tune(m.ctx, m.tuning(threshold(moderation.Auto)))
			m.must(err)
		}, nil},
		"a log channel":                {func(m *fixture, _ *kept) { m.must(m.court.LinkLog(m.ctx, m.next(), club, -9, boss, "off", "Log")) }, []string{"setting logchannel off Log to group"}},
		"an author who cannot be told": {func(m *fixture, k *kept) { m.must(m.court.Unheard(m.ctx, club, k.ID)) }, nil},
		"a complaint about an admin":   {func(m *fixture, _ *kept) { m.complains(bob, 44) }, nil},
		"the end of all ballots": {func(m *fixture, _ *kept) {
			m.hours(48, 1)
			m.hours(7*24, 1)
			m.hours(24, 0) // it is settled in the night after
			m.logged()
			m.settle(1)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, 30, "mute 30d")
			m.logs("opened 0001 to group", "ballot 0001 to voter", "ballot 0001 to voter",
				"verdict 0001 other upheld by admin to author", "penalty 0001 mute 30d for 30d to author")
			m.must(m.appeal(k))
			m.logs("appeal 0001 jury to author")
			test.do(m, k)
			m.logs(test.want...)
		})
	}
}

// ledgered is what the ledger says of a case: what somebody knows who has all its entries, in their order, and nothing
// else.
type ledgered struct {
	opened   int
	verdict  moderation.Verdict
	rule     rulebook.RuleID
	by       string
	penalty  string
	until    time.Time
	reversed moderation.Reversal
	appeal   moderation.AppealState
	ballots  int // counted
	taken    int // back
}

// replay reads the entries.
func replay(t failer, events []moderation.Event) map[string]ledgered {
	cases := map[string]ledgered{}
	for _, e := range events {
		c := cases[e.Case]
		if (c.opened > 0) == (e.Kind == moderation.EventOpened) && e.Case != "" {
			t.Errorf("%s of case %s, which was opened %d times", e.Kind, e.Case, c.opened)
		}
		switch e.Kind {
		case moderation.EventOpened:
			c.opened, c.verdict = c.opened+1, moderation.Open
		case moderation.EventBallot:
			c.ballots++
		case moderation.EventWithdrawn:
			c.taken++
		case moderation.EventVerdict:
			if c.verdict.Final() {
				t.Errorf("a second verdict of case %s", e.Case)
			}
			c.verdict, c.rule, c.by, c.appeal = e.Verdict, e.Rule, e.By, moderation.NoAppeal // one that was opened again is before nobody any more
		case moderation.EventPenalty:
			c.penalty, c.until = e.Penalty, e.Until
		case moderation.EventEnded:
			c.until = e.At
		case moderation.EventAppeal:
			c.appeal = e.Appeal
		case moderation.EventOverturned:
			c.reversed = moderation.Overturned
		case moderation.EventPardoned:
			c.reversed = moderation.Pardoned
		}
		cases[e.Case] = c
	}
	return cases
}

// checkLedger compares what the entries say with what is the case.
func (r *fixture) checkLedger() {
	r.t.Helper()
	cases := replay(r.t, r.events)
	for _, k := range r.cases {
		c, by := cases[k.ID], "votes"
		switch {
		case k.ByAdmin:
			by = "admin"
		case k.ByJury():
			by = "jury"
		case k.Verdict == moderation.Expired:
			by = "time"
		case k.Verdict == moderation.Open:
			by = ""
		}
		penalty := ""
		if k.Penalty.Kind != "" {
			penalty = k.Penalty.String()
		}
		want := ledgered{
			opened: 1, verdict: k.Verdict, rule: k.Rule, by: by, penalty: penalty, until: k.Until, reversed: k.Reversed, appeal: k.Appeal,
			ballots: c.ballots, taken: c.taken,
		}
		if c != want {
			r.t.Errorf("the ledger says of case %s %+v\nbut it is        %+v", k.ID, c, want)
		}
		if now := len(k.ballots); !k.settled && c.ballots-c.taken != now {
			r.t.Errorf("case %s has %d ballots; counted were %d, taken back %d", k.ID, now, c.ballots, c.taken)
		}
	}
}

// A time of day, and any long number such as a person's.
var (
	clock = regexp.MustCompile(`\d\d:\d\d`)
	long  = regexp.MustCompile(`\d{9}`)
)

// checkEventsNameNobody looks for people, and for times, in what the ledger commits to.
func (r *fixture) checkEventsNameNobody() {
	r.t.Helper()
	for _, e := range r.events {
		text, err := e.Text("2s")
		r.must(err)
		rest := strings.Replace(text, `"until":"`+e.Until.UTC().Format(time.RFC3339)+`"`, "", 1)
		if clock.MatchString(rest) || strings.Count(rest, e.At.UTC().Format(time.DateOnly)) != 1 {
			r.t.Errorf("%s tells more of the time than the day", text)
		}
		if long.MatchString(rest) || strings.Contains(rest, "Dora") || strings.Contains(rest, "Cara") || strings.Contains(rest, "Mallory") {
			r.t.Errorf("%s names somebody", text)
		}
		if voter := e.Kind == moderation.EventBallot; voter != (e.Concerns == moderation.ConcernsVoter) {
			r.t.Errorf("%s concerns %s", text, e.Concerns)
		}
		if !e.Until.IsZero() && e.Kind != moderation.EventPenalty {
			r.t.Errorf("%s tells an end", text)
		}
	}
}
