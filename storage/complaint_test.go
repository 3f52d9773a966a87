package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// complain reports a message of the boss's, who is an admin.
func (d *desk) complain(who, message int64) {
	d.t.Helper()
	d.complainIn(chess, who, message)
}

func (d *desk) complainIn(chat, who, message int64) {
	d.t.Helper()
	r := d.reportBy(person(who), message)
	r.Chat, r.Target.Role, r.Target.Author.ID = chat, moderation.RoleAdmin, boss
	got, err := d.court.Report(d.t.Context(), r)
	d.must(err)
	if !got.Complaint || got.Case != "" {
		d.t.Errorf("the receipt is %+v; want a complaint's", got)
	}
}

// complaints are the counts that the next digest is made from.
func (d *desk) complaints(chat int64) []moderation.Complaints {
	d.t.Helper()
	return read(d, d.docket(moderation.Key{Chat: chat, Want: moderation.Want{Period: true}}).Period).Complaints
}

func (d *desk) wantComplaints(chat int64, want ...moderation.Complaints) {
	d.t.Helper()
	if got := d.complaints(chat); !slices.Equal(got, want) {
		d.t.Errorf("counted are %v; want %v", got, want)
	}
}

// on is how many complaints there were on the day of noon, or so many days after.
func on(days, count int) moderation.Complaints {
	return moderation.Complaints{Day: noon.Truncate(day).Add(time.Duration(days) * day), Count: count}
}

func TestComplaintsAreCountedByDays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	for _, c := range []struct {
		name         string
		who, message int64
	}{
		{"one", anna, 41}, {"the same again", anna, 41}, {"another's", bob, 41}, {"about another message", anna, 42},
	} {
		d.complain(c.who, c.message)
	}
	d.wantComplaints(chess, on(0, 3))
	d.pass(day)
	d.complain(anna, 41) // the next day it is the same one still
	d.wantComplaints(chess, on(0, 3))
	d.complain(carl, 41)
	d.wantComplaints(chess, on(0, 3), on(1, 1))
	d.complainIn(chess-1, anna, 41)
	d.wantComplaints(chess, on(0, 3), on(1, 1))
	d.close()
	d.open()
	d.complain(anna, 42)
	d.wantComplaints(chess, on(0, 3), on(1, 1))
}

// Nothing is left of a complaint that points at who made it.
func TestComplaintLeavesNoCase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	before := d.dump()
	d.complain(anna, 41)
	if got := tablesOf(added(before, d.dump())); !slices.Equal(got, []string{"bucket", "complained", "complaint", "handled", "person_group"}) {
		t.Errorf("changed %v", got)
	}
}

func TestComplaintsSinceTheLastDigest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	for range 4 {
		d.complain(anna, 41+d.next())
		d.pass(day)
	}
	c, err := d.Chat(t.Context(), chess)
	d.must(err)
	c.DigestFrom = noon.Add(2*day + time.Hour)
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Chat: &c})
	d.wantComplaints(chess, on(2, 1), on(3, 1)) // days are not cut in two
	unasked(d, d.docket(moderation.Key{Chat: chess}).Period)
}

// The tags go, the counts stay.
func TestComplaintsOutliveTheirTags(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	d.complain(anna, 41)
	d.complain(bob, 41)
	d.must(d.Forget(t.Context(), d.now().Add(8*day)))
	if n := d.number(`SELECT count(*) FROM complained`); n != 0 {
		t.Errorf("%d tags are left", n)
	}
	d.wantComplaints(chess, on(0, 2))
}
