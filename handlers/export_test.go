package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/settings"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// For tests of what comes out of people's apps and fingers.
var (
	ParseAbout    = view.ParseAbout
	ParseEvidence = view.ParseEvidence
	AboutLink     = view.AboutLink
	CaseID        = request.CaseID
	Shorten       = view.Shorten
	VoteData      = view.VoteData
	UndoData      = view.UndoData
	RuleData      = view.RuleData
	PickedData    = view.PickedData
)

// ParsePress gives the parts of a button's data.
func ParsePress(data string) (kind, subject, choice string, ok bool) {
	p, ok := view.ParseCallbackData(data)
	choice = p.Part(1)
	if p.Part(2) != "" {
		choice += ":" + p.Part(2)
	}
	return p.Button, p.Part(0), choice, ok
}

// ShowSetting is what a setting is said to be.
func ShowSetting(name string, p moderation.Policy) string {
	s, _ := settings.Find(name)
	return s.Show(p)
}

// ReadSetting is what a policy becomes by a setting that somebody typed. It says false if they are
// told what is allowed instead.
func ReadSetting(name, typed string, p moderation.Policy) (moderation.Policy, bool) {
	s, _ := settings.Find(name)
	err := s.Read(&p, typed)
	return p, err == nil && p.Validate() == nil
}

// SettingNames are the names of all settings.
func SettingNames() []string {
	var names []string
	for _, s := range settings.All {
		names = append(names, s.Name)
	}
	return names
}

// For the golden texts: what is shown, worded in a language.

// Entry is what the admins are told, and the buttons under it.
func (h *Handlers) Entry(ctx context.Context, p locale.Printer, n moderation.News) (text string, rows [][]bot.Button, err error) {
	said, err := h.deliverer().Entry(ctx, p, 0, n, moderation.Person{})
	return said.Text, said.Rows, err
}

// Evidence is what 🔍 shows.
func (h *Handlers) Evidence(ctx context.Context, p locale.Printer, chat int64, id string) (string, error) {
	calls, err := h.exhibits.exhibit(ctx, p, chat, id, 1)
	if err != nil {
		return "", err
	}
	return calls[0].Params["text"].(string), nil
}

// Card is the vote card of a case.
func (h *Handlers) Card(p locale.Printer, cs moderation.Case, waits bool) (string, [][]bot.Button) {
	chat := moderation.Chat{Rights: moderation.Rights{Member: true, Delete: !waits}}
	return view.CardText(p, chat, cs), view.CardButtons(p, chat, cs, h.tg.Me().Username)
}

// Notice is what the author of a case reads in the group.
func Notice(p locale.Printer, cs moderation.Case) string {
	return view.NoticeText(p, moderation.Chat{Policy: moderation.DefaultPolicy()}, cs, "notice.group", nil)
}

// Menu is the settings menu, and its pages.
func Menu(p locale.Printer, chat moderation.Chat) (texts []string, rows [][][]bot.Button) {
	text, buttons := view.MenuPage(p, chat, "Chess club", true)
	texts, rows = append(texts, text), append(rows, buttons)
	for _, s := range settings.All {
		text, buttons := view.SettingPage(p, chat, s)
		texts, rows = append(texts, text), append(rows, buttons)
	}
	return texts, rows
}

// DigestText is the caption of a digest.
func DigestText(p locale.Printer, d stats.Digest) (string, error) {
	said, err := view.DigestEntry(p, nil, d)
	return said.Text, err
}

// Presets are the values that the menu offers for a setting.
func Presets(name string) []string {
	s, _ := settings.Find(name)
	return s.Presets
}

// For what comes by a link to a quiz, and by its buttons.
var (
	ParseQuiz   = view.ParseQuiz
	QuizLink    = view.QuizLink
	ParseAnswer = view.ParseAnswer
	AnswerData  = view.AnswerData
)

// What is said at a quiz, and to whom is new.
var (
	QuizText    = view.QuizText
	QuizRows    = view.QuizRows
	WelcomeText = view.WelcomeText
)

// What a member is told of their standing, and an admin of a member's.
var (
	MeText       = view.MeText
	StandingText = view.StandingText
	CostText     = view.CostText
	CautionText  = view.CautionText
)

// For tests of the rule book.
var (
	RulesText    = view.RulesText
	RuleExamples = view.RuleExamples
	AdminData    = view.GroupData
	NoFormula    = view.NoFormula
)

// FindRule is the rule that somebody names, empty if it is none.
func FindRule(book moderation.Book, typed string) moderation.RuleID {
	id, _, _ := request.FindRule(book, typed)
	return id
}

// ReadOrder is what becomes of what an admin typed after /rule: an amendment, or what is wrong with it, as
// a key of the locale.
func ReadOrder(book moderation.Book, typed string) (a rulebook.Amendment, wrong string) {
	o := request.ReadOrder(book, typed)
	return o.Amendment, o.Wrong
}

// RulePages are the book and one rule's page, with their buttons.
func RulePages(p locale.Printer, chat moderation.Chat, id moderation.RuleID) (texts []string, rows [][][]bot.Button) {
	book, listed := view.BookPage(p, chat)
	page, below := view.RulePage(p, chat, chat.Book.Rule(id))
	sure, asked := view.SurePage(p, chat, chat.Book.Rule(id))
	return []string{book, page, sure}, [][][]bot.Button{listed, below, asked}
}

// Silences are the groups of which Telegram did not say lately how many members they have.
type Silences struct{ of silences }

// Note notes that it did not say.
func (s *Silences) Note(chat int64, now time.Time) { s.of.note(chat, now) }

// Last reports whether it did not say lately.
func (s *Silences) Last(chat int64, now time.Time) bool { return s.of.last(chat, now) }

// Len is how many there are.
func (s *Silences) Len() int { return len(s.of.since) }

// What tests of the way out look at.
var (
	AllDated = view.AllDated
	Coloured = view.Coloured
)

// KeepForLater has the handlers keep a call.
func KeepForLater(h *Handlers, ctx context.Context, call bot.Call) error { return h.later(ctx, call) }

// Fitted makes of the answers to a press what Telegram takes.
func Fitted(h *Handlers, ctx context.Context, p *bot.Press, calls []bot.Call) []bot.Call {
	return h.callbacks.fitted(ctx, p, calls)
}

// Route takes a button's data apart, and says whether there is a handler for it.
func Route(data string) (parts []string, known bool) {
	p, ok := view.ParseCallbackData(data)
	if !ok {
		return nil, false
	}
	h := new(Handlers)
	for _, of := range []map[string]button{h.buttons(), h.ownButtons(), h.adminButtons()} {
		known = known || of[p.Button] != nil
	}
	return append([]string{p.Button}, p.Parts...), known || p.Button == view.ButtonForget
}

// deliverer delivers what the handlers decide.
func (h *Handlers) deliverer() *deliver.Deliverer {
	return deliver.New(h.court, h.memory, h.tg, h.now, h.log)
}

// Carry delivers an effect.
func (h *Handlers) Carry(ctx context.Context, e moderation.Effect) error {
	return h.deliverer().Deliver(ctx, e)
}

// CarryCall makes a call that could not be made at once.
func (h *Handlers) CarryCall(ctx context.Context, call bot.Call) error {
	return h.deliverer().Call(ctx, call)
}
