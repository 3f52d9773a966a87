package e2e

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// observed is what the test has seen of what the bot shows, and to whom.
type observed struct {
	calls  int                 // of the bot, looked at so far
	toasts map[*tgsim.User]int // of each person, looked at so far
	admins map[rank]bool       // who is an admin of which chat, or was once
	cases  map[string]subject  // by id
	known  int64               // of the cases up to this row of the database it is known who wrote the message
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

// subject is whom a case is about.
type subject struct {
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
	w.observed.acts = append(w.observed.acts, act{by, words, about, corrects || !slices.Contains(questions, command)})
}

// The data of the buttons of admins that change something begin so.
var adminButton = regexp.MustCompile(`^([dohxyn]:|[sbc]:[^:]*:[^:]*:)`)

// pressed remembers a press on a button of admins.
func (w *world) pressed(by *tgsim.User, data string) {
	if hasPrefix(data, "q:") && strings.Contains(data, ".2.") {
		w.observed.answers++
	}
	if adminButton.MatchString(data) && w.everAdmin(by) {
		w.observed.acts = append(w.observed.acts, act{by: by, words: data, deed: true})
	}
}

func (w *world) everAdmin(u *tgsim.User) bool {
	for r := range w.observed.admins {
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
				w.observed.admins[rank{c.Title(), u}] = true
			}
		}
	}
	calls := w.sim.CallsSince(w.observed.calls)
	if len(calls) > 0 {
		w.noticeCases()
	}
	for _, c := range calls {
		w.observed.calls = c.N + 1
		if c.Bot == w.bot && c.OK() && (hasPrefix(c.Method, "send") || hasPrefix(c.Method, "edit")) {
			to := w.audience(c)
			if to.juror = juryButton.MatchString(c.JSON("reply_markup")); to.juror && to.one == nil {
				w.observed.leaks = append(w.observed.leaks, to.name+" see the card of a juror")
			}
			w.noticeText(told(c), to)
		}
	}
	for name, u := range w.people {
		toasts := u.Toasts()
		for _, toast := range toasts[w.observed.toasts[u]:] {
			w.noticeText(toast.Text, audience{name: name + " in a toast", one: u, admins: w.everAdmin(u)})
		}
		w.observed.toasts[u] = len(toasts)
	}
}

func (w *world) noticeText(text string, to audience) {
	if name := w.leak(text, to); name != "" {
		w.observed.leaks = append(w.observed.leaks, fmt.Sprintf("the bot tells %s about %s: %s", to.name, name, text))
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
		return audience{name: u.Name(), one: u, admins: w.observed.admins[rank{chat.Title(), u}] || log && w.everAdmin(u)}
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
		case name == "reply_markup" && (c.Params["ephemeral_message_parameters"] != nil || c.Int("chat_id") > 0) && picker.MatchString(c.JSON(name)):
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

// picker is a keyboard all of whose buttons but 🧹 and the message of a practice are such as "Mallory: Buy pills", to be reported.
var picker = regexp.MustCompile(`^\{"inline_keyboard":\[(\[\{"callback_data":"t:[^"]*","text":"[^":]+"\}\],)?(\[\{"callback_data":"p:[^"]*","text":"[^":]+: ([^"\\]|\\.)*"\}\],?)+(\[\{"callback_data":"w:now","text":"[^"]*"\}\])?\]\}$`)

// logOf names those who own a log channel, or may post there, and are no admins.
var logOf = regexp.MustCompile(`admins here, unlike [^.]+\.`)

var repliedTo = regexp.MustCompile(`In reply to \S+:`)

// checkpoint is a signed head of the ledger, whose letters are chance.
var checkpoint = regexp.MustCompile(`ostrakon\.ledger/\w{8}(\s|\\n)+\d+(\s|\\n)+[\w+/=]+(\s|\\n)+— ostrakon\.ledger/\w{8} [\w+/=]+`)

// noticeCases remembers what the cases are about, for that may be out of reach later. Cases up to the first of which it is not
// known who wrote the message need not be read again.
func (w *world) noticeCases() {
	w.query(func(db *sql.DB) error {
		rows, err := db.QueryContext(context.Background(), `SELECT c.id, short, message, number FROM cases c JOIN chat g ON g.id = c.chat
			WHERE c.id > $1 ORDER BY c.id`, w.observed.known)
		if err != nil {
			return err
		}
		defer rows.Close()
		all := true
		for rows.Next() {
			var row, chat int64
			var id string
			var message int
			if err := rows.Scan(&row, &id, &message, &chat); err != nil {
				return err
			}
			if w.observed.cases[id].author == nil {
				w.observed.cases[id] = subject{w.writerOf(message, chat), w.sim.Chat(chat).Title()}
			}
			if all = all && w.observed.cases[id].author != nil; all {
				w.observed.known = row
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

// named is a person whom a text names, if any.
func (w *world) named(text string) string {
	for name, u := range w.people {
		if w.names(text, u) {
			return name
		}
	}
	return ""
}
