package handlers

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

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
	return a.answer(text, caseButtons(a.printer, chat, cs, h.now())), nil
}

// caseFile is a case with what is kept beside it.
type caseFile struct {
	chat     moderation.Chat
	cs       moderation.Case
	evidence *moderation.Evidence // nil if it is not kept
	plea     string               // what the author says against it, of a case that the admins are to judge
}

// caseFile loads what is kept of a case.
func (h *Handlers) caseFile(ctx context.Context, chat moderation.Chat, cs moderation.Case) (caseFile, error) {
	f := caseFile{chat: chat, cs: cs}
	e, kept, err := h.memory.Evidence(ctx, cs.Chat, cs.ID)
	if err != nil {
		return f, err
	}
	if kept {
		f.evidence = &e
	}
	if cs.Appeal != moderation.BeforeAdmins || cs.Verdict == moderation.Open {
		return f, nil
	}
	a, found, err := h.memory.Appeal(ctx, cs.Chat, cs.ID)
	if found {
		f.plea = a.Words
	}
	return f, err
}

// caseText loads what is kept of a case and words it for the admins.
func (h *Handlers) caseText(ctx context.Context, p locale.Printer, cs moderation.Case, asked bool) (string, error) {
	chat, err := h.memory.Chat(ctx, cs.Chat)
	if err != nil {
		return "", err
	}
	f, err := h.caseFile(ctx, chat, cs)
	return caseText(p, f, h.now(), asked), err
}

// caseText is all that admins are shown of a case. How many voted is a round number unless they ask and a card said it,
// and of an open case not even that: the admins are to follow the herd no more than anybody else.
func caseText(p locale.Printer, f caseFile, now time.Time, asked bool) string {
	cs := f.cs
	lines := []string{p.Text("case.title", locale.Args{"case": cs.ID}) + " " + caseVerdict(p, cs, asked)}
	lines = append(lines, againLines(p, cs)...)
	if cs.Verdict == moderation.Upheld {
		lines = append(lines, p.Text("case.rule", locale.Args{"rule": ruleName(p, f.chat.Book.Rule(cs.Rule))}), casePenalty(p, cs))
	}
	lines = append(lines, progressLines(p, f.chat.Kind, cs, now)...)
	if cs.Waits(now) {
		lines = append(lines, p.Text("case.pending", locale.Args{"step": stepName(p, cs.Pending), "until": p.Stamp(cs.PendingEnds)}))
	}
	if cs.Reversed != "" {
		lines = append(lines, p.Text("case."+string(cs.Reversed), locale.Args{"date": p.Stamp(cs.ReversedAt)}))
	}
	if f.evidence != nil {
		lines = append(lines, evidenceText(p, *f.evidence, evidenceShort))
	}
	return strings.Join(append(lines, appealLines(p, f)...), "\n")
}

// againLines say who judges a message that was found fine once and reported again.
func againLines(p locale.Printer, cs moderation.Case) []string {
	switch {
	case cs.Verdict != moderation.Open:
		return nil
	case cs.Appeal == moderation.BeforeJury:
		return []string{p.Text("case.again_jury", locale.Args{"case": cs.Reopens})}
	case cs.Appeal == moderation.BeforeAdmins:
		return []string{p.Text("case.again_admins", locale.Args{"case": cs.Reopens})}
	default:
		return nil
	}
}

// appealLines say how the appeal against a case stands, and, to those who are to judge it, what the author says.
func appealLines(p locale.Printer, f caseFile) []string {
	if f.cs.Appeal == moderation.NoAppeal || f.cs.Verdict == moderation.Open {
		return nil
	}
	lines := []string{p.Text("case.appeal_"+string(f.cs.Appeal), nil)}
	if f.plea != "" {
		lines = append(lines, p.Text("jury.says", locale.Args{"text": f.plea}))
	}
	return lines
}

