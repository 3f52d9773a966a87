package e2e

import (
	"bytes"
	"context"
	"database/sql"
	be "encoding/binary"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// checkInvariants is what must be true of every story, at its end.
func (w *world) checkInvariants() {
	w.t.Helper()
	if w.app == nil {
		w.up()
	}
	// Whatever was held up for a limit or for a while goes out.
	for range 3 {
		w.pass(15 * time.Minute)
	}
	w.checkRedelivery()
	w.checkTelegram()
	w.checkMarks()
	w.checkQuoted()
	w.checkSecrecy()
	w.checkPutAsTold()
	w.down()
	w.checkDatabase()
	w.checkFiles()
	w.checkLog()
	if w.t.Failed() {
		w.t.Logf("what the bot logged:\n%s", w.log)
	}
}

// checkRedelivery: updates that come again change nothing, and nothing is said because of them.
func (w *world) checkRedelivery() {
	w.t.Helper()
	if w.cfg.Telegram.Mode == "webhook" || w.clock.Since(begin) > 48*time.Hour {
		return // the simulator repeats only what is asked for, and Telegram nothing older than a day
	}
	faults := w.faults
	defer func() { w.faults = faults }()
	const state = `SELECT (SELECT count(*) FROM cases) * 1000000 + (SELECT count(*) FROM ballot) * 1000 + (SELECT count(*) FROM offence)`
	before := w.count(state)
	if err := again(w, nil); err != nil {
		w.t.Errorf("updates came again: %v", err)
	}
	if after := w.count(state); after != before {
		w.t.Errorf("updates came again: there were cases, ballots and offences %d, now %d", before, after)
	}
}

// checkTelegram: the bot kept to the rules of the Bot API, and to its limits.
func (w *world) checkTelegram() {
	w.t.Helper()
	for _, v := range w.sim.Violations() {
		w.t.Errorf("violation of the Bot API: %s", v)
	}
	penalties := 0
	for _, c := range w.sim.Calls() {
		if c.Code == 429 && c.Fault == "" {
			w.t.Errorf("the bot ran into a limit: %s", c.Method)
		}
		switch c.Method {
		case "restrictChatMember", "banChatMember", "banChatSenderChat":
			// Who may write again is not punished.
			if c.OK() && !strings.Contains(c.JSON("permissions"), `"can_send_messages":true`) {
				penalties++
			}
		}
	}
	upheld := w.count(`SELECT count(*) FROM cases WHERE verdict = 'upheld'`)
	for _, a := range w.observed.acts {
		if hasPrefix(a.words, "h:") || hasPrefix(a.words, "y:") || hasPrefix(a.words, "/pardon") || hasPrefix(a.words, "o:") {
			upheld++ // made harsher, or confirmed, it is punished once more; taken back, what it hid is in force again
		}
	}
	upheld += w.observed.answers  // a mute that a quiz shortens is given anew
	upheld += len(w.heardCases()) // what a jury confirms is made harsher, and what waited for it may be eased
	if penalties > upheld && !w.faults {
		w.t.Errorf("%d penalties for %d upheld cases", penalties, upheld)
	}
}

// checkDatabase: one case per message, one penalty per verdict, nothing left lying about.
func (w *world) checkDatabase() {
	w.t.Helper()
	const stands = `verdict = 'upheld' AND reversed = ''`
	questions := map[string]string{
		"messages with two open cases": `SELECT count(*) FROM (SELECT 1 FROM cases WHERE verdict = 'open' GROUP BY chat, anchor HAVING count(*) > 1) AS twice`,
		"verdicts without their offence": `SELECT count(*) FROM cases WHERE ` + stands + `
			AND id NOT IN (SELECT case_id FROM offence) AND id IN (SELECT case_id FROM ledger_opening)`, // else its author was forgotten
		"offences without a verdict": `SELECT count(*) FROM offence WHERE case_id NOT IN (SELECT id FROM cases WHERE verdict = 'upheld')`,
		"cases with more votes than ballots": `SELECT count(*) FROM cases c WHERE key IS NOT NULL AND verdict <> 'withdrawn'
			AND votes > (SELECT count(*) FROM ballot b WHERE b.case_id = c.id)`,
		"things undone": `SELECT count(*) FROM outbox WHERE held = 0 AND due <= ` + strconv.FormatInt(w.clock.Now().Unix(), 10),
	}
	var asked, parts []string
	for what, query := range questions {
		asked, parts = append(asked, what), append(parts, "("+query+")")
	}
	found, into := make([]int, len(asked)), make([]any, len(asked))
	for i := range found {
		into[i] = &found[i]
	}
	w.query(func(db *sql.DB) error {
		return db.QueryRowContext(context.Background(), `SELECT `+strings.Join(parts, ", ")).Scan(into...)
	})
	for i, n := range found {
		if n != 0 {
			w.t.Errorf("%s: %d", asked[i], n)
		}
	}
}

// checkFiles: the database names no person and holds no text, for who has it without the key file.
func (w *world) checkFiles() {
	w.t.Helper()
	path, ok := sqldb.Path(w.cfg.Storage.DSN)
	if !ok {
		return // what is in the rows, the tests of the storage look at
	}
	for _, file := range []string{path, path + "-wal"} {
		raw, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			w.t.Fatal(err)
		}
		for name, u := range w.people {
			for _, form := range [][]byte{
				[]byte(name), []byte(u.Username()), strconv.AppendInt(nil, u.ID(), 10), be.BigEndian.AppendUint64(nil, uint64(u.ID()))[2:],
				be.LittleEndian.AppendUint64(nil, uint64(u.ID()))[:6],
			} {
				// A short name may stand in random bytes by chance.
				if len(form) > 4 && bytes.Contains(raw, form) {
					w.t.Errorf("the database names %s: %q", name, form)
				}
			}
		}
		for _, s := range w.said {
			if len(s.text) > 5 && !hasPrefix(s.text, "/") && bytes.Contains(raw, []byte(s.text)) {
				w.t.Errorf("the database holds what was written: %q", s.text)
			}
		}
	}
}

// checkLog: the log holds no token, no person, no text, nothing that went wrong in the bot itself.
func (w *world) checkLog() {
	w.t.Helper()
	log := w.log.String()
	if strings.Contains(log, w.bot.Token()) {
		w.t.Error("the log holds the token")
	}
	if name := w.named(log); name != "" {
		w.t.Errorf("the log names %s", name)
	}
	for _, s := range w.said {
		if len(s.text) > 5 && !hasPrefix(s.text, "/") && strings.Contains(log, s.text) {
			w.t.Errorf("the log holds what was written: %q", s.text)
		}
	}
	if strings.Contains(log, "level=ERROR") {
		w.t.Error("the log holds errors")
	}
}
