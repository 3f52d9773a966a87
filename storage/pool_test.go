package storage_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// crowd has so many write who were never seen before, numbered from a million behind Bob on.
func (d *desk) crowd(n int) {
	d.t.Helper()
	var seen []moderation.SeenMessage
	for i := range int64(n) {
		seen = append(seen, d.wrote(bob+1_000_000+i, 500_000+i))
	}
	d.written(seen...)
}

// A candidate is told with all that is needed to see whether they may judge.
func TestCandidatesAreWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	s := d.wrote(bob, 41)
	s.Author.Language = "es"
	d.observe(s)
	d.known()
	d.must(d.court.Private(t.Context(), d.next(), bob, true))
	d.must(d.court.Administered(t.Context(), chess-1, []int64{bob}))
	record := moderation.Record{
		Joined: d.now().Add(-30 * day), Messages: 5, Shielded: d.now().Add(time.Hour), Held: d.now().Add(-time.Hour),
		Conduct: standing.Conduct{Lost: 5, Wrote: moderation.DayOf(d.now()), Fell: moderation.DayOf(d.now())},
	}
	asked := moderation.JuryRecord{Asked: []moderation.Summons{{At: d.now(), Reason: jury.Heavy}}}
	d.decide(moderation.Key{Chat: chess, Actor: bob}, moderation.Outcome{
		ActorChanges: moderation.ActorChanges{Record: &record}, OtherCases: moderation.OtherCases{JuryRecords: map[int64]moderation.JuryRecord{bob: asked}},
	})
	d.decide(moderation.Key{Chat: chess, Author: bob}, moderation.Outcome{AuthorChanges: moderation.AuthorChanges{Conduct: &record.Conduct}})
	want := moderation.Candidate{
		Person: moderation.Person{ID: bob, Language: "es", Private: true}, Record: record, Jury: asked,
		Presence: moderation.Presence{First: moderation.DayOf(d.now()) - 10, Days: 3},
	}
	whole(t, want, "Admin", "Muted")
	whole(t, want.Person)
	for range 2 {
		if got := d.pool(chess); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("candidates %+v\nwant %+v", got, want)
		}
		d.close()
		d.open()
	}
}

// Whoever cannot be a juror at all is none of the candidates, however long they have been there.
func TestWhoIsNotEligible(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*desk, *moderation.Outcome, *moderation.Record){
		"an admin": func(d *desk, _ *moderation.Outcome, _ *moderation.Record) {
			d.must(d.court.Administered(t.Context(), chess, []int64{bob}))
		},
		"whose messages are removed": func(d *desk, _ *moderation.Outcome, r *moderation.Record) { r.Silenced = d.now().Add(time.Hour) },
		"muted": func(d *desk, _ *moderation.Outcome, _ *moderation.Record) {
			d.restrain(bob, moderation.Restraint{Put: muted(d.now().Add(time.Hour))})
		},
		"muted for good": func(d *desk, _ *moderation.Outcome, _ *moderation.Record) {
			d.restrain(bob, moderation.Restraint{Put: muted(time.Time{})})
		},
		"muted by an admin before": func(d *desk, _ *moderation.Outcome, _ *moderation.Record) {
			d.restrain(bob, moderation.Restraint{Put: muted(d.now().Add(-time.Hour)), Found: muted(time.Time{})})
		},
		"banned": func(d *desk, _ *moderation.Outcome, _ *moderation.Record) {
			d.restrain(bob, moderation.Restraint{Put: moderation.Restriction{Banned: true}})
		},
		"new":               func(d *desk, _ *moderation.Outcome, r *moderation.Record) { r.Joined = d.now().Add(-time.Hour) },
		"in a bad standing": func(_ *desk, _ *moderation.Outcome, r *moderation.Record) { r.Conduct.Lost = 60 },
		"who declines": func(_ *desk, out *moderation.Outcome, _ *moderation.Record) {
			out.JuryRecords = map[int64]moderation.JuryRecord{bob: {Declines: true}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.observe(d.wrote(anna, 40), d.wrote(bob, 41))
			d.known()
			d.could(chess, anna, bob)
			out := moderation.Outcome{}
			record := moderation.Record{Joined: d.now().Add(-30 * day), Messages: 5, Conduct: standing.Conduct{Wrote: moderation.DayOf(d.now()), Fell: moderation.DayOf(d.now())}}
			change(d, &out, &record)
			out.Record = &record
			d.decide(moderation.Key{Chat: chess, Actor: bob}, out)
			d.could(chess, anna)
		})
	}
}

