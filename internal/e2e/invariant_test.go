package e2e

import (
	"bytes"
	"database/sql"
	be "encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// caseSeen is a case as it stands in the database.
type caseSeen struct{ id, verdict, appeal string }

// query runs do on a connection of its own to the bot's database. While the bot runs it is kept, for opening one costs more
// than most questions.
func (w *world) query(do func(*sql.DB) error) {
	w.t.Helper()
	db := w.watch
	if db == nil {
		var err error
		if db, err = w.look(); err != nil {
			w.t.Fatalf("look into the database: %v", err)
		}
		defer w.keep(db)
	}
	if err := do(db); err != nil {
		w.t.Fatalf("look into the database: %v", err)
	}
}

func (w *world) look() (*sql.DB, error) {
	path, ok := storage.Path(w.cfg.Storage.DSN)
	if !ok {
		return sql.Open("pgx", w.cfg.Storage.DSN)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_query_only=on&_busy_timeout=5000")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// keep keeps a connection until the bot goes down. While it is down the database may be moved or replaced.
func (w *world) keep(db *sql.DB) {
	if w.app != nil {
		w.watch = db
		return
	}
	w.forgo(db)
}

func (w *world) forgo(db *sql.DB) {
	if db == nil {
		return
	}
	if err := db.Close(); err != nil {
		w.t.Errorf("close the connection that looks into the database: %v", err)
	}
}

// cases are those of the group that lines are about, in the order in which they were opened.
func (w *world) cases() (cases []caseSeen) {
	w.query(func(db *sql.DB) error {
		rows, err := db.QueryContext(w.ctx, `SELECT short, verdict, appeal FROM cases c JOIN chat g ON g.id = c.chat
			WHERE g.number = $1 ORDER BY c.id`, w.here.ID())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c caseSeen
			if err := rows.Scan(&c.id, &c.verdict, &c.appeal); err != nil {
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
	w.checkMarks()
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
	for _, a := range w.eyes.acts {
		if hasPrefix(a.words, "h:") || hasPrefix(a.words, "y:") || hasPrefix(a.words, "/pardon") || hasPrefix(a.words, "o:") {
			upheld++ // made harsher, or confirmed, it is punished once more; taken back, what it hid is in force again
		}
	}
	upheld += w.eyes.answers // a mute that a quiz shortens is given anew
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
	const stands = `verdict = 'upheld' AND reversed = ''`
	for what, query := range map[string]string{
		"messages with two open cases": `SELECT count(*) FROM (SELECT 1 FROM cases WHERE verdict = 'open' GROUP BY chat, anchor HAVING count(*) > 1) AS twice`,
		"verdicts without their offence": `SELECT count(*) FROM cases WHERE ` + stands + `
			AND id NOT IN (SELECT case_id FROM offence) AND id IN (SELECT case_id FROM ledger_opening)`, // else its author was forgotten
		"offences without a verdict": `SELECT count(*) FROM offence WHERE case_id NOT IN (SELECT id FROM cases WHERE verdict = 'upheld')`,
		"cases with more votes than ballots": `SELECT count(*) FROM cases c WHERE key IS NOT NULL AND verdict <> 'withdrawn'
			AND votes > (SELECT count(*) FROM ballot b WHERE b.case_id = c.id)`,
		"things undone": `SELECT count(*) FROM outbox WHERE held = 0 AND due <= ` + strconv.FormatInt(w.clock.Now().Unix(), 10),
	} {
		if n := w.count(query); n != 0 {
			w.t.Errorf("%s: %d", what, n)
		}
	}
}

// eyes see what the bot shows, and to whom.
type eyes struct {
	calls  int                 // of the bot, looked at so far
	toasts map[*tgsim.User]int // of each person, looked at so far
	admins map[rank]bool       // who is an admin of which chat, or was once
	cases  map[string]matter   // by id
	acts   []act
	leaks  []string
	// How often the last question of a quiz was answered.
	answers int
}

// rank is that of an admin in a group or channel, by its title, which it keeps when it is upgraded.
type rank struct {
	title string
	user  *tgsim.User
}

// matter is what a case is about.
type matter struct {
	author *tgsim.User // nil if nobody, or not known
	title  string      // the group's
}

// audience are those who read something.
type audience struct {
	name   string
	one    *tgsim.User // nil if there are many
	admins bool        // all of them are admins, or were
	juror  bool        // they are shown a card that asks to judge
}

// act is what an admin did or asked for as an admin. Reports and votes are none, whoever's.
type act struct {
	by    *tgsim.User
	words string      // the command, or the data of the button
	about *tgsim.User // nil if nobody
	deed  bool        // it changed something, so that the other admins are told who it was
}

// questions are the commands of admins that change nothing, commons those that everybody has.
var (
	questions = []string{"/settings", "/case", "/standing", "/stats", "/health", "/export"}
	commons   = []string{"/report", "/spam", "/rules", "/me", "/help", "/privacy", "/start", "/mycases", "/mydata", "/forgetme"}
)

var named = regexp.MustCompile(`\(naming (\p{L}+)`)

// act remembers a command of an admin, in reply to somebody's message or to none.
func (w *world) act(by *tgsim.User, said, words string, about *tgsim.User) {
	command, _, _ := strings.Cut(strings.Fields(words + " -")[0], "@")
	status := w.here.Status(by).Status
	if !hasPrefix(command, "/") || slices.Contains(commons, command) || status != tgsim.Creator && status != tgsim.Administrator {
		return
	}
	if m := named.FindStringSubmatch(said); m != nil {
		about = w.who(m[1])
	}
	for _, u := range w.people {
		if wordIn(words, "@"+u.Username()) && u.Username() != "" || wordIn(words, strconv.FormatInt(u.ID(), 10)) {
			about = u
		}
	}
	corrects := command == "/case" && len(strings.Fields(words)) > 2 // with a rule behind the id
	w.eyes.acts = append(w.eyes.acts, act{by, words, about, corrects || !slices.Contains(questions, command)})
}

// The data of the buttons of admins that change something begin so.
var adminButton = regexp.MustCompile(`^([dohxyn]:|[sbc]:[^:]*:[^:]*:)`)

// pressed remembers a press on a button of admins.
func (w *world) pressed(by *tgsim.User, data string) {
	if hasPrefix(data, "q:") && strings.Contains(data, ".2.") {
		w.eyes.answers++
	}
	if adminButton.MatchString(data) && w.everAdmin(by) {
		w.eyes.acts = append(w.eyes.acts, act{by: by, words: data, deed: true})
	}
}

func (w *world) everAdmin(u *tgsim.User) bool {
	for r := range w.eyes.admins {
		if r.user == u {
			return true
		}
	}
	return false
}

// writer is who wrote a message; nil if no person of the story did.
func (w *world) writer(m *tgsim.Message) *tgsim.User {
	for _, s := range w.said {
		if s.m == m {
			return s.by
		}
	}
	return nil
}

// notice looks at what the bot showed since the last time. It is done whenever all has come to rest,
// since who is an admin changes.
func (w *world) notice() {
	for _, c := range w.sim.Chats() {
		for _, u := range w.people {
			if s := c.Status(u).Status; s == tgsim.Creator || s == tgsim.Administrator {
				w.eyes.admins[rank{c.Title(), u}] = true
			}
		}
	}
	calls := w.sim.CallsSince(w.eyes.calls)
	if len(calls) > 0 {
		w.noticeCases()
	}
	for _, c := range calls {
		w.eyes.calls = c.N + 1
		if c.Bot == w.bot && c.OK() && (hasPrefix(c.Method, "send") || hasPrefix(c.Method, "edit")) {
			to := w.audience(c)
			if to.juror = juryButton.MatchString(c.JSON("reply_markup")); to.juror && to.one == nil {
				w.eyes.leaks = append(w.eyes.leaks, to.name+" see the card of a juror")
			}
			w.noticeText(told(c), to)
		}
	}
	for name, u := range w.people {
		toasts := u.Toasts()
		for _, toast := range toasts[w.eyes.toasts[u]:] {
			w.noticeText(toast.Text, audience{name: name + " in a toast", one: u, admins: w.everAdmin(u)})
		}
		w.eyes.toasts[u] = len(toasts)
	}
}

func (w *world) noticeText(text string, to audience) {
	if name := w.leak(text, to); name != "" {
		w.eyes.leaks = append(w.eyes.leaks, fmt.Sprintf("the bot tells %s about %s: %s", to.name, name, text))
	}
}

// audience is who reads what a call shows.
func (w *world) audience(c tgsim.Call) audience {
	var ephemeral struct {
		Receiver int64 `json:"receiver_user_id"`
	}
	raw := c.JSON("ephemeral_message_parameters")
	if raw != "" && strings.Contains(string(c.Result), `"ephemeral_message_id"`) { // else the server did not understand, and all read it
		if err := json.Unmarshal([]byte(raw), &ephemeral); err != nil {
			w.t.Fatal(err)
		}
	}
	private := c.Int("chat_id")
	if private == 0 { // the answer to a press, which goes where that was
		var sent struct {
			Chat     struct{ ID int64 }
			Receiver struct{ ID int64 } `json:"receiver_user"`
		}
		if err := json.Unmarshal(c.Result, &sent); err != nil {
			w.t.Fatal(err)
		}
		private, ephemeral.Receiver = sent.Chat.ID, sent.Receiver.ID
	}
	chat, reader := w.sim.Chat(private), max(ephemeral.Receiver, c.Int("receiver_user_id"))
	switch u := w.sim.User(max(reader, private)); {
	case reader != 0:
		// In a log, which those who read it need not be admins of, it is the group that it is about that counts.
		log := w.isLog(chat) || chat.Kind() == tgsim.Channel
		return audience{name: u.Name(), one: u, admins: w.eyes.admins[rank{chat.Title(), u}] || log && w.everAdmin(u)}
	case private > 0:
		return audience{name: u.Name() + " in private", one: u, admins: w.everAdmin(u)}
	default: // only a log is shown anything in a channel
		return audience{name: "all in " + chat.Title(), admins: chat.Username() == "" && (chat.Kind() == tgsim.Channel || w.isLog(chat))}
	}
}

// isLog reports whether a group was linked as a log, by the code posted in it.
func (w *world) isLog(c *tgsim.Chat) bool {
	return slices.ContainsFunc(w.said, func(s saying) bool {
		code, ok := strings.CutPrefix(s.text, "/logchannel ")
		return ok && code != "off" && s.m.Chat().Title() == c.Title()
	})
}

// told is all that a call shows: texts, buttons and what lies behind them, files. The buttons of the
// picker, which name authors and quote them, are left out.
func told(c tgsim.Call) string {
	var parts []string
	for name := range c.Params {
		switch {
		case strings.HasSuffix(name, "_id"), name == "ephemeral_message_parameters", name == "reply_parameters":
		case name == "reply_markup" && c.Params["ephemeral_message_parameters"] != nil && picker.MatchString(c.JSON(name)):
		case c.Text(name) != "":
			parts = append(parts, c.Text(name))
		default:
			parts = append(parts, c.JSON(name))
		}
	}
	if c.Method == "sendDocument" {
		for _, data := range c.Files {
			parts = append(parts, string(data))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "\n")
}

// picker is a keyboard all of whose buttons are such as "Mallory: Buy pills", to be reported.
var picker = regexp.MustCompile(`^\{"inline_keyboard":\[(\[\{"callback_data":"p:[^"]*","text":"[^":]+: ([^"\\]|\\.)*"\}\],?)+\]\}$`)

var repliedTo = regexp.MustCompile(`In reply to \S+:`)

// checkpoint is a signed head of the ledger, whose letters are chance.
var checkpoint = regexp.MustCompile(`ostrakon\.ledger/\w{8}(\s|\\n)+\d+(\s|\\n)+[\w+/=]+(\s|\\n)+— ostrakon\.ledger/\w{8} [\w+/=]+`)

// leak is a person whom a text should not name to those who read it, or nothing. Nobody is named to
// who is no admin. Admins are told, of their own group, who wrote what was judged, whom an admin asked
// about or punished, and which admin did what; but of a case nobody else who had to do with it, be it
// who reported it or who voted. Jurors read what was written, with the names that are in it, and no other; nobody
// reads who they are, not even admins.
func (w *world) leak(text string, to audience) string {
	text = checkpoint.ReplaceAllString(text, "") // a short name is in it by chance, now and then
	if to.one != nil && strings.Contains(text, `"private_chat"`) {
		text = strings.ReplaceAll(text, to.one.Name(), "") // what is kept of them is theirs to read
	}
	if to.admins {
		text = repliedTo.ReplaceAllString(text, "") // whom the judged message replied to is part of what was written
	}
	if to.juror {
		return w.named(w.withoutQuotes(text))
	}
	if !to.admins || w.named(text) == "" {
		return w.named(text)
	}
	text = w.withoutQuotes(text)
	var about []string
	for id, m := range w.eyes.cases {
		if !wordIn(text, id) {
			continue
		}
		if to.one != nil && !w.eyes.admins[rank{m.title, to.one}] {
			return w.named(text)
		}
		about = append(about, id)
	}
	for name, u := range w.people {
		if w.names(text, u) && !w.mayBeNamed(u, about) {
			return name
		}
	}
	return ""
}

// withoutQuotes leaves out what members wrote, for it may be shown with the names that they wrote.
func (w *world) withoutQuotes(text string) string {
	for _, s := range w.said {
		if strings.Contains(s.text, " ") && !hasPrefix(s.text, "/") {
			text = strings.ReplaceAll(text, s.text, "…")
		}
	}
	return text
}

// mayBeNamed reports whether admins may read somebody's name in a text about some cases, or about none.
func (w *world) mayBeNamed(u *tgsim.User, about []string) bool {
	for id, m := range w.eyes.cases {
		if m.author == u && (len(about) == 0 || slices.Contains(about, id)) {
			return true
		}
	}
	for _, a := range w.eyes.acts {
		did := a.by == u && a.deed
		if len(about) == 0 && (did || a.about == u) {
			return true
		}
		for _, id := range about {
			author := w.eyes.cases[id].author
			concerned := wordIn(strings.ToUpper(a.words), id) || a.about == author
			if did && concerned || author == nil && (did || a.about == u) {
				return true
			}
		}
	}
	return false
}

// noticeCases remembers what the cases are about, for that may be out of reach later.
func (w *world) noticeCases() {
	w.query(func(db *sql.DB) error {
		rows, err := db.QueryContext(w.ctx, `SELECT short, message, number FROM cases c JOIN chat g ON g.id = c.chat`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			var message int
			var chat int64
			if err := rows.Scan(&id, &message, &chat); err != nil {
				return err
			}
			if w.eyes.cases[id].author == nil {
				w.eyes.cases[id] = matter{w.writerOf(message, chat), w.sim.Chat(chat).Title()}
			}
		}
		return rows.Err()
	})
}

// writerOf is who wrote the message with a number; nil if no person of the story did.
func (w *world) writerOf(message int, chat int64) *tgsim.User {
	for _, s := range w.said {
		if s.m.ID() == message && message != 0 && s.m.Chat().ID() == chat {
			return s.by
		}
	}
	return nil
}

// checkSecrecy: nobody was told of anybody what they should not know; see leak.
func (w *world) checkSecrecy() {
	w.t.Helper()
	w.notice()
	for _, leak := range w.eyes.leaks {
		w.t.Error(leak)
	}
}

// named is a person whom a text names, if any.
func (w *world) named(text string) string {
	for name, u := range w.people {
		if w.names(text, u) {
			return name
		}
	}
	return ""
}

// names reports whether a text names somebody, by name, by @username or by number.
func (w *world) names(text string, u *tgsim.User) bool {
	return u.Name() != "" && wordIn(text, u.Name()) || u.Username() != "" && wordIn(text, u.Username()) ||
		wordIn(text, strconv.FormatInt(u.ID(), 10)) || wordIn(text, strconv.FormatInt(u.ID(), 36))
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
	path, ok := storage.Path(w.cfg.Storage.DSN)
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

// TestLeaksAreNoticed tells made-up readers of a story what they should know and what not.
func TestLeaksAreNoticed(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bob Carl Ada Mallory
Mallory is called mallory_m
Ada is made admin
the bot joins as admin
Olga: /threshold 2
Mallory: Buy pills from Dora
Anna: /report (reply to "Buy pills")
Ada presses "🚩" on the card
Carl presses "🚩" on the card
Anna: Chess is boring
Mallory: /report (reply to "boring")
Bob: /uphold (reply to "boring")
Olga: /uphold (reply to "boring")
group "Go club" supergroup, owner Dora
`)
	w.here = w.chats["Chess club"]
	pills, boring := w.fill("$case1"), w.fill("$case2")
	reader := func(name string, admin bool) audience { return audience{name: name, one: w.who(name), admins: admin} }
	admin, owner, log := reader("Ada", true), reader("Olga", true), audience{name: "the log", admins: true}
	member, elsewhere, juror := reader("Bob", false), reader("Dora", true), reader("Carl", false)
	juror.juror = true
	for _, c := range []struct {
		to         audience
		text, leak string
	}{
		{log, "Case " + pills + ". Mallory (@mallory_m): “Buy pills from Dora”", ""}, // the author, and a quotation
		{admin, "Case " + boring + ". Anna: “Chess is boring” Olga decided this case.", ""},
		{owner, "Mallory is on step 1.", ""},
		{owner, "Olga changed a setting.", ""},
		{member, "Case " + pills + ". Mallory", "Mallory"},
		{member, "by @mallory_m", "Mallory"},
		{elsewhere, "Case " + pills + ". Mallory", "Mallory"}, // an admin, but not there
		{log, "Case " + pills + ". Anna", "Anna"},             // who reported it, though author of another
		{log, "Case " + boring + ". Mallory", "Mallory"},      // likewise
		{log, "Case " + pills + ". Olga", "Olga"},             // who did something, but not in this case
		{owner, "Case " + pills + ". Ada", "Ada"},             // an admin, who voted like a member
		{log, "Ada", "Ada"},
		{log, "Voted: Carl", "Carl"},
		{log, "tg://user?id=" + w.fill("$who[Carl]"), "Carl"},
		{log, "Bob wanted it upheld", "Bob"}, // who may not do what admins do
		{juror, "Case " + pills + ". The message: “Buy pills from Dora”", ""},
		{member, "Case " + pills + ". The message: “Buy pills from Dora”", "Dora"}, // who has nothing to do with it
		{juror, "Case " + pills + ". Mallory wrote: “Buy pills from Dora”", "Mallory"},
		{juror, "Case " + pills + ", reported by Anna", "Anna"},
		{juror, "Judges: Carl", "Carl"}, // not even themselves
		{log, "Case " + pills + ", judged by Carl", "Carl"},
	} {
		if got := w.leak(c.text, c.to); got != c.leak {
			t.Errorf("%s is told %q: %q leaks, want %q", c.to.name, c.text, got, c.leak)
		}
	}
	w.checkInvariants()
}
