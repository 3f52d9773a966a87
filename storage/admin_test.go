package storage_test

import (
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func (d *desk) adminOf(who int64, limit int) []int64 {
	d.t.Helper()
	groups, err := d.AdminOf(d.t.Context(), who, limit)
	d.must(err)
	return groups
}

func TestAdminOf(t *testing.T) {
	t.Parallel()
	const choir, club = chess - 1, chess - 2
	appoint := func(chat, who int64, is bool) func(*desk) {
		return func(d *desk) {
			d.must(d.court.Appointed(d.t.Context(), d.next(), chat, moderation.Supergroup, who, is))
		}
	}
	list := func(chat int64, who ...int64) func(*desk) {
		return func(d *desk) { d.must(d.court.Administered(d.t.Context(), chat, who)) }
	}
	leave := func(chat int64) func(*desk) {
		return func(d *desk) { d.must(d.court.Lost(d.t.Context(), chat)) }
	}
	for name, c := range map[string]struct {
		story []func(*desk)
		want  []int64 // groups of Anna's
	}{
		"nobody":                   {nil, nil},
		"appointed":                {[]func(*desk){appoint(chess, anna, true)}, []int64{chess}},
		"appointed twice":          {[]func(*desk){appoint(chess, anna, true), appoint(chess, anna, true)}, []int64{chess}},
		"dismissed":                {[]func(*desk){appoint(chess, anna, true), appoint(chess, anna, false)}, nil},
		"another is dismissed":     {[]func(*desk){appoint(chess, anna, true), appoint(chess, bob, false)}, []int64{chess}},
		"in a list":                {[]func(*desk){list(chess, bob, anna)}, []int64{chess}},
		"not in the next list":     {[]func(*desk){list(chess, bob, anna), list(chess, bob)}, nil},
		"the next list is empty":   {[]func(*desk){list(chess, anna), list(chess)}, nil},
		"in a list of another":     {[]func(*desk){list(chess, anna), list(choir, bob)}, []int64{chess}},
		"in several, oldest first": {[]func(*desk){list(club, anna), list(chess, anna, bob), appoint(choir, anna, true)}, []int64{chess, choir, club}},
		"the bot left one":         {[]func(*desk){list(club, anna), list(chess, anna), leave(chess)}, []int64{club}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			for _, chat := range []int64{chess, choir, club} {
				d.enter(chat)
			}
			for _, step := range c.story {
				step(d)
			}
			d.close()
			d.open()
			if got := d.adminOf(anna, 10); !slices.Equal(got, c.want) {
				t.Errorf("she is an admin of %v; want %v", got, c.want)
			}
			if got := d.adminOf(anna, 1); !slices.Equal(got, c.want[:min(1, len(c.want))]) {
				t.Errorf("one of them is %v", got)
			}
		})
	}
}

// Somebody acts, and is noted as an admin by the way.
func TestAdminsAreKeptWithWhatTheyDo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	yes := true
	d.decide(moderation.Key{Chat: chess, Actor: bob}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Admin: &yes}, Admins: []int64{anna}})
	for _, who := range []int64{anna, bob} {
		if got := d.adminOf(who, 9); !slices.Equal(got, []int64{chess}) {
			t.Errorf("%s is an admin of %v", names[who], got)
		}
	}
	d.decide(moderation.Key{Chat: chess, Actor: carl}, moderation.Outcome{}) // says nothing about admins
	if n := d.number(`SELECT count(*) FROM admin`); n != 2 {
		t.Errorf("%d admins; want 2", n)
	}
}
