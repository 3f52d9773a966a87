package handlers

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// showCase is /case: a case by its id, with what can be done about it.
func (h *Handlers) showCase(ctx context.Context, a *ask) ([]bot.Call, error) {
	id := caseID(a.args)
	if id == "" {
		return h.say(ctx, a, "case.how", nil)
	}
	cs, err := h.memory.Case(ctx, a.m.Chat.ID, id)
	// One that the group cannot see is none for admins either: when it was opened is when somebody reported.
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Hidden() {
		return h.say(ctx, a, "case.none", nil)
	}
	if err != nil {
		return nil, err
	}
	if _, typed := cutWord(a.args); typed != "" {
		if calls, done, err := h.correctTyped(ctx, a, id, typed); done || err != nil {
			return calls, err
		}
	}
	chat, err := h.court.Note(ctx, a.update, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	text, err := h.caseText(ctx, a.printer, cs, true)
	if err != nil {
		return nil, err
	}
	return a.answer(text, caseButtons(a.printer, chat, cs)), nil
}

// caseText is all that admins are shown of a case, and why it ended so for one who asks. How many voted is
// a round number unless they ask and a card said it, and of an open case not even that: the admins are to
// follow the herd no more than anybody else.
func (h *Handlers) caseText(ctx context.Context, p locale.Printer, cs moderation.Case, why bool) (string, error) {
	chat, err := h.memory.Chat(ctx, cs.Chat)
	if err != nil {
		return "", err
	}
	lines := []string{p.Text("case.title", locale.Args{"case": cs.ID}) + " " + caseVerdict(p, cs, why)}
	if cs.Verdict == moderation.Upheld {
		lines = append(lines, p.Text("case.rule", locale.Args{"rule": ruleName(p, chat.Book.Rule(cs.Rule))}), casePenalty(p, cs))
	}
	if why {
		lines = append(lines, reasonLines(p, cs)...)
	}
	if cs.Reversed != "" {
		lines = append(lines, p.Text("case."+string(cs.Reversed), locale.Args{"date": p.Time(cs.ReversedAt)}))
	}
	e, kept, err := h.memory.Evidence(ctx, cs.Chat, cs.ID)
	if err != nil {
		return "", err
	}
	if kept {
		lines = append(lines, evidenceText(p, e, evidenceShort))
	}
	return strings.Join(lines, "\n"), nil
}

func caseVerdict(p locale.Printer, cs moderation.Case, why bool) string {
	switch {
	case cs.Verdict == moderation.Open && cs.Handed:
		return p.Text("case.handed", locale.Args{"date": p.Time(cs.Deadline)})
	case cs.Verdict == moderation.Open:
		return p.Text("case.open", locale.Args{"date": p.Time(cs.Deadline)})
	case cs.Hand:
		return p.Text("case.hand", nil)
	case cs.Verdict == moderation.Expired:
		return p.Text("case.expired", nil)
	case cs.ByAdmin:
		return p.Text("case."+string(cs.Verdict)+"_admin", nil)
	}
	votes := cs.Breaks
	if cs.Verdict == moderation.Dismissed {
		votes = cs.Votes - cs.Breaks
	}
	said := votesText(p, votes)
	if why && cs.CardWanted { // everybody read how many on the card
		said = p.Text("card.votes", locale.Args{"count": votes})
	}
	return p.Text("case."+string(cs.Verdict), locale.Args{"votes": said})
}

// votesText is a number of votes, rounded.
func votesText(p locale.Printer, votes int) string {
	round := moderation.Round(votes)
	if round == 0 {
		return p.Text("votes.few", nil)
	}
	return p.Text("votes.about", locale.Args{"count": round})
}

func casePenalty(p locale.Printer, cs moderation.Case) string {
	if cs.Until.IsZero() {
		return p.Text("case.penalty", locale.Args{"step": stepName(p, cs.Penalty)})
	}
	return p.Text("case.penalty_until", locale.Args{"step": stepName(p, cs.Penalty), "until": p.Time(cs.Until)})
}

// How much of a message is shown with its case, and as evidence, in characters.
const evidenceShort, evidenceLong = 300, 3500

// evidenceText gives who wrote what.
func evidenceText(p locale.Printer, e moderation.Evidence, most int) string {
	name := e.Name
	if e.Handle != "" {
		name += " (@" + e.Handle + ")"
	}
	words := []rune(e.Text)
	if len(words) > most {
		words = append(words[:most-1], '…')
	}
	text := string(words)
	if e.Media != "" {
		text = strings.TrimSpace("[" + e.Media + "] " + text)
	}
	if text == "" {
		return p.Text("case.about", locale.Args{"name": name})
	}
	return p.Text("case.wrote", locale.Args{"name": name, "text": text})
}

// caseButtons are what an admin can do about a case.
func caseButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case) [][]bot.Button {
	button := func(key, kind string, parts ...string) bot.Button {
		return bot.Button{Text: p.Text(key, nil), Data: adminData(kind, chat.Ref, append([]string{cs.ID}, parts...)...)}
	}
	show := button("button.evidence", dataEvidence)
	switch {
	case cs.Verdict == moderation.Open:
		return [][]bot.Button{{
			button("button.uphold", dataDecide, string(moderation.Upheld)), button("button.dismiss", dataDecide, string(moderation.Dismissed)),
		}, {show}}
	case cs.Verdict != moderation.Upheld || cs.Reversed != "":
		return [][]bot.Button{{show}}
	}
	row := []bot.Button{button("button.overturn", dataOverturn)}
	if _, ok := moderation.Harder(chat.Policy.Ladder, cs, chat.Kind); ok {
		row = append(row, button("button.harsher", dataHarsher, cs.Penalty.String()))
	}
	return [][]bot.Button{row, {button("button.rule", dataCorrect), show}}
}

