package storage_test

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// named is an ordinary message of somebody who has a username.
func (d *desk) named(who, message int64, username string) moderation.SeenMessage {
	s := d.wrote(who, message)
	s.Handle = username
	return s
}

// meant is whom a username means in the group; 0 if nobody.
func (d *desk) meant(username string) int64 {
	d.t.Helper()
	who, found, err := d.Handle(d.t.Context(), chess, username)
	d.must(err)
	if found != (who != 0) {
		d.t.Errorf("@%s is %d, found %t", username, who, found)
	}
	return who
}

func TestUsernameIsFoundInAnyCase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	channel := d.named(chess-7, 42, "Owls")
	channel.Author.Channel = true
	d.observe(d.named(anna, 41, "Anna_E"), channel, d.wrote(bob, 43))
	d.close()
	d.open() // also after a start
	for username, want := range map[string]int64{
		"Anna_E": anna, "anna_e": anna, "ANNA_E": anna, "anna_f": 0, "anna": 0, "": 0, "owls": chess - 7,
	} {
		if got := d.meant(username); got != want {
			t.Errorf("@%s is %d; want %d", username, got, want)
		}
	}
	d.enter(chess - 1)
	for _, chat := range []int64{chess - 1, chess - 2} {
		if who, found, err := d.Handle(t.Context(), chat, "Anna_E"); found || err != nil {
			t.Errorf("in a group where she never wrote she is %d, %v", who, err)
		}
	}
}

// Usernames can be given up, and taken by others at once: whoever wrote last under one is meant.
func TestNewerOwnerOfAUsernameWins(t *testing.T) {
	t.Parallel()
	for name, batches := range map[string][][]int64{
		"another":                         {{anna}, {bob}},
		"another, within a batch":         {{anna, bob}},
		"and back, on the same day":       {{anna}, {bob}, {anna}},
		"and back, within a batch":        {{anna, bob, anna}},
		"and back, within a later batch":  {{anna}, {bob, anna}},
		"to and fro":                      {{anna, bob}, {anna}, {bob, anna, bob}, {anna, bob}},
		"from one whom a start forgot of": {{bob}, nil, {anna}, {bob}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			var last int64
			for i, batch := range batches {
				if batch == nil {
					d.close()
					d.open()
				}
				var seen []moderation.SeenMessage
				for j, who := range batch {
					spelled := []string{"owl", "Owl"}[(i+j)%2]
					seen, last = append(seen, d.named(who, d.next(), spelled)), who
				}
				d.observe(seen...)
				if got := d.meant("OWL"); got != last {
					t.Errorf("after batch %d @owl is %d; want %d", i, got, last)
				}
			}
		})
	}
}

// Most messages come from somebody who wrote today, and cost nothing.
func TestUsernameIsWrittenOnceADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	write := func(want bool, username string) {
		t.Helper()
		before := d.blobs(`SELECT sealed FROM handle`)
		d.written(d.named(anna, d.next(), username), d.named(anna, d.next(), username))
		after := d.blobs(`SELECT sealed FROM handle`) // which is another each time that it is written
		if len(after) != 1 {
			t.Fatalf("%d usernames; want one", len(after))
		}
		if wrote := len(before) == 0 || !bytes.Equal(before[0], after[0]); wrote != want {
			t.Errorf("on %s written: %t; want %t", d.now(), wrote, want)
		}
	}
	write(true, "anna")
	write(false, "anna")
	write(false, "Anna")
	d.clock.set(noon.Truncate(day).Add(day - time.Second))
	write(false, "anna")
	d.pass(time.Second)
	write(true, "anna")
	write(false, "anna")
}

// A transaction with known usernames alone does not touch their table at all.
func TestKnownUsernamesWriteNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	seen := []moderation.SeenMessage{d.named(anna, 41, "anna"), d.named(bob, 42, "bob")}
	d.written(seen...)
	d.alter(`CREATE TRIGGER no_handle BEFORE INSERT ON handle BEGIN SELECT raise(ABORT, 'no'); END`)
	d.written(d.named(bob, 43, "bob"), d.named(anna, 44, "anna"), d.wrote(carl, 45))
	err := d.court.Observe(t.Context(), []moderation.SeenMessage{d.named(carl, 46, "carl")})
	if err = errors.Join(err, d.FlushLog(t.Context())); err == nil {
		t.Error("a new one was not written, so that this test shows nothing")
	}
}

