package lookup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jonboulle/clockwork"
	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	group, otherGroup = -1001, -1002
	me                = 99
)

// telegram knows who is what, and counts how often it is asked.
type telegram struct {
	mu     sync.Mutex
	status map[membership]string // "member" by default
	asked  map[membership]int
	err    error
	before func(who membership) // called before the answer is made
	after  func(who membership) // called before it is given

	afterMe func() // called before it is given what the bot is
}

func newTelegram() *telegram {
	return &telegram{status: map[membership]string{{chat: group, person: me}: "administrator", {chat: otherGroup, person: me}: "administrator"}, asked: map[membership]int{}}
}

func (*telegram) Me() wire.Self { return wire.Self{User: wire.User{ID: me, Bot: true}} }

func (tg *telegram) Do(_ context.Context, call wire.Call) (wire.Result, error) {
	who := membership{chat: call.Chat, person: call.Params["user_id"].(int64)}
	tg.call(tg.before, who)
	tg.mu.Lock()
	tg.asked[who]++
	status, err := tg.status[who], tg.err
	tg.mu.Unlock()
	if status == "" {
		status = "member"
	}
	tg.call(tg.after, who)
	if tg.afterMe != nil && who.person == me {
		tg.afterMe()
	}
	return wire.Result{Raw: json.RawMessage(fmt.Sprintf(`{"status":%q,"user":{"id":%d}}`, status, who.person))}, err
}

func (tg *telegram) call(f func(membership), who membership) {
	if f != nil && who.person != me {
		f(who)
	}
}

func (tg *telegram) set(who membership, status string) {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	tg.status[who] = status
}

// was is how often somebody was asked about.
func (tg *telegram) was(who membership) int {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	return tg.asked[who]
}

// desk is a lookup that remembers, in a bubble with a clock of its own.
type desk struct {
	t     testing.TB
	tg    *telegram
	known *Memberships
	Lookup
}

func newDesk(t testing.TB) *desk {
	tg := newTelegram()
	known := NewMemberships(&Pool{}, time.Now, func() int64 { return me })
	return &desk{t, tg, known, New(tg).Remembering(known)}
}

// present fails unless Telegram was asked so often, in all, when somebody was looked for.
func (d *desk) present(who membership, there bool, asked int) {
	d.t.Helper()
	got, err := d.Present(d.t.Context(), who.chat, who.person)
	synctest.Wait()
	if err != nil || got != there || d.tg.was(who) != asked {
		d.t.Errorf("%v: %v, asked %d times (%v); want %v, %d", who, got, d.tg.was(who), err, there, asked)
	}
}

// changes is an update that tells of a membership.
func changes(who membership, from, to string) *wire.Update {
	s := &wire.Membership{
		Chat: wire.Chat{ID: who.chat, Type: "supergroup"}, User: wire.User{ID: who.person},
		Old: wire.Member{Status: from}, New: wire.Member{Status: to},
	}
	if who.person == me {
		return &wire.Update{MyStatus: s}
	}
	return &wire.Update{Membership: s}
}

var anna, bob = membership{chat: group, person: 1}, membership{chat: group, person: 2}

func TestAnswersAreGoodForSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.present(anna, true, 1)
		time.Sleep(goodFor - 1)
		d.present(anna, true, 1)
		d.present(membership{chat: otherGroup, person: anna.person}, true, 1)
		time.Sleep(time.Nanosecond)
		d.present(anna, true, 2)
		if admin, err := d.SeemsAdmin(t.Context(), anna.chat, anna.person, 7); admin || err != nil || d.tg.was(anna) != 3 {
			t.Error("what she is was not asked for who reports her")
		}
	})
}

// Whoever is not there may join in the next second, and other processes may hear of that.
func TestAbsenceIsUsedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.tg.set(anna, "left")
		d.present(anna, false, 1)
		d.tg.set(anna, "member")
		d.present(anna, true, 2)

		d.tg.set(bob, "left")
		d.Ahead(t.Context(), bob.chat, bob.person)
		synctest.Wait()
		d.tg.set(bob, "member")
		d.present(bob, false, 1)
		d.present(bob, true, 2)
	})
}

// Who follows all updates trusts an answer for longer, while the bot is an admin and hears of changes.
func TestAnswersAreGoodWhileChangesAreHeard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.known.Follow()
		d.present(anna, true, 1) // and the bot was asked about, beside her
		time.Sleep(heardFor - 1)
		d.present(anna, true, 1)
		time.Sleep(time.Nanosecond)
		d.present(anna, true, 2)
		time.Sleep(goodFor)
		d.known.Hear(changes(anna, "member", "left"))
		d.tg.set(anna, "left")
		d.present(anna, false, 3)
		if n := d.tg.was(membership{chat: group, person: me}); n != 1 {
			t.Errorf("the bot was asked about %d times", n)
		}
	})
}

