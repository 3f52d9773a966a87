package moderation_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// firstJuror is the first who could be drawn for a jury; the others are numbered from there on.
const firstJuror int64 = 7_411_000_001

// writesForAMonth is the presence of an established member.
var writesForAMonth = moderation.Presence{First: dayOf(noon) - 30, Days: moderation.EstablishedDays}

// members are so many who could be drawn, in the order of chance, which is that of their numbers.
func (r *fixture) members(n int) {
	r.pool = nil
	for i := range n {
		r.pool = append(r.pool, moderation.Candidate{
			Person: moderation.Person{ID: firstJuror + int64(i), Language: "en"}, Presence: writesForAMonth,
		})
	}
	r.chats[club].Size.Writers = n
}

// juror is one of those, counted from 0.
func juror(i int) int64 { return firstJuror + int64(i) }

// jurors are some of those who can be drawn.
func jurors(which ...int) []int64 {
	var ids []int64
	for _, i := range which {
		ids = append(ids, juror(i))
	}
	return ids
}

// waiting are the jurors who have yet to answer.
func (r *fixture) waiting(k *kept) []int64 {
	var ids []int64
	if k.jury == nil || k.Jury == jury.NoJury {
		return nil
	}
	for _, s := range k.jury.Seats {
		if s.Waits() {
			ids = append(ids, s.Juror.ID)
		}
	}
	return ids
}

// sits compares who has yet to answer with who should.
func (r *fixture) sits(k *kept, which ...int) {
	r.t.Helper()
	if got := r.waiting(k); !slices.Equal(got, jurors(which...)) {
		r.t.Errorf("yet to answer: %v, want %v; jury: %+v", got, jurors(which...), k.jury)
	}
}

// rule has a juror answer.
func (r *fixture) rule(k *kept, who int64, how jury.Ballot) error {
	return r.court.Juries.Answer(r.ctx, r.of(k), person(who), how)
}

// all has all who were asked and have yet to answer say the same.
func (r *fixture) all(k *kept, how jury.Ballot) {
	r.t.Helper()
	for _, who := range r.waiting(k) {
		r.must(r.rule(k, who, how))
	}
}

// hours pass, and then what is due about juries and appeals is done: so many things.
func (r *fixture) hours(n, want int) {
	r.t.Helper()
	r.passes(time.Duration(n)*time.Hour, want)
}

// passes has some time pass, and does as [fixture.hours].
func (r *fixture) passes(length time.Duration, want int) {
	r.t.Helper()
	r.now = r.now.Add(length)
	juries, err := r.court.JuriesDue(r.ctx)
	r.must(err)
	appeals, err := r.court.AppealsDue(r.ctx)
	r.must(err)
	if juries+appeals != want {
		r.t.Errorf("done: %d about juries, %d about appeals; want %d", juries, appeals, want)
	}
}

// looks has some time pass, and then clocks started and done what is due about juries, however much it is.
func (r *fixture) looks(length time.Duration) {
	r.t.Helper()
	r.now = r.now.Add(length)
	_, err := r.court.StartDue(r.ctx)
	r.must(err)
	_, err = r.court.JuriesDue(r.ctx)
	r.must(err)
}

// chance puts those who could be drawn into another order: the first third comes last.
func (r *fixture) chance() {
	third := len(r.pool) / 3
	r.pool = append(slices.Clone(r.pool[third:]), r.pool[:third]...)
}

// state is all that the fixture knows, in words; what a refusal must leave as it is.
func (r *fixture) state() string {
	var b strings.Builder
	for _, k := range r.cases {
		fmt.Fprintf(&b, "%+v %+v %v\n", k.Case, k.ballots, k.settled)
		if k.appeal != nil {
			fmt.Fprintf(&b, "%+v\n", *k.appeal)
		}
		if k.jury != nil {
			fmt.Fprintf(&b, "%+v\n", *k.jury)
		}
	}
	fmt.Fprintln(&b, r.history, r.records, r.turns, r.buckets, r.asked, r.private, r.juryRecords, len(r.effects), r.events)
	return b.String()
}

// unchanged says that an attempt is refused and changes nothing.
func (r *fixture) unchanged(code moderation.Code, attempt func() error) {
	r.t.Helper()
	before := r.state()
	r.refusedAs(attempt(), code)
	if after := r.state(); after != before {
		r.t.Errorf("refused, and changed\n%s\nto\n%s", before, after)
	}
}
