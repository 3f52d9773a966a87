package deliver

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Deliverer delivers effects, and calls that could not be made at once.
type Deliverer struct {
	*Sender
	cards     cards
	deletions deletions
	sweeps    sweeps
	penalties penalties
	notices   notices
	members   members
	juries    juries
	files     files
	posts     groupPosts
	admins    admins
	own       own
	reporters reporters
	practices practices

	// FindReported finds the message that somebody reports in private, and reports it. It has to be set.
	FindReported func(ctx context.Context, e moderation.LookupMessage) error
}

// New returns a deliverer. All arguments are needed.
func New(court *moderation.Court, store Store, tg Telegram, now func() time.Time, log *slog.Logger) *Deliverer {
	s := NewSender(court, store, tg, now, log)
	t := teller{waiter{s}}
	p := performer{t}
	r := restrainer{p}
	return &Deliverer{
		Sender: s, cards: cards{t}, deletions: deletions{p}, sweeps: sweeps{s}, penalties: penalties{r}, notices: notices{r}, members: members{r},
		juries: juries{t}, files: files{s}, posts: groupPosts{t}, admins: admins{logs{entries{t}}},
		own: own{t}, reporters: reporters{t}, practices: practices{t},
	}
}

// Deliver delivers an effect. The error is an answer to the outbox, see [outbox.NotBefore]. Being killed half way and
// starting again does no harm.
func (d *Deliverer) Deliver(ctx context.Context, e moderation.Effect) error {
	err := d.deliver(ctx, e)
	var refused *wire.Error
	var wait *outbox.NotBefore
	switch {
	case errors.As(err, &wait) || !errors.As(err, &refused):
		return err
	case refused.MigrateTo != 0:
		// The group's own word of it may never come, if the bot was away for more than a day.
		return errors.Join(err, d.court.Migrate(ctx, 0, e.Waits().Chat, refused.MigrateTo))
	case refused.Kind() == wire.KindTooMany: // a question on the way to it was refused
		return d.notBefore(refused)
	}
	return err
}

// Call makes a call that could not be made when it was due.
func (d *Deliverer) Call(ctx context.Context, call wire.Call) error {
	_, err := d.Do(ctx, call)
	if wire.KindOf(err) == wire.KindMigrated {
		return nil // an answer in a place that is no more
	}
	return d.settled(err)
}

// Entry words what the admins are told: one of them, or in the log channel.
func (d *Deliverer) Entry(ctx context.Context, p locale.Printer, chat int64, n moderation.Entry, to moderation.Person) (view.LogEntry, error) {
	return d.admins.entry(ctx, p, chat, n, to)
}

// deliver routes an effect.
func (d *Deliverer) deliver(ctx context.Context, e moderation.Effect) error {
	switch e := e.(type) {
	case moderation.DrawCard:
		return d.cards.showCard(ctx, e)
	case moderation.RemoveCard:
		return d.cards.removeCard(ctx, e)
	case moderation.WithdrawCase:
		return d.cards.withdraw(ctx, e)
	case moderation.DeleteMessages:
		return d.deletions.remove(ctx, e)
	case moderation.SweepMessages:
		return d.sweeps.sweep(ctx, e)
	case moderation.EndSwept:
		return d.sweeps.end(ctx, e)
	case moderation.PutPenalty:
		return d.penalties.punish(ctx, e)
	case moderation.LiftBan:
		return d.penalties.lift(ctx, e)
	case moderation.ShortenPenalty:
		return d.penalties.shorten(ctx, e)
	case moderation.EndPenalty:
		return d.penalties.setFree(ctx, e)
	case moderation.CheckManual:
		return d.penalties.look(ctx, e)
	case moderation.LimitSending:
		return d.penalties.bind(ctx, e)
	case moderation.SendNotice:
		return d.notices.notify(ctx, e, e.Notice)
	case moderation.SendPrivateNotice:
		return d.notices.notify(ctx, e, e.Notice)
	case moderation.SendOutcome:
		return d.notices.tellOutcome(ctx, e)
	case moderation.SendLaterNotice:
		return d.notices.tellLaterNotice(ctx, e)
	case moderation.SendSummons:
		return d.juries.summon(ctx, e)
	case moderation.SendThanks:
		return d.juries.thank(ctx, e)
	case moderation.FetchFiles:
		return d.files.fetch(ctx, e)
	case moderation.TellAdmins:
		return d.admins.tellAdmins(ctx, e)
	case moderation.TellAdmin:
		return d.admins.tellAdmin(ctx, e)
	case moderation.GatherEntries:
		return d.admins.tellGathered(ctx, e)
	}
	return d.deliverToMember(ctx, e)
}

// deliverToMember routes what concerns a membership, the group as a whole, or one person in all groups. An effect of a later release means nothing here.
func (d *Deliverer) deliverToMember(ctx context.Context, e moderation.Effect) error {
	switch e := e.(type) {
	case moderation.SendRegained:
		return d.members.tellRegained(ctx, e)
	case moderation.SendCaution:
		return d.members.tellCaution(ctx, e)
	case moderation.SendInvite:
		return d.members.invite(ctx, e)
	case moderation.SendWelcome:
		return d.members.welcome(ctx, e)
	case moderation.AnnouncePause:
		return d.posts.tellPause(ctx, e)
	case moderation.AnnounceBots:
		return d.posts.tellBots(ctx, e)
	case moderation.Introduce:
		return d.posts.introduce(ctx, e)
	case moderation.LeaveGroup:
		return d.posts.leave(ctx, e)
	case moderation.SendKept:
		return d.own.sendKept(ctx, e)
	case moderation.SendCases:
		return d.own.sendCases(ctx, e)
	case moderation.DeleteKept:
		return d.own.erase(ctx, e)
	case moderation.WipeShown:
		return d.own.wipe(ctx, e)
	case moderation.LookupMessage:
		return d.FindReported(ctx, e)
	case moderation.DrawPractice:
		return d.practices.draw(ctx, e)
	case moderation.SendPracticeOutcome:
		return d.practices.tellOutcome(ctx, e)
	case moderation.SendPracticeAudit:
		return d.practices.inviteOwner(ctx, e)
	case moderation.TellReporter:
		return d.reporters.answer(ctx, e)
	}
	return nil
}