// Who could write again, or was only bound to plain text, may be drawn.
func TestWhoMayWriteIsEligible(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.observe(d.wrote(anna, 40), d.wrote(bob, 41))
	d.known()
	for _, r := range []moderation.Restraint{
		{Put: muted(d.now())}, {Put: moderation.Restriction{Denied: []string{"can_send_photos"}}},
		{Put: moderation.Restriction{Denied: []string{"can_send_photos"}}, Was: muted(time.Time{})},
	} {
		d.restrain(bob, r)
		d.could(chess, anna, bob)
	}
}

// muted is a mute until then, for good if that is no time.
func muted(until time.Time) moderation.Restriction {
	return moderation.Restriction{Denied: []string{"can_send_messages", "can_send_photos"}, Until: until}
}

func (d *desk) restrain(person int64, r moderation.Restraint) {
	d.t.Helper()
	d.must(d.court.Restrain(d.t.Context(), chess, person, r, nil))
}

// Chance makes the order: over many draws everybody is first, and second after somebody, about as often as anybody else. Who wrote
// once, and how many of them there are, changes nothing.
func TestDrawsAreFair(t *testing.T) {
	t.Parallel()
	const many, draws = 12, 600
	d := newDesk(t)
	d.active(chess, many)
	d.crowd(150)
	first, last, distance := map[int64]int{}, map[int64]int{}, map[int64]int{}
	for range draws {
		order := [many]int64(d.drawn(chess))
		first[order[0]]++
		last[order[many-1]]++
		distance[(order[1]-order[0]+many)%many]++
	}
	for what, count := range map[string]map[int64]int{"first": first, "last": last} {
		// A chi-square of 11 degrees of freedom is above 63 in less than one run of ten million.
		if x := chiSquare(count, draws, many); x > 63 {
			t.Errorf("who is %s: chi-square is %.1f of %v", what, x, count)
		}
	}
	// Likewise, of 10.
	if x := chiSquare(distance, draws, many-1); x > 61 || distance[0] > 0 {
		t.Errorf("who follows whom: chi-square is %.1f of %v", x, distance)
	}
}

// chiSquare says how far counts are from those that are to be expected if all of so many are as likely.
func chiSquare(count map[int64]int, all, of int) (x float64) {
	want, seen := float64(all)/float64(of), 0
	for _, n := range count {
		x += (float64(n) - want) * (float64(n) - want) / want
		seen++
	}
	return x + float64(of-seen)*want
}

// However many are eligible, so many are looked at, and everybody may be among them.
func TestAtMostTwoHundredAreCandidates(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.active(chess, 230)
	seen := map[int64]int{}
	for range 40 {
		who := d.drawn(chess)
		if slices.Sort(who); len(slices.Compact(who)) != 200 {
			t.Fatalf("%d different are candidates", len(slices.Compact(who)))
		}
		for _, id := range who {
			seen[id]++
		}
	}
	if len(seen) != 230 {
		t.Errorf("%d of 230 were ever candidates", len(seen))
	}
}

// A crowd of fresh accounts that wrote once takes nobody's place.
func TestCrowdIsInNobodysWay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.active(chess, 25)
	d.crowd(900)
	for range 5 {
		if who := d.drawn(chess); len(who) != 25 {
			t.Fatalf("%d could be drawn; want 25", len(who))
		}
	}
}

