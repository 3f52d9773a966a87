package e2e

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// TestRandomPeopleFaultsAndRestarts lets random people write, report, vote and take back, while
// calls to Telegram fail in all ways and the bot is stopped and started. After each step the real
// bot must stand where the model does.
func TestRandomPeopleFaultsAndRestarts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		m := newModel(t)
		defer m.w.down()
		r.Repeat(map[string]func(*rapid.T){
			"write":   m.write,
			"report":  m.report,
			"report ": m.report, // what people do most
			"vote":    m.vote,
			"vote ":   m.vote,
			"undo":    m.undo,
			"fault":   m.fault,
			"restart": func(*rapid.T) { m.w.down(); m.w.up() },
			"wait":    m.wait,
			"":        m.check,
		})
		m.end(r)
	})
}

func (m *model) write(r *rapid.T) {
	author := rapid.SampledFrom(m.people).Draw(r, "author")
	msg, err := author.Send(m.w.here, fmt.Sprintf("Message %d", len(m.messages)))
	if err != nil {
		return // muted or banned
	}
	m.messages = append(m.messages, &judged{m: msg, author: author, round: newRound()})
	m.pass(time.Second)
}

// some draws a message that still stands and somebody who is in the group.
func (m *model) some(r *rapid.T) (*judged, *tgsim.User) {
	var standing []*judged
	for _, j := range m.messages {
		if !j.m.Deleted() {
			standing = append(standing, j)
		}
	}
	var present []*tgsim.User
	for _, u := range m.people {
		if m.w.here.Status(u).In {
			present = append(present, u)
		}
	}
	if len(standing) == 0 || len(present) == 0 {
		r.Skip("nobody, or nothing to talk about")
	}
	return rapid.SampledFrom(standing).Draw(r, "message"), rapid.SampledFrom(present).Draw(r, "who")
}

func (m *model) report(r *rapid.T) {
	j, who := m.some(r)
	if j.verdict == moderation.Dismissed {
		r.Skip("what opens again is for a jury, and has tests of its own")
	}
	if _, err := who.Command(m.w.here, "/report", tgsim.ReplyTo(j.m)); err != nil {
		r.Fatalf("report: %v", err)
	}
	if j.verdict == moderation.Expired && who != j.author {
		j.past, j.round = append(j.past, j.round), newRound()
	}
	if j.verdict == "" && who != j.author {
		j.opened, j.verdict = m.w.clock.Now().Truncate(10*time.Minute).Add(10*time.Minute), moderation.Open // without a card
		if j.back != nil {
			j.undone, j.back = j.back, nil
		}
	}
	m.bring(j, who)
	j.say(who, moderation.Breaks, m.weight(who))
	m.pass(time.Second)
}

// bring notes a report, and the card that it brings: three in a day by one reporter against one author.
func (m *model) bring(j *judged, who *tgsim.User) {
	if j.verdict != moderation.Open || who == j.author || j.reported[who] && j.sides[who] == moderation.Breaks {
		return
	}
	j.reported[who] = true
	if j.card {
		return
	}
	now, of := m.w.clock.Now(), [2]*tgsim.User{who, j.author}
	m.cards[of] = slices.DeleteFunc(m.cards[of], func(at time.Time) bool { return now.Sub(at) >= 24*time.Hour })
	if j.cardless[who] = len(m.cards[of]) == 3; !j.cardless[who] {
		m.cards[of] = append(m.cards[of], now)
	}
}

// showCard has a card appear when the first report asks for one that may.
func (m *model) showCard(j *judged) {
	for who, side := range j.sides {
		if !j.card && j.verdict == moderation.Open && side == moderation.Breaks && j.reported[who] && !j.cardless[who] {
			j.card, j.wanted = true, m.w.clock.Now()
		}
	}
}