// caseVerdict says how a case ended, or until when it is open.
func caseVerdict(p locale.Printer, cs moderation.Case, asked bool) string {
	switch {
	case cs.Verdict == moderation.Open:
		return p.Text("case.open", locale.Args{"date": p.Stamp(cs.Deadline)})
	case cs.Hand:
		return p.Text("case.hand", nil)
	case cs.Verdict == moderation.Expired:
		return p.Text("case.expired", nil)
	case cs.ByAdmin:
		return p.Text("case."+string(cs.Verdict)+"_admin", nil)
	case cs.ByJury() && cs.Verdict == moderation.Upheld:
		return p.Text("case.upheld_jury", nil)
	case cs.ByJury():
		return p.Text("case.dismissed_jury", nil)
	}
	votes := cs.Breaks
	if cs.Verdict == moderation.Dismissed {
		votes = cs.Votes - cs.Breaks
	}
	said := votesText(p, votes)
	if asked && cs.CardWanted { // everybody read how many on the card
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

// casePenalty says what a case brings its author, and until when.
func casePenalty(p locale.Printer, cs moderation.Case) string {
	if cs.Until.IsZero() {
		return p.Text("case.penalty", locale.Args{"step": stepName(p, cs.Penalty)})
	}
	return p.Text("case.penalty_until", locale.Args{"step": stepName(p, cs.Penalty), "until": p.Stamp(cs.Until)})
}

// How much of a message is shown with its case, and as evidence, in characters as Telegram counts them.
const evidenceShort, evidenceLong = 300, 3500

// evidenceText gives who wrote what.
func evidenceText(p locale.Printer, e moderation.Evidence, most int) string {
	name := nameText(p, e.Name)
	if e.Handle != "" {
		name += " (@" + e.Handle + ")"
	}
	text := quote(e, most)
	if text == "" {
		return p.Text("case.about", locale.Args{"name": name})
	}
	return p.Text("case.wrote", locale.Args{"name": name, "text": text})
}

// quote is what a message said, without who wrote it.
func quote(e moderation.Evidence, most int) string {
	text := e.Words()
	if utf16Len(text) > most {
		text = utf16Cut(text, most-1) + "…"
	}
	if e.Media != "" {
		text = strings.TrimSpace("[" + e.Media + "] " + text)
	}
	return text
}

// caseButtons are what an admin can do about a case. What a penalty that waits needs stands first.
func caseButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) [][]bot.Button {
	button := func(key, kind string, parts ...string) bot.Button {
		return coloured(bot.Button{Text: p.Text(key, nil), Data: adminData(kind, chat.Ref, append([]string{cs.ID}, parts...)...)})
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
	var rows [][]bot.Button
	if cs.Waits(now) {
		waits := cs.Pending.String()
		rows = append(rows, []bot.Button{button("button.confirm", dataConfirm, waits), button("button.drop", dataDrop, waits)})
	}
	var row []bot.Button
	if cs.Appeal == moderation.BeforeAdmins {
		row = append(row, button("button.uphold", dataDecide, choiceStands))
	}
	row = append(row, button("button.overturn", dataOverturn))
	if _, ok := moderation.Harder(chat.Policy.Ladder, cs, chat.Kind); ok {
		row = append(row, button("button.harsher", dataHarsher, cs.Penalty.String()))
	}
	return append(rows, row, []bot.Button{button("button.rule", dataCorrect), show})
}

// choiceStands is the choice of 🚩 on a case whose author contests it.
const choiceStands = "stands"

// decideNow is 🚩 or 👌 on an open case, or 🚩 on one that is contested.
func (h *Handlers) decideNow(ctx context.Context, t *tap) ([]bot.Call, error) {
	if t.choice == choiceStands {
		_, err := h.court.UpholdAppeal(ctx, t.key(), t.who)
		return h.redraw(ctx, t, err)
	}
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

// confirm is 🚩 on a penalty that waits.
func (h *Handlers) confirm(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Confirm(ctx, t.key(), t.who, t.choice)
	return h.redraw(ctx, t, err)
}

// drop is 👌 on a penalty that waits.
func (h *Handlers) drop(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Drop(ctx, t.key(), t.who, t.choice)
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
func (h *Handlers) redrawWith(ctx context.Context, t *tap, err error, buttons func(locale.Printer, moderation.Chat, moderation.Case, time.Time) [][]bot.Button) ([]bot.Call, error) {
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
	if !t.alone() {
		if p, err = h.printer(ctx, t.chat, ""); err != nil { // the log channel is everybody's
			return nil, err
		}
	}
	text, err := h.caseText(ctx, p, cs, false)
	if err != nil {
		return nil, err
	}
	switch did, found := t.did(); {
	case found:
		text = did + "\n\n" + text
	case t.m.EphemeralID == 0:
		text = p.Text("entry.group", locale.Args{"group": h.title(ctx, t.chat)}) + "\n" + text
	}
	return []bot.Call{bot.AnswerCallback(t.id, why, false), t.editSealed(text, buttons(p, chat, cs, h.now()))}, nil
}

// editSealed changes an entry of the log, but not the checkpoint below it: that says how things stood then.
func (t *tap) editSealed(text string, rows [][]bot.Button) bot.Call {
	seal := sealOf(t.m.Text)
	if seal == "" {
		return t.edit(text, rows)
	}
	whole, offset, length := sealed(text, seal)
	return t.edit(whole, rows).Fold(offset, length)
}

// did is what stands above the case on a card that says which admin did something: that stays when the
// case is redrawn, or the log would forget who it was.
func (t *tap) did() (string, bool) {
	head, _, found := strings.Cut(t.m.Text, "\n\n")
	if !found || strings.Contains(head, t.subject) {
		return "", false
	}
	return head, true
}