// decideNow is 🚩 or 👌 on an open case.
func (h *Handlers) decideNow(ctx context.Context, t *tap) ([]bot.Call, error) {
	v := moderation.Verdict(t.choice)
	if v != moderation.Upheld && v != moderation.Dismissed {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	_, err := h.court.Decide(ctx, t.key(), t.who, v)
	return h.redraw(ctx, t, err)
}

// overturn is 👌 on an upheld case.
func (h *Handlers) overturn(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Overturn(ctx, t.key(), t.who)
	return h.redraw(ctx, t, err)
}

// harsher is ⚡ on an upheld case.
func (h *Handlers) harsher(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Harsher(ctx, t.key(), t.who, t.choice)
	return h.redraw(ctx, t, err)
}

func (t *tap) key() moderation.Key {
	return moderation.Key{Update: t.update, Chat: t.chat, Case: t.subject}
}

// redraw shows the case as it stands after a tap: also after one that came too late, so that the next
// admin sees why.
func (h *Handlers) redraw(ctx context.Context, t *tap, err error) ([]bot.Call, error) {
	return h.redrawWith(ctx, t, err, caseButtons)
}

// redrawWith shows it with these buttons.
func (h *Handlers) redrawWith(ctx context.Context, t *tap, err error, buttons func(locale.Printer, moderation.Chat, moderation.Case) [][]bot.Button) ([]bot.Call, error) {
	var why string
	if err != nil {
		if why, err = refused(t.printer, err); err != nil {
			return nil, err
		}
	}
	cs, err := h.memory.Case(ctx, t.chat, t.subject)
	switch {
	case errors.Is(err, moderation.ErrNoCase), err == nil && cs.Hidden():
		return t.toast(cmp.Or(why, t.printer.Text("case.none", nil))), nil
	case err != nil:
		return nil, err
	}
	chat, err := h.memory.Chat(ctx, t.chat)
	if err != nil {
		return nil, err
	}
	p := t.printer
	if t.m.EphemeralID == 0 && !t.m.Chat.Private() {
		if p, err = h.printer(ctx, t.chat, ""); err != nil { // the log channel is everybody's
			return nil, err
		}
	}
	text, err := h.caseText(ctx, p, cs, false)
	if err != nil {
		return nil, err
	}
	switch did, found := t.did(p); {
	case found:
		text = did + "\n\n" + text
	case t.m.EphemeralID == 0:
		text = p.Text("entry.group", locale.Args{"group": h.title(ctx, t.chat)}) + "\n" + text
	}
	return []bot.Call{bot.AnswerCallback(t.id, why, false), t.edit(text, buttons(p, chat, cs))}, nil
}

// did is what stands above the case on a card that says which admin did something: that stays when the
// case is redrawn, or the log would forget who it was.
func (t *tap) did(p locale.Printer) (string, bool) {
	head, _, found := strings.Cut(t.m.Text, "\n\n")
	if !found || strings.Contains(head, t.subject) || strings.HasSuffix(head, p.Text("entry.handed", nil)) {
		return "", false
	}
	return head, true
}

// showEvidence is 🔍: the message as it was, for the presser alone. In a channel nothing can be shown
// to one person, so it goes to their private chat, which they are led to if they never opened it.
func (h *Handlers) showEvidence(ctx context.Context, t *tap) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, t.chat)
	if err != nil {
		return nil, err
	}
	text, err := h.evidenceOf(ctx, t.printer, t.chat, t.subject)
	if err != nil {
		return nil, err
	}
	if _, err := h.court.Note(ctx, t.update, t.chat); err != nil {
		return nil, err
	}
	switch {
	case t.m.Chat.Private():
		return []bot.Call{bot.AnswerCallback(t.id, "", false), bot.SendMessage(t.who.ID, text).NoPreview()}, nil
	case t.m.Chat.Group():
		show := bot.SendMessage(t.m.Chat.ID, text).NoPreview().Ephemeral(t.who.ID, t.id, 0)
		return []bot.Call{bot.AnswerCallback(t.id, "", false), show}, nil
	}
	private, err := h.memory.Private(ctx, t.who.ID)
	if err != nil {
		return nil, err
	}
	if !private {
		return []bot.Call{bot.AnswerCallbackURL(t.id, evidenceLink(h.tg.Me().Username, chat.Ref, t.subject))}, nil
	}
	toast := t.printer.Text("evidence.sent", nil)
	return []bot.Call{bot.AnswerCallback(t.id, toast, false), bot.SendMessage(t.who.ID, text).NoPreview()}, nil
}

