package deliver

import (
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/casefile"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// juries asks and thanks jurors.
type juries struct{ teller }

// summon asks a juror to judge, unless that is over. Who left the group meanwhile gives their seat to another.
func (h juries) summon(ctx context.Context, e moderation.SendSummons) error {
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Jury == jury.NoJury {
		return nil
	}
	if err != nil {
		return err
	}
	j, found, err := h.store.Jury(ctx, e.Chat, e.Case)
	if err != nil || !found {
		return err
	}
	i := j.Seats.Of(e.To.ID)
	if i < 0 || !j.Seats[i].Waits() {
		return nil
	}
	if wiped, err := h.wiped(ctx, e.To.ID, j.Seats[i].Drawn); err != nil || wiped {
		return err // their seat goes to another in time
	}
	m, err := h.find.Member(ctx, e.Chat, e.To.ID)
	if err != nil {
		return err
	}
	if !m.InChat() {
		return h.court.Vacate(ctx, e.Chat, e.Case, e.To.ID)
	}
	return h.showSummons(ctx, e, cs, answersEnd(cs, j))
}

// answersEnd is until when a juror may answer.
func answersEnd(cs moderation.Case, j jury.Jury) time.Time {
	if cs.Verdict == moderation.Open {
		j.Follow(cs.Deadline)
	}
	if j.Ends.IsZero() {
		return cs.Deadline
	}
	return j.Ends
}

func (h juries) showSummons(ctx context.Context, e moderation.SendSummons, cs moderation.Case, until time.Time) error {
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	seen, kept, err := h.store.Evidence(ctx, e.Chat, e.Case)
	if err != nil {
		return err
	}
	if !kept {
		seen = moderation.Evidence{}
	}
	a, _, err := h.store.Appeal(ctx, e.Chat, e.Case)
	if err != nil {
		return err
	}
	texts := view.JuryTexts(p, chat.Book.Rule(cs.Rule), cs, a, seen, until)
	rows := view.JuryButtons(p, chat.Ref, cs, seen)
	if e.To.Private {
		name, err := h.find.Name(ctx, e.Chat)
		if err != nil {
			return err
		}
		texts = view.Paged(append([]string{p.Text("entry.group", locale.Args{"group": name})}, texts...), "\n")
	}
	return h.showJuror(ctx, p, e, seen, texts, rows)
}

// showJuror sends a juror the files of the message, as far as they are kept, and below them what there is to read. The
// buttons stand below all. Killed in between, some of it comes twice.
func (h juries) showJuror(ctx context.Context, p locale.Printer, e moderation.SendSummons, seen moderation.Evidence, texts []string, rows [][]wire.Button) error {
	to := e.Chat
	if e.To.Private {
		to = e.To.ID
	}
	calls, _, err := casefile.Files(ctx, h.store, e.Chat, e.Case, seen.Files, to)
	if err != nil {
		return err
	}
	files := len(calls)
	for i, call := range calls {
		calls[i] = call.Spoiler()
	}
	for _, text := range texts {
		calls = append(calls, wire.SendMessage(to, text).NoPreview())
	}
	calls[len(calls)-1] = view.Wipeable(p, calls[len(calls)-1].Keyboard(rows))
	topic, err := h.topicOf(ctx, recipient{e.To, e.Chat, e.Case})
	if err != nil {
		return err
	}
	for i, call := range calls {
		call = call.Wipeable()
		if !e.To.Private {
			call = call.Thread(topic).Ephemeral(e.To.ID, "", 0)
		}
		_, err := h.Do(ctx, call)
		if wait := (*outbox.NotBefore)(nil); i < files && !errors.As(err, &wait) && wire.KindOf(err) != wire.KindTemporary {
			continue // a file that Telegram does not take is in nobody's way
		}
		if err != nil {
			return h.waitToTell(ctx, e, err)
		}
	}
	return nil
}

// thank tells a juror how it ended.
func (h juries) thank(ctx context.Context, e moderation.SendThanks) error {
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	return h.waitToTell(ctx, e, h.tellOwn(ctx, p, recipient{e.To, e.Chat, e.Case}, e.Cast, view.ThanksText(p, e)))
}
