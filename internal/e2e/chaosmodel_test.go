package e2e

import (
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// found is a case as it stands in the database.
type found struct {
	id, verdict    string
	votes, ballots int
}

// judge compares what happened with what should have.
func (c *chaos) judge() {
	c.t.Helper()
	calls := c.sim.Calls()
	upheld := 0
	for _, g := range c.groups {
		cases := c.cases(g.group)
		for _, a := range g.spam {
			id := a.message.ID()
			f, ok := cases[id]
			delete(cases, id)
			if len(a.voters) == 0 {
				if ok {
					c.t.Errorf("message %d has a case that nobody opened", id)
				}
				continue
			}
			if f.votes != len(a.voters) || f.ballots != len(a.voters) {
				c.t.Errorf("message %d: %d votes and %d ballots of %d are counted", id, f.votes, f.ballots, len(a.voters))
			}
			if len(a.voters) < enough {
				if f.verdict != "open" || a.message.Deleted() {
					c.t.Errorf("message %d: %s after %d votes", id, f.verdict, len(a.voters))
				}
				continue
			}
			upheld++
			c.judgeUpheld(g, a, f, calls)
		}
		if len(cases) != 0 {
			c.t.Errorf("cases about nothing: %v", cases)
		}
	}
	for query, want := range map[string]int{
		`SELECT count(*) FROM offence`: upheld,
		`SELECT count(*) FROM (SELECT 1 FROM offence GROUP BY chat, tag HAVING count(*) > 1) AS twice`: 0,
	} {
		if got := c.count(query); got != want {
			c.t.Errorf("%s = %d, want %d", query, got, want)
		}
	}
	if upheld == 0 {
		c.t.Error("nothing was upheld, so that this shows nothing")
	}
	if v := c.sim.Violations(); len(v) > 0 {
		c.t.Errorf("calls that Telegram does not allow: %q", v)
	}
	c.checkLedger()
}

// judgeUpheld: removed, its author muted for the hour, once; and the outcome was told after that.
func (c *chaos) judgeUpheld(g *chaosGroup, a *accused, f found, calls []tgsim.Call) {
	c.t.Helper()
	status := g.group.Status(a.author)
	if f.verdict != "upheld" || !a.message.Deleted() || status.Status != tgsim.Restricted {
		c.t.Errorf("message %d: %s, removed %t, its author %s", a.message.ID(), f.verdict, a.message.Deleted(), status.Status)
	}
	if until := time.Until(status.Until); until > time.Hour+3*time.Minute {
		c.t.Errorf("the author of message %d is muted for %s", a.message.ID(), until)
	}
	told, muted, heard := -1, -1, -1
	for _, call := range calls {
		if call.Int("chat_id") != g.group.ID() || !call.OK() {
			continue
		}
		switch {
		case muted < 0 && call.Method == "restrictChatMember" && call.Int("user_id") == a.author.ID():
			muted = call.N
		case heard < 0 && call.Method == "sendMessage" && toldOfPenalty.MatchString(call.Text("text")) && strings.Contains(call.Text("text"), f.id):
			heard = call.N
		case told < 0 && call.Method == "editMessageText" && strings.Contains(call.Text("text"), "Removed") && strings.Contains(call.Text("text"), f.id):
			told = call.N
		}
	}
	if heard >= 0 && heard < muted {
		c.t.Errorf("of message %d somebody read that its author is muted before that was so", a.message.ID())
	}
	if told >= 0 && told < muted {
		c.t.Errorf("of message %d the group heard before its author was muted", a.message.ID())
	}
}

func (c *chaos) cases(group *tgsim.Chat) map[int]found {
	c.t.Helper()
	db := c.open()
	defer db.Close()
	rows, err := db.QueryContext(c.ctx, `SELECT c.message, c.short, c.verdict, c.votes, (SELECT count(*) FROM ballot b WHERE b.case_id = c.id)
		FROM cases c JOIN chat g ON g.id = c.chat WHERE g.number = $1 AND c.verdict <> 'withdrawn'`, group.ID())
	c.must(err)
	defer rows.Close()
	all := map[int]found{}
	for rows.Next() {
		var message int
		var f found
		c.must(rows.Scan(&message, &f.id, &f.verdict, &f.votes, &f.ballots))
		if _, twice := all[message]; twice {
			c.t.Errorf("message %d has two cases", message)
		}
		all[message] = f
	}
	c.must(rows.Err())
	return all
}

// checkLedger stops the bot and verifies its whole ledger.
func (c *chaos) checkLedger() {
	c.t.Helper()
	for i, p := range c.replicas {
		if took := p.stop(); took > stopsWithin {
			c.t.Errorf("a clean stop took %v, want at most %v", took, stopsWithin)
		}
		c.up[i] = false
	}
	p := c.replicas[0]
	file := filepath.Join(p.dir, "ledger")
	for _, args := range [][]string{{"ledger", file}, {"verify", file}} {
		cmd := exec.CommandContext(c.ctx, p.path, args...)
		cmd.Dir, cmd.Env = p.dir, p.env
		if out, err := cmd.CombinedOutput(); err != nil {
			c.t.Errorf("ostrakon %s: %v\n%s", args[0], err, out)
		}
	}
}
