package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// juryKilled is a group in which juries sit, and the real program, which is killed all the time.
type juryKilled struct {
	t       *testing.T
	ctx     context.Context
	sim     *tgsim.Sim
	bot     *tgsim.Bot
	group   *tgsim.Chat
	owner   *tgsim.User
	voters  []*tgsim.User
	authors []*tgsim.User
	process *process
	random  *rand.Rand
}

// TestKilledWhileJuriesSit kills the real program again and again, each time a few calls later, while votes mute established members
// for what the ladder has more for, and jurors answer that the messages are fine. In the end each jury was drawn once and decided
// once: five were asked about each case, all of them are thanked, and nobody is muted any more. Everybody concerned was told of both
// the first decision and the jury's, and all that is left in the outbox waits for its time.
func TestKilledWhileJuriesSit(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	t.Parallel()
	k := newJuryKilled(t)
	for i, author := range k.authors {
		k.accuse(author)
		// Before the next one writes: an author who may write could be drawn, and could not answer once they are muted.
		k.wait("the jury is drawn", func() bool { return k.seats() >= 5*(i+1) })
	}
	for _, s := range k.cards() {
		_, err := s.juror.Press(s.card, "👌")
		k.must(err)
		k.killSoon()
	}
	for _, author := range k.authors {
		k.wait("the author may write again", func() bool { return k.group.Status(author).CanSend })
	}
	cases := len(k.authors)
	for begins, want := range map[string]int{
		"You were on the jury of ":                     5 * cases,
		"Your report ":                                 2 * cases * len(k.voters), // of the first decision, and of the jury's
		"You can't write for 1 hour.":                  cases,
		"The decision about you was wrong and is over": cases,
	} {
		k.wait(fmt.Sprintf("%d are told %q", want, begins), func() bool { return k.told(begins) >= want })
	}
	k.judge()
}

// accuse has somebody write what all voters report, and kills the bot after each report and while it asks the jurors.
func (k *juryKilled) accuse(author *tgsim.User) {
	k.t.Helper()
	m, err := author.Send(k.group, "Buy pills from "+author.Name())
	k.must(err)
	for _, v := range k.voters {
		_, err := v.Command(k.group, "/report spam", tgsim.ReplyTo(m))
		k.must(err)
		k.killSoon()
	}
	k.wait("the message is removed", m.Deleted)
	k.wait("the author is muted", func() bool { return !k.group.Status(author).CanSend })
	asked := k.seats() + k.random.IntN(4)
	k.wait("jurors are being asked", func() bool { return k.seats() >= asked })
	k.process.kill()
	k.process.start()
}

func newJuryKilled(t *testing.T) *juryKilled {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	t.Cleanup(cancel)
	k := &juryKilled{t: t, ctx: ctx, sim: tgsim.New(tgsim.Options{CheckUpdates: true}), random: rand.New(rand.NewPCG(2026, 26))}
	server := k.sim.Serve()
	t.Cleanup(server.Close)
	k.bot = k.sim.AddBot("OstrakonBot", "Ostrakon")
	k.owner = k.sim.AddUser("Olga")
	k.group = k.sim.NewSupergroup("Chess club", k.owner)
	k.voters, k.authors = k.people("Voter", 3), k.people("Author", 3)
	regulars := k.people("Regular", 26)
	k.group.Add(k.bot)
	k.group.Promote(k.bot, tgsim.AllRights())
	k.process = newProcess(t, binary(t), server.URL, k.bot)
	k.process.start()
	k.wait("commands are declared", func() bool { return len(k.owner.Menu(k.group, k.bot)) > 0 })
	_, err := k.owner.Command(k.group, "/ladder mute 1d")
	k.must(err)
	k.wait("the ladder is set", func() bool { return k.owner.Find(k.group, "mute 1d") != nil })
	for _, u := range regulars {
		_, err := u.Send(k.group, "A fine move")
		k.must(err)
	}
	return k
}

func (k *juryKilled) people(name string, n int) (all []*tgsim.User) {
	for i := range n {
		all = append(all, k.sim.AddUser(fmt.Sprintf("%s %d", name, i)))
	}
	k.must(k.group.Join(all...))
	return all
}

func (k *juryKilled) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *juryKilled) wait(what string, cond func() bool) {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.ctx, 3*time.Minute) // so that it says what does not come, before all tests are stopped
	defer cancel()
	if err := k.sim.Wait(ctx, cond); err != nil {
		k.t.Fatalf("wait until %s: %v\n%s", what, err, k.process.log.String())
	}
}