func (m *model) vote(r *rapid.T) {
	j, who := m.some(r)
	side := rapid.SampledFrom([]moderation.Side{moderation.Breaks, moderation.Fine}).Draw(r, "side")
	// The card of a case that was withdrawn may stand for a while, if its deletion failed.
	id := m.seen()[j.m.ID()].id
	card := m.find(m.people[0], func(i tgsim.Item) bool {
		return i.ReplyTo == j.m.ID() && len(i.Buttons) > 0 && strings.Contains(i.Buttons[0][0].Data, ":"+id+":")
	})
	if card == nil {
		r.Skip("no card")
	}
	sign := map[moderation.Side]string{moderation.Breaks: "🚩", moderation.Fine: "👌"}[side]
	if _, err := who.Press(card, sign); err != nil {
		r.Fatalf("vote: %v", err)
	}
	j.say(who, side, m.weight(who))
	m.pass(time.Second)
}

func (m *model) undo(r *rapid.T) {
	j, who := m.some(r)
	id := m.seen()[j.m.ID()].id
	receipt := m.find(who, func(i tgsim.Item) bool {
		return i.Ephemeral && id != "" && strings.Contains(i.Text, id) && strings.Contains(i.String(), "[↩️")
	})
	if receipt == nil {
		r.Skip("no receipt")
	}
	if m.w.clock.Now().Add(time.Minute + withdrawnWithin).After(j.opened.Add(modelWindow)) {
		r.Skip("it may end first")
	}
	if _, err := who.Press(receipt, "↩️"); err != nil {
		r.Fatalf("undo: %v", err)
	}
	if j.undo(who) {
		m.pass(withdrawnWithin)
		for range 20 { // while Telegram wants the bot to wait in this group, it waits as well
			if c := m.seen()[j.m.ID()]; c.id != id || c.verdict != moderation.Open {
				break
			}
			m.pass(withdrawnWithin)
		}
		j.withdraw()
	}
	m.pass(time.Second)
}

// withdrawnWithin is within how long a case is withdrawn in which nobody votes any more.
const withdrawnWithin = 3 * time.Second

// fault makes a call to come go wrong. Those that only read are left alone: when Telegram does not
// say who somebody is, the bot asks them to try again, and the model would have to know.
func (m *model) fault(r *rapid.T) {
	kinds := []tgsim.FaultKind{tgsim.TooManyRequests, tgsim.ServerError, tgsim.Reset, tgsim.LostAnswer}
	methods := []string{
		"sendMessage", "editMessageText", "deleteMessage", "restrictChatMember", "banChatMember",
		"answerCallbackQuery", "editEphemeralMessageText",
	}
	f := tgsim.Fault{
		Kind: rapid.SampledFrom(kinds).Draw(r, "kind"), Method: rapid.SampledFrom(methods).Draw(r, "method"),
		RetryAfter: rapid.Int64Range(1, 30).Draw(r, "retry after"),
	}
	if rapid.IntRange(0, 5).Draw(r, "duplicate") == 0 {
		f = tgsim.Fault{Kind: tgsim.Duplicate, Method: "getUpdates"}
	}
	m.w.sim.Fail(f)
}

func (m *model) wait(r *rapid.T) {
	m.pass(rapid.SampledFrom([]time.Duration{4 * time.Second, time.Minute, 11 * time.Minute, time.Hour}).Draw(r, "time"))
}

// find returns what somebody sees last that fits, or nil.
func (m *model) find(who *tgsim.User, fits func(tgsim.Item) bool) *tgsim.Message {
	var found *tgsim.Message
	for _, i := range who.Sees(m.w.here) {
		if fits(i) {
			found = i.Message
		}
	}
	return found
}

type seenCase struct {
	id      string
	verdict moderation.Verdict
	votes   int
	ballots int

	appeared int64 // its card
}