// A username counts from the last time that somebody wrote under it.
func TestUsernameIsForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.observe(d.named(anna, 41, "anna"), d.named(bob, 42, "bob"))
	d.pass(60 * day)
	d.observe(d.named(bob, 43, "bob"))
	d.clock.set(noon.Add(91 * day))
	d.must(d.Forget(t.Context(), d.now()))
	if a, b := d.meant("anna"), d.meant("bob"); a != 0 || b != bob {
		t.Errorf("after 91 days they are %d and %d", a, b)
	}
	d.observe(d.named(anna, 44, "anna"))
	if got := d.meant("anna"); got != anna {
		t.Errorf("when she is back she is %d", got)
	}
}

// What a transaction wrote that came to nothing must be written again.
func TestFailedTransactionIsNotRemembered(t *testing.T) {
	t.Parallel()
	const table = "arrival"
	for name, c := range map[string]struct{ begin, end string }{
		"a later step fails": {
			`CREATE TRIGGER no BEFORE INSERT ON ` + table + ` BEGIN SELECT raise(ABORT, 'no'); END`,
			`DROP TRIGGER no`,
		},
		"the commit fails": {
			`CREATE TABLE nobody (id INTEGER REFERENCES chat (id) DEFERRABLE INITIALLY DEFERRED);
			CREATE TRIGGER no BEFORE INSERT ON ` + table + ` BEGIN INSERT INTO nobody VALUES (-1); END`,
			`DROP TRIGGER no`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.observe(d.wrote(carl, 40))
			before := d.dump()
			d.alter(c.begin)
			batch := []moderation.SeenMessage{d.named(anna, 41, "owl"), d.wrote(bob, 99)}
			if err := d.court.Observe(t.Context(), batch); err == nil {
				t.Fatal("Observe says that it worked")
			}
			d.alter(c.end)
			if got := added(before, d.dump()); len(got) != 0 {
				t.Errorf("left behind: %q", got)
			}
			d.observe(batch...)
			if got := d.meant("owl"); got != anna {
				t.Errorf("@owl is %d; want %d", got, anna)
			}
		})
	}
}

// With the race detector: many write, many ask, and it is swept meanwhile.
func TestUsernamesAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	ctx := t.Context()
	var all sync.WaitGroup
	for who := range int64(4) {
		all.Go(func() {
			for m := range int64(10) {
				s := moderation.SeenMessage{
					Chat: chess, Message: 100*who + m + 1, At: noon, Author: moderation.Author{ID: anna + who},
					Handle: fmt.Sprint("owl", (who+m)%4), Role: moderation.RoleMember,
				}
				if err := d.court.Observe(ctx, []moderation.SeenMessage{s}); err != nil {
					t.Errorf("Observe = %v", err)
				}
			}
		})
		all.Go(func() {
			for range 20 {
				_, _, err := d.Handle(ctx, chess, fmt.Sprint("OWL", who))
				_, more := d.AdminOf(ctx, anna, 9)
				if err != nil || more != nil {
					t.Errorf("Handle = %v, AdminOf = %v", err, more)
				}
			}
		})
		all.Go(func() {
			if err := d.court.Administered(ctx, chess, []int64{anna + who}); err != nil {
				t.Errorf("Administered = %v", err)
			}
			if err := d.Forget(ctx, noon); err != nil {
				t.Errorf("Forget = %v", err)
			}
			if _, err := d.ForgetEvidence(ctx, noon, day); err != nil {
				t.Errorf("ForgetEvidence = %v", err)
			}
		})
	}
	all.Wait()
	for n := range 4 {
		if who := d.meant(fmt.Sprint("owl", n)); who < anna || who > anna+3 {
			t.Errorf("@owl%d is %d", n, who)
		}
	}
	if n := d.number(`SELECT count(*) FROM admin`); n != 1 {
		t.Errorf("%d admins; want those of the last list", n)
	}
}
