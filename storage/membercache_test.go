package storage_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Members whose messages came are remembered. What changes their records otherwise has them read anew, which each desk
// looks after at its end.
func TestMembersAreRememberedAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*desk){
		"who is forgotten": func(d *desk) {
			_, err := d.ForgetPerson(d.t.Context(), anna, "", func(moderation.Kept) moderation.Erasure { return moderation.Erasure{Record: true} })
			d.must(err)
		},
		"whose silence is over": func(d *desk) {
			d.pass(2 * time.Hour)
			d.must(d.Forget(d.t.Context(), d.now()))
		},
		"whose group moves": (*desk).migrate,
		"whom an admin pardoned": func(d *desk) {
			d.decide(moderation.Key{Chat: chess, Actor: anna}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &moderation.Record{Joined: d.now()}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.early() // the group that the other becomes
			d.decide(moderation.Key{Chat: chess, Actor: anna}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &moderation.Record{
				Joined: d.now(), Silenced: d.now().Add(time.Hour),
			}}})
			d.observe(d.wrote(anna, 1), d.wrote(bob, 2))
			change(d)
		})
	}
}
