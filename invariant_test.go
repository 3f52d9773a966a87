package main

import (
	"bytes"
	"database/sql"
	be "encoding/binary"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/storage"
)

// caseSeen is a case as it stands in the database.
type caseSeen struct{ id, verdict string }

// query runs do on a connection of its own to the bot's database.
func (w *world) query(do func(*sql.DB) error) {
	w.t.Helper()
	path, err := storage.Path(w.cfg.Storage.DSN)
	if err != nil {
		w.t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_query_only=on&_busy_timeout=5000")
	if err == nil {
		defer db.Close()
		err = do(db)
	}
	if err != nil {
		w.t.Fatalf("look into the database: %v", err)
	}
}

// cases are those of the group that lines are about, in the order in which they were opened.
func (w *world) cases() (cases []caseSeen) {
	w.query(func(db *sql.DB) error {
		rows, err := db.QueryContext(w.ctx, `SELECT short, verdict FROM cases c JOIN chat g ON g.id = c.chat
			WHERE g.number = ? ORDER BY c.id`, w.here.ID())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c caseSeen
			if err := rows.Scan(&c.id, &c.verdict); err != nil {
				return err
			}
			cases = append(cases, c)
		}
		return rows.Err()
	})
	return cases
}

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
	w.checkSecrecy()
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
			if c.OK() {
				penalties++
			}
		}
	}
	upheld := w.count(`SELECT count(*) FROM cases WHERE verdict = 'upheld'`)
	if penalties > upheld && !w.faults {
		w.t.Errorf("%d penalties for %d upheld cases", penalties, upheld)
	}
}

func (w *world) count(query string) (n int) {
	w.query(func(db *sql.DB) error { return db.QueryRowContext(w.ctx, query).Scan(&n) })
	return n
}

// checkDatabase: one case per message, one penalty per verdict, nothing left lying about.
func (w *world) checkDatabase() {
	w.t.Helper()
	for what, query := range map[string]string{
		"messages with two cases":        `SELECT count(*) FROM (SELECT 1 FROM cases WHERE verdict <> 'withdrawn' GROUP BY chat, anchor HAVING count(*) > 1)`,
		"verdicts without their offence": `SELECT count(*) FROM cases WHERE verdict = 'upheld' AND id NOT IN (SELECT case_id FROM offence)`,
		"offences without a verdict":     `SELECT count(*) FROM offence WHERE case_id NOT IN (SELECT id FROM cases WHERE verdict = 'upheld')`,
		"cases with more votes than ballots": `SELECT count(*) FROM cases c WHERE key IS NOT NULL AND verdict <> 'withdrawn'
			AND votes > (SELECT count(*) FROM ballot b WHERE b.case_id = c.id)`,
		"things undone": `SELECT count(*) FROM outbox WHERE held = 0 AND due <= ` + strconv.FormatInt(w.clock.Now().Unix(), 10),
	} {
		if n := w.count(query); n != 0 {
			w.t.Errorf("%s: %d", what, n)
		}
	}
}

// checkSecrecy: nothing that the bot shows to somebody names anybody else, but for the picker, which
// names authors to the one who asked.
func (w *world) checkSecrecy() {
	w.t.Helper()
	for _, reader := range w.sim.Users() {
		for _, c := range w.sim.Chats() {
			for _, i := range reader.Sees(c) {
				picker := i.Ephemeral && len(i.Buttons) > 0 && strings.Contains(i.Buttons[0][0].Label, ": ")
				if i.From != w.bot.Name() || i.Service || picker {
					continue
				}
				if name := w.named(i.String()); name != "" {
					w.t.Errorf("the bot tells %s about %s: %s", reader.Name(), name, i)
				}
			}
		}
		for _, toast := range reader.Toasts() {
			if name := w.named(toast.Text); name != "" {
				w.t.Errorf("a toast tells %s about %s: %s", reader.Name(), name, toast.Text)
			}
		}
	}
}

// named is the person whom a text names, if any.
func (w *world) named(text string) string {
	for name, u := range w.people {
		if wordIn(text, name) || wordIn(text, strconv.FormatInt(u.ID(), 10)) {
			return name
		}
	}
	return ""
}

// wordIn reports whether word stands in text, and not as a part of a longer one.
func wordIn(text, word string) bool {
	for {
		before, after, found := strings.Cut(text, word)
		if !found {
			return false
		}
		left, _ := utf8.DecodeLastRuneInString(before)
		right, _ := utf8.DecodeRuneInString(after)
		if !unicode.IsLetter(left) && !unicode.IsLetter(right) {
			return true
		}
		text = after
	}
}

// checkFiles: the database names no person and holds no text, for who has it without the key file.
func (w *world) checkFiles() {
	w.t.Helper()
	path, err := storage.Path(w.cfg.Storage.DSN)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal"} {
		raw, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			w.t.Fatal(err)
		}
		for name, u := range w.people {
			for _, form := range [][]byte{
				[]byte(name), strconv.AppendInt(nil, u.ID(), 10), be.BigEndian.AppendUint64(nil, uint64(u.ID()))[2:],
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