func TestAnswersAreGoodForSecondsUnlessChangesAreHeard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after func(*desk) }{
		"no admin":   {before: func(d *desk) { d.tg.set(membership{chat: group, person: me}, "member") }},
		"no answer":  {before: func(d *desk) { d.tg.err = &wire.Error{Code: 502} }, after: func(d *desk) { d.tg.err = nil }},
		"others too": {before: func(d *desk) { d.known.follows = false }},
		"demoted":    {after: func(d *desk) { d.known.Hear(changes(membership{chat: group, person: me}, "administrator", "member")) }},
		"demoted and promoted": {after: func(d *desk) {
			d.known.Hear(changes(membership{chat: group, person: me}, "administrator", "member"))
			d.known.Hear(changes(membership{chat: group, person: me}, "member", "administrator"))
		}},
		"a gap": {after: func(d *desk) { d.known.Missed() }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.known.Follow()
				if c.before != nil {
					c.before(d)
				}
				_, _ = d.Present(t.Context(), anna.chat, anna.person)
				synctest.Wait()
				if c.after != nil {
					c.after(d)
				}
				before := d.tg.was(anna)
				time.Sleep(goodFor)
				d.present(anna, true, before+1)
			})
		})
	}
}

// The bot's own acts are known before Telegram tells of them.
func TestActsAreKnownAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for n, call := range []wire.Call{wire.Ban(group, 1, time.Time{}), wire.Unban(group, 1), wire.RestrictTo(group, 1, time.Time{}, nil)} {
			d.present(anna, true, n+1)
			d.known.Acted(call)
		}
		d.present(anna, true, 4)
		d.known.Acted(wire.Ban(group, 2, time.Time{}))
		d.known.Acted(wire.SendMessage(group, "Hello"))
		d.present(anna, true, 4)
	})
}

// What is heard while Telegram is being asked makes its answer worth nothing.
func TestLeavingWhileAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		var once sync.Once
		d.tg.after = func(who membership) {
			once.Do(func() {
				d.tg.set(who, "left")
				d.known.Hear(changes(who, "member", "left"))
			})
		}
		d.present(anna, false, 2)
		d.tg.after = func(who membership) { d.known.Hear(changes(who, "left", "member")) }
		if _, err := d.Present(t.Context(), anna.chat, anna.person); !errors.Is(err, ErrUnsure) {
			t.Errorf("of who comes and goes all the time it says %v", err)
		}
	})
}

// What is asked ahead is not asked again, also while it is under way. Many are asked side by side, and no more than so many.
func TestAskedAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		const call = 50 * time.Millisecond
		var running, most int
		d.tg.before = func(membership) {
			d.tg.mu.Lock()
			running++
			most = max(most, running)
			d.tg.mu.Unlock()
			time.Sleep(call)
			d.tg.mu.Lock()
			running--
			d.tg.mu.Unlock()
		}
		began := time.Now()
		for i := range int64(300) {
			d.Ahead(t.Context(), group, i+1000)
			d.Ahead(t.Context(), group, i+1000)
		}
		for i := range int64(300) {
			d.present(membership{chat: group, person: i + 1000}, true, 1)
		}
		if took := time.Since(began); took > 10*call || most != poolSize {
			t.Errorf("it took %v, %d at once", took, most)
		}
	})
}

// A question ahead that fails is asked again by who needs it.
func TestAskedAheadInVain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.tg.err = &wire.Error{Code: 502}
		d.tg.after = func(membership) {
			time.Sleep(time.Second)
			d.tg.mu.Lock()
			d.tg.err = nil
			d.tg.mu.Unlock()
		}
		d.Ahead(t.Context(), group, anna.person)
		time.Sleep(time.Millisecond)
		d.present(anna, true, 2)
	})
}

// Rights are asked anew each time.
func TestRightsAreAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.known.Follow()
		for n := range 3 {
			if _, err := d.Member(t.Context(), anna.chat, anna.person); err != nil || d.tg.was(anna) != n+1 {
				t.Errorf("asked %d times: %v", d.tg.was(anna), err)
			}
		}
		d.present(anna, true, 3) // which answers that too
	})
}

// One update asks about nobody twice, and what it begins is answered beside the rest.
func TestBeside(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.tg.before = func(membership) { time.Sleep(time.Second) }
		ctx := Beside(t.Context())
		began := time.Now()
		d.Begin(ctx, group, anna.person, bob.person)
		for range 2 {
			for _, who := range []membership{anna, bob} {
				if m, err := d.Member(ctx, who.chat, who.person); err != nil || !m.InChat() {
					t.Error(m, err)
				}
			}
		}
		if took := time.Since(began); took != time.Second || d.tg.was(anna) != 1 || d.tg.was(bob) != 1 {
			t.Errorf("it took %v", took)
		}
		if _, err := d.Member(Beside(t.Context()), anna.chat, anna.person); err != nil || d.tg.was(anna) != 2 {
			t.Error("the next update did not ask anew")
		}
	})
}

