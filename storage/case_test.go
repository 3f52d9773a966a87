package storage_test

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

func TestShortIDsAreReadableAndUniqueInTheirGroup(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	crockford := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4,}$`)
	seen := map[string]bool{}
	for message := range int64(60) {
		id := d.report(anna+message, 1+message)
		if !crockford.MatchString(id) {
			t.Errorf("id %q", id)
		}
		if seen[id] {
			t.Errorf("id %q was given twice", id)
		}
		seen[id] = true
	}
}

func TestSameShortIDInTwoGroupsIsTwoCases(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	other := moderation.Key{Update: d.next(), Chat: chess - 1, Message: 77}
	d.decide(other, moderation.Outcome{Case: &moderation.Case{
		ID: id, CaseMessage: moderation.CaseMessage{Message: 77, Author: moderation.Author{ID: carl}}, Verdict: moderation.Open, Opened: d.now(), Deadline: d.now(),
	}})
	for chat, want := range map[int64]int64{chess: 41, chess - 1: 77} {
		if c, err := d.Case(t.Context(), chat, id); err != nil || c.Message != want {
			t.Errorf("case in %d is about %d, %v; want %d", chat, c.Message, err, want)
		}
	}
}

func TestOneCasePerMessage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first, second func(*desk) string
		same          bool
	}{
		"the same message":            {plain(41), plain(41), true},
		"another message":             {plain(41), plain(42), false},
		"another message of an album": {album(41, "A"), album(42, "A"), true},
		"a message of another album":  {album(41, "A"), album(42, "B"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			first := c.first(d)
			d.pass(time.Second)
			if second := c.second(d); (first == second) != c.same {
				t.Errorf("cases %s and %s; want the same: %t", first, second, c.same)
			}
		})
	}
}

func plain(message int64) func(*desk) string {
	return func(d *desk) string { return d.report(anna+d.next(), message) }
}

func album(message int64, name string) func(*desk) string {
	return func(d *desk) string { return d.reportAlbum(anna+d.next(), message, name) }
}

// A withdrawn case is none until its message is reported again. Then it is the same, but for what was said in it before: so
// nobody can tell by its id whether it was withdrawn meanwhile.
func TestWithdrawnCaseComesBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.report(anna, 41)
	d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: first, Voter: person(bob), Side: moderation.Fine}))
	before := d.cs(first)
	d.takeBack(first, anna)
	d.takeBack(first, bob)
	if c := d.cs(first); c.Verdict != moderation.Withdrawn {
		t.Fatalf("case %+v", c)
	}
	if _, found := d.evidence(first); found {
		t.Error("its evidence is kept")
	}
	_, err := d.ForgetPerson(t.Context(), mallory, "", func(moderation.Kept) moderation.Erasure { return moderation.Erasure{Cases: []string{first}} })
	d.must(err)
	d.pass(time.Hour)
	got := d.about(41, "")
	if got.Case != nil || got.Withdrawn == nil || got.Withdrawn.ID != first || got.FreshID != "" {
		t.Fatalf("docket %+v", got)
	}
	if again := d.report(carl, 41); again != first {
		t.Fatalf("it comes back as %s", again)
	}
	c, ballots := d.cs(first), d.docket(moderation.Key{Chat: chess, Case: first}).Ballots
	if c.Verdict != moderation.Open || c.CaseMoments != before.CaseMoments || !c.Opened.Equal(d.now()) || c.Author.ID != mallory || c.Votes != 1 {
		t.Errorf("case %+v", c)
	}
	if len(ballots) != 1 || ballots[0].Voter != carl {
		t.Errorf("ballots %+v", ballots)
	}
	if _, found := d.evidence(first); !found {
		t.Error("it has no evidence")
	}
	if n := d.number(`SELECT count(*) FROM cases`); n != 1 {
		t.Errorf("%d cases", n)
	}
}

func TestNoSuchCase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report(anna, 41)
	if _, err := d.Case(t.Context(), chess, "ZZZZZ"); !errors.Is(err, moderation.ErrNoCase) {
		t.Errorf("Case = %v", err)
	}
	if got := d.docket(moderation.Key{Chat: chess, Case: "ZZZZZ"}); got.Case != nil {
		t.Errorf("docket with case %v", got.Case)
	}
}

// Whatever a case may be, that is what it is after a start.
func TestCaseIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := moderation.Case{
		ID: "7KQ2", Chat: chess, CaseMessage: moderation.CaseMessage{Message: 41, Thread: 3, SentAt: d.now().Add(-time.Hour), Author: moderation.Author{ID: mallory, Channel: true, Bot: true, Language: "en"}},
		Verdict: moderation.Upheld, Rule: rulebook.Scam, CasePenalty: moderation.CasePenalty{Penalty: ladder.Step{Kind: ladder.Mute, For: time.Hour}, Until: d.now().Add(2 * time.Hour), Learned: d.now().Add(90 * time.Minute), Removal: moderation.ProgressDone, Put: moderation.ProgressWaits, Entry: moderation.LogEntry{
			Chat: chess - 2, Message: 12, Topic: moderation.TopicManual, By: moderation.Admin{ID: carl, Name: "Carl"}, Seal: "ostrakon.ledger",
		}, Pending: ladder.Step{Kind: ladder.Ban, For: 2 * day}, PendingEnds: d.now().Add(6 * time.Hour)},
		Votes: 5, Breaks: 4, ByAdmin: true, Opened: d.now(), ClockDue: d.now().Add(2 * time.Minute), Deadline: d.now().Add(time.Hour), Decided: d.now().Add(time.Minute),
		CaseMoments: moderation.CaseMoments{CardDelay: time.Minute, CardAfter: 5},
		CaseCard:    moderation.CaseCard{CardWanted: true, Appeared: d.now(), CardVotes: 3, Card: 44, CardEdited: d.now().Add(1234 * time.Millisecond), Unheard: true},
		Manual:      true, Unkept: true, Listed: true, Reopens: "7KQ1", CopyOf: "7KQ0", Along: 12, CaseReview: moderation.CaseReview{Reversed: moderation.Overturned, ReversedAt: d.now().Add(3 * time.Hour), Judges: []int64{anna, 0}, Appeal: moderation.BeforeJury, Appealed: d.now().Add(4 * time.Hour), AppealDue: d.now().Add(5 * time.Hour)},
		Terms: moderation.Terms{CardAfter: 4,
			Threshold: 3, Quorum: 2, Ladder: ladder.Ladder{muteHour, banEver}, Lapse: 2 * day, Heavy: moderation.HeavyVotes,
			Rules: []moderation.TermsRule{{ID: rulebook.Scam, Severity: 3}, {ID: rulebook.Spam, Severity: 1}},
		},
	}
	want.CaseJury = moderation.CaseJury{Jury: jury.Heavy, JuryDue: d.now().Add(7 * time.Hour), Unlearned: true}
	whole(t, want.CaseJury)
	whole(t, want, "Album") // which is kept as a tag alone
	whole(t, want.Terms)
	whole(t, want.Pending)
	d.decide(moderation.Key{Chat: chess, Message: 41}, moderation.Outcome{Case: &want})
	d.close()
	d.open()
	if got, err := d.Case(t.Context(), chess, "7KQ2"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("kept %+v, %v\nwant %+v", got, err, want)
	}
}

func TestBallotsAreKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.Private(t.Context(), d.next(), bob, true))
	id := d.report(anna, 41)
	key := moderation.Key{Chat: chess, Case: id}
	ofBob := moderation.Ballot{Ballot: weight.Ballot{Voter: bob, Side: moderation.Fine, Weight: 0.25, New: true, Joined: d.now().Add(-time.Hour), At: d.now(), Order: 2}, Language: "en", Reported: true, NoCard: true, Drawn: true, Quiet: true, Rule: rulebook.Hate, Private: true}
	ofAnna := moderation.Ballot{Ballot: weight.Ballot{Voter: anna, Side: moderation.Breaks, Weight: 1, At: d.now(), Order: 1}, Language: "en", Reported: true, Rule: rulebook.Scam}
	whole(t, ofBob)
	changed := ofBob
	changed.Side, changed.Rule, changed.NoCard, changed.Quiet, changed.Reported, changed.New, changed.Drawn = moderation.Breaks, "", false, false, false, false, false
	cs := d.docket(key).Case
	for _, c := range []struct {
		name string
		out  moderation.Outcome
		want []moderation.Ballot
	}{
		{"one more", moderation.Outcome{Case: cs, CaseChanges: moderation.CaseChanges{Cast: &ofBob}}, []moderation.Ballot{ofAnna, ofBob}},
		{"changed", moderation.Outcome{Case: cs, CaseChanges: moderation.CaseChanges{Cast: &changed}}, []moderation.Ballot{ofAnna, changed}},
		{"taken back", moderation.Outcome{Case: cs, CaseChanges: moderation.CaseChanges{Retract: bob}}, []moderation.Ballot{ofAnna}},
	} {
		d.decide(key, c.out)
		got := d.docket(key).Ballots
		slices.SortFunc(got, func(a, b moderation.Ballot) int { return int(a.Voter - b.Voter) })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestDueCasesTheOldestFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var ids []string
	for message := range int64(3) {
		ids = append(ids, d.report(anna, 41+message))
		d.pass(time.Minute)
	}
	d.report(bob, 99)
	d.uphold(d.report(carl, 98))
	due, err := d.Due(t.Context(), noon.Add(moderation.DefaultPolicy().Window+2*time.Minute), 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, ref := range due {
		got = append(got, ref.ID)
	}
	if !slices.Equal(got, ids) {
		t.Errorf("due are %v; want %v", got, ids)
	}
	if due, err := d.Due(t.Context(), noon.Add(moderation.MaxAge), 1); err != nil || len(due) != 1 || due[0].ID != ids[0] {
		t.Errorf("at most one is due: %v, %v", due, err)
	}
}