// evidenceOf is the message that a case is about, marked as evidence.
func (h *Handlers) evidenceOf(ctx context.Context, p locale.Printer, chat int64, id string) (string, error) {
	cs, err := h.memory.Case(ctx, chat, id)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return "", err
	}
	e, kept, err := h.memory.Evidence(ctx, chat, id)
	if err != nil {
		return "", err
	}
	if !kept || cs.Hidden() {
		return p.Text("evidence.gone", locale.Args{"case": id}), nil
	}
	text := p.Text("evidence.title", locale.Args{"case": id})
	if !e.SentAt.IsZero() {
		text += " " + p.Time(e.SentAt)
	}
	return text + "\n\n" + evidenceText(p, e, evidenceLong), nil
}

// evidencePrefix begins the start parameter by which an admin comes from the log channel to the
// evidence of a case. It grants nothing; only admins of the group are shown it.
const evidencePrefix = "evidence_"

func evidenceLink(username string, ref int64, id string) string {
	return "https://t.me/" + username + "?start=" + evidencePrefix + strconv.FormatInt(ref, 36) + "_" + id
}

func parseEvidence(payload string) (ref int64, id string, ok bool) {
	rest, found := strings.CutPrefix(payload, evidencePrefix)
	number, id, cut := strings.Cut(rest, "_")
	ref = parseRef(number)
	return ref, id, found && cut && ref > 0 && id != ""
}

// startEvidence answers the start parameter of [evidenceLink].
func (h *Handlers) startEvidence(ctx context.Context, a *ask, ref int64, id string) (string, error) {
	chat, err := h.memory.ChatByRef(ctx, ref)
	if errors.Is(err, moderation.ErrNoChat) {
		return a.printer.Text("about.none", nil), nil
	}
	if err != nil {
		return "", err
	}
	who, err := h.member(ctx, chat.ID, a.m.From)
	if err != nil {
		return "", err
	}
	if !who.Admin {
		return a.printer.Text("about.none", nil), nil
	}
	return h.evidenceOf(ctx, a.printer, chat.ID, id)
}