// What a draw looks at beside the candidates: who sits, who is tied to whom, and what juries the reports brought.
func TestPoolOfACase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.active(chess, 24)
	sits, gone, voter := bob, bob+1, bob+2
	id := d.report(voter, 41)
	today := moderation.DayOf(d.now())
	pair := func(a, b int64) weight.Pair { return weight.PairOf(a, b) }
	common := weight.Trace{Sum: 4, Day: today}
	d.settled(func(moderation.Closing) moderation.Settlement { return moderation.Settlement{} })
	other := d.report(carl, 51)
	d.uphold(other)
	d.settled(func(moderation.Closing) moderation.Settlement {
		s := moderation.Settlement{VoteRecords: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{}, Cases: weight.Trace{Sum: 40, Day: today}}
		for _, who := range []int64{sits, gone, voter, bob + 3, bob + 4} {
			s.VoteRecords[who] = weight.VoteRecord{Day: today, Right: 6, Voted: 6}
		}
		s.Alike[pair(sits, bob+3)], s.Alike[pair(bob+3, bob+4)], s.Alike[pair(gone, bob+4)] = common, common, common
		return s
	})
	cs := d.cs(id)
	cs.Jury = jury.Stalled
	j := jury.New(jury.Stalled, nil, d.now())
	j.Ask([]jury.Juror{{ID: sits, Language: "es"}, {ID: gone}}, d.now())
	j.Seats[1].Gone = true
	records := map[int64]moderation.JuryRecord{
		mallory: {Accused: d.now()}, voter: {Caused: []time.Time{d.now()}}, carl: {Appealed: d.now()},
		sits: {Asked: []moderation.Summons{{At: d.now(), Reason: jury.Stalled}}},
	}
	d.decide(moderation.Key{Chat: chess, Case: id}, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Jury: j}, OtherCases: moderation.OtherCases{JuryRecords: records}})
	p := read(d, d.docket(moderation.Key{Chat: chess, Case: id, Want: moderation.Want{Pool: true}}).Pool)
	if len(p.Candidates) != 24 {
		t.Errorf("%d candidates; want all, the voter and the jurors too", len(p.Candidates))
	}
	if len(p.Sitting) != 1 || p.Sitting[0].Person != (moderation.Person{ID: sits, Language: "es"}) || !reflect.DeepEqual(p.Sitting[0].Jury, records[sits]) {
		t.Errorf("who sits: %+v", p.Sitting)
	}
	if want := map[weight.Pair]weight.Trace{pair(sits, bob+3): common, pair(bob+3, bob+4): common}; !reflect.DeepEqual(p.Ties.Alike, want) {
		t.Errorf("alike are %v; want %v", p.Ties.Alike, want)
	}
	if p.Ties.Records[voter].Voted != 6 || p.Ties.Records[sits].Voted != 6 || p.Ties.Cases.Sum != 40 || p.Ties.Day != today {
		t.Errorf("ties %+v", p.Ties)
	}
	if want := map[int64]moderation.JuryRecord{mallory: records[mallory], voter: records[voter]}; !reflect.DeepEqual(p.Records, want) {
		t.Errorf("records %+v\nwant %+v", p.Records, want)
	}
}

// A draw in a group in which five thousand wrote, of whom thirty are eligible. It is to take less than 50 ms with SQLite, whatever it is
// that the others lack.
func BenchmarkPool5000(b *testing.B) {
	for name, lack := range map[string]func(*desk){
		"who just came": func(d *desk) { d.crowd(4970) },
		"who all decline": func(d *desk) {
			d.crowd(4970)
			d.known()
			out := moderation.Outcome{OtherCases: moderation.OtherCases{JuryRecords: map[int64]moderation.JuryRecord{}}}
			for i := range int64(4970) {
				out.JuryRecords[bob+1_000_000+i] = moderation.JuryRecord{Declines: true}
			}
			d.decide(moderation.Key{Chat: chess}, out)
		},
	} {
		b.Run(name, func(b *testing.B) {
			d := newDesk(b)
			d.active(chess, 30)
			lack(d)
			id := d.report(anna, 41)
			for b.Loop() {
				if p := read(d, d.docket(moderation.Key{Chat: chess, Case: id, Want: moderation.Want{Pool: true}}).Pool); len(p.Candidates) != 30 {
					b.Fatal(len(p.Candidates))
				}
			}
		})
	}
}