// killSoon kills the bot some calls later, or when it has nothing to take in, and starts it again.
func (k *juryKilled) killSoon() {
	k.t.Helper()
	until := k.sim.CallCount() + k.random.IntN(5)
	k.wait("a few calls more", func() bool { return k.sim.CallCount() >= until || k.bot.Pending() == 0 })
	k.process.kill()
	k.process.start()
}

// cards are those by which jurors are asked: of each juror and case the last.
func (k *juryKilled) cards() (all []summons) {
	for _, u := range k.sim.Users() {
		found := map[string]bool{}
		for _, i := range slices.Backward(u.Sees(k.group)) {
			for _, b := range slices.Concat(i.Buttons...) {
				if m := juryButton.FindStringSubmatch(b.Data); m != nil && !found[m[1]] {
					found[m[1]] = true
					all = append(all, summons{u, i.Message, m[1], i})
				}
			}
		}
	}
	return all
}

// asked is how many were asked about each case.
func (k *juryKilled) asked() map[string]int {
	asked := map[string]int{}
	for _, s := range k.cards() {
		asked[s.data]++
	}
	return asked
}

func (k *juryKilled) seats() int { return len(k.cards()) }

// told is how many different things the bot told people that begin so.
func (k *juryKilled) told(begins string) (n int) {
	for _, u := range k.sim.Users() {
		n += len(k.heard(u, begins))
	}
	return n
}

// judge looks at what is left when the bot has stopped.
func (k *juryKilled) judge() {
	k.t.Helper()
	for id, n := range k.asked() {
		if n != 5 {
			k.t.Errorf("%d were asked about %s", n, id)
		}
	}
	k.process.stop()
	k.checkTold()
	for query, want := range map[string]int{
		`SELECT count(*) FROM cases`:                                        len(k.authors),
		`SELECT count(*) FROM cases WHERE reversed <> '' AND unlearned = 1`: len(k.authors),
		`SELECT count(*) FROM cases WHERE jury <> '' OR jury_due <> 0`:      0,
		`SELECT count(*) FROM offence`:                                      0,
		// What is left only waits for its time: the cards are deleted later, and the admins are told later of what changed and of the
		// other cases together.
		`SELECT count(*) FROM outbox WHERE name IS NULL OR name NOT LIKE 'card_gone/%' AND name NOT IN ('gather/changes', 'gather/each')`: 0,
		`SELECT count(*) FROM outbox WHERE due = 0 OR attempts > 0 OR held > 0`:                                                           0,
	} {
		if got := k.process.count(query); got != want {
			k.t.Errorf("%s = %d, want %d", query, got, want)
		}
	}
	if v := k.sim.Violations(); len(v) > 0 {
		k.t.Errorf("calls that Telegram does not allow: %q", v)
	}
}

// checkTold: each reporter and each author is told of the first decision and then of the jury's, case by case, and each juror is
// thanked once. A kill may have something told again, word for word, and nothing else.
func (k *juryKilled) checkTold() {
	k.t.Helper()
	if n := k.told("You were on the jury of "); n != 5*len(k.authors) {
		k.t.Errorf("jurors are thanked %d times", n)
	}
	for _, v := range k.voters {
		told := map[string][]string{}
		for _, text := range k.heard(v, "Your report ") {
			id := idOfCase.FindString(text)
			told[id] = append(told[id], strings.TrimPrefix(text, "Your report "+id+": "))
		}
		if len(told) != len(k.authors) {
			k.t.Errorf("%s is told of %d cases: %q", v.Name(), len(told), told)
		}
		for id, texts := range told {
			if len(texts) != 2 || !strings.HasPrefix(texts[0], "message removed. Penalty: a mute for 1 hour.") || !strings.HasPrefix(texts[1], "the decision was overturned") {
				k.t.Errorf("%s is told of %s: %q", v.Name(), id, texts)
			}
		}
	}
	for _, a := range k.authors {
		told := k.heard(a, "")
		if len(told) != 2 || !strings.HasPrefix(told[0], "You can't write for 1 hour.") || !strings.HasPrefix(told[1], "The decision about you was wrong") {
			k.t.Errorf("%s is told %q", a.Name(), told)
		}
	}
}

// heard is what somebody was told in messages that others do not see and that begin so, in order, each text once.
func (k *juryKilled) heard(u *tgsim.User, begins string) (all []string) {
	for _, i := range u.Sees(k.group) {
		if i.Ephemeral && strings.HasPrefix(i.Text, begins) && !strings.HasPrefix(i.Text, "/") && !slices.Contains(all, i.Text) {
			all = append(all, i.Text)
		}
	}
	return all
}
