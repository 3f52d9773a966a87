package storage_test

import (
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// remembers keeps what is remembered of people and juries.
func (d *desk) remembers(chat int64, records map[int64]moderation.JuryRecord) {
	d.t.Helper()
	d.decide(moderation.Key{Chat: chat}, moderation.Outcome{OtherCases: moderation.OtherCases{JuryRecords: records}})
}

// ofJuries is what is remembered of somebody and juries in the one group in which they are known; nothing if there is none.
func (d *desk) ofJuries(who int64) moderation.JuryRecord {
	d.t.Helper()
	kept, err := d.Kept(d.t.Context(), who)
	d.must(err)
	if len(kept) == 0 {
		return moderation.JuryRecord{}
	}
	return kept[0].Jury
}

// fullJuryRecord has all that there is to remember.
func fullJuryRecord(now time.Time) moderation.JuryRecord {
	return moderation.JuryRecord{
		Asked:    []moderation.Summons{{At: now.Add(-time.Hour), Reason: jury.Stalled}, {At: now, Reason: jury.Heavy}},
		Declines: true, Willing: now.Add(-time.Minute), Caused: []time.Time{now.Add(-2 * time.Hour), now.Add(-time.Hour), now},
		Accused: now.Add(-3 * time.Hour), Appealed: now.Add(-4 * time.Hour), Rests: now.Add(7 * day),
	}
}

func TestJuryRecordsAreKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := fullJuryRecord(d.now())
	whole(t, want)
	d.remembers(chess, map[int64]moderation.JuryRecord{anna: want, bob: {Accused: d.now()}})
	for range 2 {
		if got := d.ofJuries(anna); !reflect.DeepEqual(got, want) {
			t.Errorf("kept %+v\nwant %+v", got, want)
		}
		if got := d.ofJuries(bob); !reflect.DeepEqual(got, moderation.JuryRecord{Accused: d.now()}) {
			t.Errorf("of Bob %+v", got)
		}
		d.close()
		d.open()
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM juror`); n != 1 {
		t.Errorf("they are of %d lengths; want one", n)
	}
	d.remembers(chess, map[int64]moderation.JuryRecord{anna: {}})
	if got := d.ofJuries(anna); !reflect.DeepEqual(got, moderation.JuryRecord{}) || d.number(`SELECT count(*) FROM juror`) != 1 {
		t.Errorf("of nothing %+v is kept", got)
	}
}

// What matters no more is forgotten; that somebody does not want to be asked is not.
func TestJuryRecordsAreForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	asked := []moderation.Summons{{At: d.now(), Reason: jury.Stalled}}
	d.remembers(chess, map[int64]moderation.JuryRecord{anna: {Declines: true, Asked: asked}, bob: {Asked: asked}, carl: {Appealed: d.now()}})
	for _, c := range []struct {
		after time.Duration
		left  int64
	}{{0, 3}, {7 * day, 3}, {15 * day, 1}, {3000 * day, 1}} {
		d.must(d.Forget(t.Context(), noon.Add(c.after)))
		if n := d.number(`SELECT count(*) FROM juror`); n != c.left {
			t.Errorf("after %s of three %d are left; want %d", c.after, n, c.left)
		}
	}
	if got := d.ofJuries(anna); !got.Declines {
		t.Errorf("Anna is asked again: %+v", got)
	}
	in, err := d.NotedIn(t.Context(), anna)
	if d.must(err); len(in) != 1 {
		t.Errorf("where something is kept of Anna nobody knows: %v", in)
	}
}

// What is remembered of somebody and juries is theirs to be shown, and to be deleted, but for what they could begin anew at will by that.
func TestJuryRecordsGoWithThePerson(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := fullJuryRecord(d.now())
	d.remembers(chess, map[int64]moderation.JuryRecord{anna: want, bob: want})
	in, err := d.NotedIn(t.Context(), anna)
	d.must(err)
	known, err := d.KnownIn(t.Context(), anna)
	if d.must(err); len(in) != 1 || !slices.Equal(in, known) {
		t.Errorf("it is noted that something is kept in %v; it is in %v", in, known)
	}
	_, err = d.ForgetPerson(t.Context(), anna, "", func(k moderation.Kept) moderation.Erasure { return k.Erasure(d.now()) })
	d.must(err)
	left := moderation.JuryRecord{Caused: want.Caused, Rests: want.Rests, Accused: want.Accused, Appealed: want.Appealed}
	if got := d.ofJuries(anna); !reflect.DeepEqual(got, left) {
		t.Errorf("left is %+v", got)
	}
	d.pass(15 * day)
	d.must(d.Forget(t.Context(), d.now()))
	if n := d.number(`SELECT count(*) FROM juror WHERE ends < ` + strconv.FormatInt(moderation.DayOf(d.now()), 10)); n != 0 {
		t.Errorf("%d are left after their time", n)
	}
	_, err = d.ForgetPerson(t.Context(), anna, "", func(k moderation.Kept) moderation.Erasure { return k.Erasure(d.now()) })
	d.must(err)
	if in, err = d.NotedIn(t.Context(), anna); err != nil || len(in) != 0 {
		t.Errorf("still noted is %v, %v", in, err)
	}
}

// Two groups that become one remember what both did.
func TestMigrationMergesJuryRecords(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, second := d.now().Add(-2*time.Hour), d.now().Add(-time.Hour)
	d.remembers(chess, map[int64]moderation.JuryRecord{
		anna: {Asked: []moderation.Summons{{At: second, Reason: jury.Heavy}}, Caused: []time.Time{second}, Accused: first, Declines: true}, carl: {Appealed: first},
	})
	d.enter(super)
	d.remembers(super, map[int64]moderation.JuryRecord{
		anna: {Asked: []moderation.Summons{{At: first, Reason: jury.Stalled}}, Caused: []time.Time{first}, Accused: second, Willing: first}, bob: {Accused: second},
	})
	d.decide(moderation.Key{Chat: chess, Author: mallory}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Shielded: d.now().Add(day)}})
	d.migrate()
	for who, want := range map[int64]moderation.JuryRecord{
		anna: {
			Asked:  []moderation.Summons{{At: first, Reason: jury.Stalled}, {At: second, Reason: jury.Heavy}},
			Caused: []time.Time{first, second}, Accused: second, Willing: first, Declines: true,
		},
		bob: {Accused: second}, carl: {Appealed: first},
	} {
		if got := d.ofJuries(who); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: kept %+v\nwant %+v", names[who], got, want)
		}
	}
	if n := d.number(`SELECT count(*) FROM juror`); n != 3 {
		t.Errorf("%d rows; want one for each", n)
	}
}

// What juries mean for an author is kept beside what else changes about them at that moment, and goes when it means nothing.
func TestShieldAndHeldMute(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	record := moderation.Record{Joined: d.now().Add(-30 * day), Messages: 5}
	d.decide(moderation.Key{Chat: chess, Actor: mallory}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &record}})
	until := d.now().Add(day)
	d.decide(moderation.Key{Chat: chess, Author: mallory}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{
		Shielded: until, Held: d.now(), Silence: &moderation.Silence{Author: mallory, Until: until},
	}})
	d.decide(moderation.Key{Chat: chess, Author: anna}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Held: d.now()}})
	record.Shielded, record.Held, record.Silenced = until, d.now(), until
	for who, want := range map[int64]moderation.Record{mallory: record, anna: {Held: d.now()}} {
		for range 2 {
			if got := d.docket(moderation.Key{Chat: chess, Author: who}).Author; got != want {
				t.Errorf("kept %+v\nwant %+v", got, want)
			}
			d.observe(d.wrote(who, 77)) // which has it read, and remembered
			d.close()
			d.open()
		}
	}
	d.pass(day + time.Second)
	d.must(d.Forget(t.Context(), d.now()))
	if n := d.number(`SELECT count(*) FROM member WHERE shielded > 0 OR held > 0 OR silenced > 0`); n != 0 {
		t.Errorf("of %d members it is known after a day", n)
	}
}