// However people come and go, whatever is asked meanwhile, and whether or not the bot hears of it: nobody is said to be in a
// group after this process has heard that they left, and nobody for longer than an answer is good.
func TestNobodyIsThereWhoseLeavingWasHeard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		clock := clockwork.NewFakeClock()
		tg := newTelegram()
		known := NewMemberships(&Pool{}, clock.Now, func() int64 { return me })
		if rapid.Bool().Draw(r, "follows") {
			known.Follow()
		}
		look := New(tg).Remembering(known)
		left := map[membership]time.Time{} // when they left
		heard := map[membership]bool{}     // whether that was heard
		status := func(who membership) string {
			if _, gone := left[who]; gone {
				return "left"
			}
			return "member"
		}
		var toTell []*wire.Update // of the groups in which the bot is an admin, not told yet
		people := rapid.SampledFrom([]membership{anna, bob, {chat: otherGroup, person: 1}, {chat: otherGroup, person: 2}})
		groups := rapid.SampledFrom([]int64{group, otherGroup})
		admin := map[int64]bool{group: true, otherGroup: true}
		hear := func(u *wire.Update) {
			known.Hear(u)
			if s := u.Membership; s != nil {
				heard[membership{chat: s.Chat.ID, person: s.User.ID}] = !s.New.InChat()
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"somebody leaves or comes": func(r *rapid.T) {
				who := people.Draw(r, "who")
				was := status(who)
				if was == "left" {
					delete(left, who)
					heard[who] = false
				} else {
					left[who] = clock.Now()
				}
				tg.set(who, status(who))
				if admin[who.chat] {
					toTell = append(toTell, changes(who, was, status(who)))
				}
			},
			"the bot is promoted or demoted": func(r *rapid.T) {
				chat := groups.Draw(r, "group")
				names := map[bool]string{true: "administrator", false: "member"}
				was := admin[chat]
				admin[chat] = !was
				tg.set(membership{chat: chat, person: me}, names[!was])
				toTell = append(toTell, changes(membership{chat: chat, person: me}, names[was], names[!was]))
			},
			"an update comes": func(r *rapid.T) {
				if len(toTell) > 0 {
					hear(toTell[0])
					toTell = toTell[1:]
				}
			},
			"somebody is asked about ahead": func(r *rapid.T) {
				who := people.Draw(r, "who")
				look.Ahead(context.Background(), who.chat, who.person)
			},
			"the bot removes somebody": func(r *rapid.T) {
				who := people.Draw(r, "who")
				if !admin[who.chat] || status(who) == "left" {
					return
				}
				known.Acted(wire.Ban(who.chat, who.person, time.Time{}))
				left[who], heard[who] = clock.Now(), true
				tg.set(who, "left")
				known.Acted(wire.Ban(who.chat, who.person, time.Time{}))
				toTell = append(toTell, changes(who, "member", "left"))
			},
			"updates go elsewhere": func(*rapid.T) {
				toTell = nil
				known.Missed()
			},
			"time passes": func(r *rapid.T) {
				clock.Advance(time.Duration(rapid.IntRange(1, 400).Draw(r, "seconds")) * time.Second)
			},
			"somebody is looked for": func(r *rapid.T) {
				who := people.Draw(r, "who")
				there, err := look.Present(context.Background(), who.chat, who.person)
				if err != nil {
					r.Fatal(err)
				}
				since, gone := left[who]
				if !there || !gone {
					return
				}
				if heard[who] {
					r.Fatalf("%v is said to be there, though it was heard that they left", who)
				}
				if clock.Since(since) >= heardFor || !known.follows && clock.Since(since) >= goodFor {
					r.Fatalf("%v is said to be there %v after they left", who, clock.Since(since))
				}
			},
		})
	})
}

// Of whom this process heard that they left, Telegram's word counts once, until it hears that they are back.
func TestWordOfWhoLeftIsUsedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.known.Follow()
		d.present(anna, true, 1)
		d.known.Hear(changes(anna, "member", "left"))
		d.present(anna, true, 2)
		d.present(anna, true, 3)
		d.Ahead(t.Context(), group, anna.person)
		synctest.Wait()
		d.present(anna, true, 4)
		d.known.Hear(changes(anna, "left", "member"))
		d.present(anna, true, 5)
		d.present(anna, true, 5)
	})
}

// Who reports a message waits for one question about its author, whether or not somebody else has just reported the same author.
func TestAuthorsAreAskedAboutForEachReporter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.present(anna, true, 1)
		for i, reporter := range []int64{7, 7, 8, 8} {
			if _, err := d.SeemsAdmin(t.Context(), anna.chat, anna.person, reporter); err != nil {
				t.Fatal(err)
			}
			if asked, want := d.tg.was(anna), 2+i/2; asked != want {
				t.Errorf("report %d: asked %d times, want %d", i, asked, want)
			}
		}
		d.AheadFor(t.Context(), anna.chat, anna.person, 9)
		synctest.Wait()
		if _, err := d.SeemsAdmin(t.Context(), anna.chat, anna.person, 9); err != nil || d.tg.was(anna) != 4 {
			t.Errorf("what was asked ahead is asked again: %v", err)
		}
	})
}