// seen are the latest cases in the database, by message.
func (m *model) seen() map[int]seenCase {
	cases := map[int]seenCase{}
	m.w.query(func(db *sql.DB) error {
		rows, err := db.QueryContext(m.w.ctx, `SELECT message, short, verdict, votes, appeared,
			(SELECT count(*) FROM ballot b WHERE b.case_id = c.id) FROM cases c WHERE verdict <> 'withdrawn' ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var message int
			var c seenCase
			if err := rows.Scan(&message, &c.id, &c.verdict, &c.votes, &c.appeared, &c.ballots); err != nil {
				return err
			}
			if before, twice := cases[message]; twice && before.verdict != moderation.Expired {
				return fmt.Errorf("message %d has a case after one that was %s", message, before.verdict)
			}
			cases[message] = c
		}
		return rows.Err()
	})
	return cases
}

// check compares the real bot with the model.
func (m *model) check(r *rapid.T) {
	cases, upheld := m.seen(), 0
	for _, j := range m.messages {
		c, ok := cases[j.m.ID()]
		delete(cases, j.m.ID())
		if !ok && j.verdict == "" {
			continue
		}
		j.id = c.id
		if c.verdict != j.verdict || c.votes != len(j.sides) || c.ballots != len(j.sides)+len(j.undone) {
			r.Fatalf("message %d: the bot has %s with %d votes and %d ballots, the model %s with %d\n%s",
				j.m.ID(), c.verdict, c.votes, c.ballots, j.verdict, len(j.sides), m.w.log)
		}
		if j.verdict == moderation.Upheld {
			upheld++
		}
	}
	if len(cases) > 0 {
		r.Fatalf("cases about nothing: %v", cases)
	}
	if n := m.w.count(`SELECT count(*) FROM offence`); n != upheld {
		r.Fatalf("%d offences for %d upheld cases", n, upheld)
	}
	m.checkEyes(r)
}

// checkEyes: what the bot writes to all names nobody, and only who reported hears of it.
func (m *model) checkEyes(r *rapid.T) {
	for _, u := range m.people {
		for _, i := range u.Sees(m.w.here) {
			if i.From != m.w.bot.Name() || i.Service {
				continue
			}
			if !i.Ephemeral && strings.Contains(i.Text, "Person") {
				r.Fatalf("the group reads a name: %s", i)
			}
			if strings.HasPrefix(i.Text, "Your report ") && !m.reported(u, i.Text) {
				r.Fatalf("%s is told of a report that is not theirs: %s", u.Name(), i)
			}
		}
	}
}

func (m *model) reported(u *tgsim.User, text string) bool {
	for _, j := range m.messages {
		for _, c := range append(j.past, j.round) {
			if c.id != "" && strings.Contains(text, c.id) && c.reported[u] {
				return true
			}
		}
	}
	return false
}

// owes is how much waits that should be done by now, or was tried.
func (m *model) owes() (rows int) {
	m.w.query(func(db *sql.DB) error {
		return db.QueryRowContext(m.w.ctx, `SELECT count(*) FROM outbox WHERE held = 0 AND (attempts > 0 OR due <= `+
			strconv.FormatInt(m.w.clock.Now().Unix(), 10)+`)`).Scan(&rows)
	})
	return rows
}

// end lets everything that was held up happen, and looks at the people.
func (m *model) end(r *rapid.T) {
	for range 4 {
		m.pass(15 * time.Minute)
	}
	for range 50 { // what Telegram slows down, or refuses once more, takes its time
		if m.owes() == 0 {
			break
		}
		m.pass(time.Minute)
	}
	m.check(r)
	offences := map[*tgsim.User]int{}
	for _, j := range m.messages {
		if j.verdict == moderation.Upheld {
			offences[j.author]++
			if !j.m.Deleted() {
				r.Fatalf("message %d was found to break the rules and still stands\n%s", j.m.ID(), m.w.log)
			}
		}
	}
	for u, n := range offences {
		if banned := m.w.here.Status(u).Status == tgsim.Kicked; banned != (n >= 3) {
			r.Fatalf("%s has %d offences; banned: %v\n%s", u.Name(), n, banned, m.w.log)
		}
	}
	for _, v := range m.w.sim.Violations() {
		r.Fatalf("violation of the Bot API: %s", v)
	}
}
