package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// knownAtMost is how many voters of a side who voted before are compared with each other.
const knownAtMost = 128

// remember keeps that voters voted before, and that some pairs voted alike.
func (d *desk) remember(voters []int64, pairs ...weight.Pair) {
	d.t.Helper()
	id := d.report(boss, 40)
	key := moderation.Key{Chat: chess, Case: id}
	over := *d.docket(key).Case
	over.Verdict, over.Decided = moderation.Upheld, d.now()
	d.decide(key, moderation.Outcome{Case: &over})
	today := moderation.DayOf(d.now())
	d.settled(func(moderation.Closing) moderation.Settlement {
		s := moderation.Settlement{
			Cases:       weight.Trace{Sum: 100, Day: today},
			VoteRecords: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
		}
		for _, v := range voters {
			s.VoteRecords[v] = weight.VoteRecord{Voted: 10, Day: today}
		}
		for _, p := range pairs {
			s.Alike[p] = weight.Trace{Sum: 10, Day: today}
		}
		return s
	})
}

// ballots casts a ballot of each voter for a side, in this order.
func (d *desk) ballots(key moderation.Key, side moderation.Side, voters []int64) {
	d.t.Helper()
	key.Bare = true
	c := *d.docket(key).Case
	for _, v := range voters {
		order := int(d.next())
		d.decide(key, moderation.Outcome{Case: &c, CaseChanges: moderation.CaseChanges{Cast: &moderation.Ballot{Ballot: weight.Ballot{Voter: v, Side: side, Weight: 1, At: d.now().Add(-time.Duration(order) * time.Second), Order: order}}}})
	}
}

func numbers(from int64, n int) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = from + int64(i)
	}
	return all
}

// alikeIn says whether two voters are known to be tied.
func alikeIn(got moderation.Docket, a, b int64) bool {
	return got.Ties.Tied(weight.Ballot{Voter: a}, weight.Ballot{Voter: b})
}

// However many vote, no two count beside each other of whom nobody looked whether they are tied.
func TestTiesOfMany(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	breaks, fine := numbers(1000, knownAtMost+40), numbers(5000, 10)
	strangers := numbers(9000, 20)
	actor, end := int64(4000), len(breaks)-1
	pairs := []weight.Pair{
		weight.PairOf(breaks[0], breaks[1]), weight.PairOf(breaks[3], breaks[100]), weight.PairOf(breaks[126], breaks[127]),
		weight.PairOf(breaks[10], breaks[end]), weight.PairOf(breaks[end-1], breaks[end]),
		weight.PairOf(breaks[5], fine[5]), weight.PairOf(fine[1], fine[2]),
		weight.PairOf(actor, breaks[127]), weight.PairOf(actor, fine[3]),
	}
	d.remember(append(slices.Concat(breaks, fine), actor), pairs...)
	id := d.report(boss, 41)
	key := moderation.Key{Chat: chess, Case: id, Actor: actor}
	d.ballots(key, moderation.Breaks, strangers)
	d.ballots(key, moderation.Breaks, breaks)
	d.ballots(key, moderation.Fine, fine)
	got := d.docket(key)
	for _, p := range []weight.Pair{pairs[0], pairs[1], pairs[2], pairs[6], pairs[7], pairs[8]} {
		if !alikeIn(got, p.A, p.B) {
			t.Errorf("%v voted alike, and nobody knows", p)
		}
	}
	if alikeIn(got, breaks[0], breaks[2]) || alikeIn(got, strangers[0], strangers[1]) || len(got.Ties.Records) != len(breaks)+len(fine)+len(strangers)+2 {
		t.Errorf("%d are known, or some are tied who are not", len(got.Ties.Records))
	}
	for _, b := range got.Ballots {
		late := slices.Index(breaks, b.Voter) >= knownAtMost
		if (b.Weight == 0) != late {
			t.Errorf("the ballot of %d weighs %v; of those who voted before, the first %d of a side count", b.Voter, b.Weight, knownAtMost)
		}
	}
	if v := moderation.VoicesOf(got.Ballots, got.Ties); v.Count > knownAtMost+len(strangers)+len(fine)+1 {
		t.Errorf("%d voices", v.Count)
	}
	// What was cast keeps its weight, also if its voter acts, who is compared with all that count.
	key.Actor = breaks[end]
	got = d.docket(key)
	i := slices.IndexFunc(got.Ballots, func(b moderation.Ballot) bool { return b.Voter == breaks[end] })
	if got.Ballots[i].Weight != 1 || !alikeIn(got, breaks[10], breaks[end]) {
		t.Errorf("the actor's own ballot is %+v", got.Ballots[i])
	}
}

// Members who are all tied are one voice, as many as they are and whoever votes before them.
func TestTiedMembersAreOneVoice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	tied := numbers(1000, 90)
	var pairs []weight.Pair
	for i, a := range tied {
		for _, b := range tied[:i] {
			pairs = append(pairs, weight.PairOf(a, b))
		}
	}
	d.remember(tied, pairs...)
	id := d.report(boss, 41)
	key := moderation.Key{Chat: chess, Case: id}
	d.ballots(key, moderation.Fine, numbers(9000, 70)) // who never voted before, and fill the first 64
	d.ballots(key, moderation.Fine, tied)
	got := d.docket(key)
	fine := slices.DeleteFunc(got.Ballots, func(b moderation.Ballot) bool { return b.Side != moderation.Fine })
	if v := moderation.VoicesOf(fine, got.Ties); v.Count != 71 {
		t.Errorf("%d voices; want 70 strangers and the tied members as one", v.Count)
	}
	over := *d.docket(key).Case
	over.Verdict, over.Decided = moderation.Dismissed, d.now()
	d.decide(key, moderation.Outcome{Case: &over})
	d.settled(func(cl moderation.Closing) moderation.Settlement {
		fine := slices.DeleteFunc(cl.Ballots, func(b moderation.Ballot) bool { return b.Side != moderation.Fine })
		if v := moderation.VoicesOf(fine, cl.Ties); v.Count != 71 {
			t.Errorf("when it is settled, %d voices", v.Count)
		}
		return moderation.Settlement{Cases: cl.Ties.Cases}
	})
}

// The ballots of a final case tie nobody who reports its message again.
func TestTiesAfterAnotherCase(t *testing.T) {
	t.Parallel()
	d := quick(t)
	d.remember([]int64{anna, bob}, weight.PairOf(anna, bob))
	r := d.reportBy(person(carl), 41)
	d.expired(r)
	got := d.docket(moderation.Key{Chat: chess, Message: 41, Actor: anna, Author: mallory})
	if got.Ties.Records[anna].Voted == 0 {
		t.Errorf("nothing is known of who reports: %+v", got.Ties)
	}
	next, err := d.court.Report(t.Context(), d.after(r, anna))
	d.must(err)
	got = d.docket(moderation.Key{Chat: chess, Message: 41, Actor: bob, Author: mallory})
	if got.Case.ID != next.Case || !alikeIn(got, anna, bob) {
		t.Errorf("case %s, ties %+v", got.Case.ID, got.Ties)
	}
}
