// Package lookup asks Telegram who somebody is, what a chat is called, and what the bot may do there.
//
// It says so if Telegram does not answer ([ErrUnsure]).
//
// It remembers for some seconds who is in which group ([Memberships]), and no rights. It decides nothing.
package lookup

import (
	"context"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Caller performs calls; it is bot.Client.
type Caller interface {
	Do(ctx context.Context, call wire.Call) (wire.Result, error)
	// Me is the bot itself, as Telegram described it last.
	Me() wire.Self
}

// Lookup asks Telegram.
type Lookup struct {
	tg    Caller
	tell  func(chat, person int64, admin bool)
	known *Memberships // nil if nothing is remembered
}

// New returns a lookup that asks with these calls.
func New(tg Caller) Lookup {
	return Lookup{tg: tg, tell: func(int64, int64, bool) {}}
}

// Telling returns a lookup that also passes on who is an admin, and who is not, whenever Telegram says so.
func (l Lookup) Telling(tell func(chat, person int64, admin bool)) Lookup {
	l.tell = tell
	return l
}

// Remembering returns a lookup whose answers are remembered. [Lookup.Present] and [Lookup.SeemsAdmin] use them again.
func (l Lookup) Remembering(known *Memberships) Lookup {
	l.known = known
	return l
}

// Me is the bot itself, as Telegram described it last.
func (l Lookup) Me() wire.Self { return l.tg.Me() }

// ErrUnsure means that Telegram did not say who somebody is; they are asked to try again.
var ErrUnsure = errors.New("telegram did not say who somebody is")

// errFickle means that somebody's membership changed each time while Telegram was asked about it.
var errFickle = errors.New("a membership changes too fast")

// Unsure says that Telegram did not answer a question, and why, so that a delivery knows when to ask again. If nobody waited for
// the answer, because the bot stops, then nobody is asked to try again: the update or the delivery comes again by itself.
func Unsure(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("interrupted: %w", err)
	}
	return fmt.Errorf("%w: %w", ErrUnsure, err)
}

// Member asks Telegram who somebody is in a chat, at this moment or since the update came whose questions are in ctx (see
// [Beside]). Who was never there has left.
func (l Lookup) Member(ctx context.Context, chat, user int64) (wire.Member, error) {
	who := membership{chat: chat, person: user}
	if asked := questionsOf(ctx); asked != nil {
		return asked.answer(ctx, who, l.ask)
	}
	return l.ask(ctx, who)
}

// Present reports whether somebody is in a group, as Telegram said not long ago: see [Memberships].
func (l Lookup) Present(ctx context.Context, chat, user int64) (bool, error) {
	found, err := l.role(ctx, membership{chat: chat, person: user})
	return found.there, err
}

// SeemsAdmin reports whether somebody is an admin, as Telegram said not long ago to the reporter. It is for what protects them, and
// not for what they may do.
func (l Lookup) SeemsAdmin(ctx context.Context, chat, user, reporter int64) (bool, error) {
	found, err := l.role(ctx, membership{chat, user, reporter})
	return found.admin, err
}

// Ahead begins to ask about somebody for whom [Lookup.Present] will be called. It waits for nothing.
func (l Lookup) Ahead(ctx context.Context, chat, user int64) { l.AheadFor(ctx, chat, user, 0) }

// AheadFor begins to ask about somebody for whom [Lookup.SeemsAdmin] will be called.
func (l Lookup) AheadFor(ctx context.Context, chat, user, reporter int64) {
	if l.known != nil {
		l.known.begin(ctx, membership{chat, user, reporter}, l.askAhead)
	}
}

func (l Lookup) role(ctx context.Context, who membership) (role, error) {
	if l.known != nil {
		return l.known.find(ctx, who, l.ask)
	}
	found, err := l.ask(ctx, who)
	return roleOf(found), err
}

// ask asks Telegram, whatever is known, and has the answer remembered. Who is nowhere to be found has left.
func (l Lookup) ask(ctx context.Context, who membership) (wire.Member, error) {
	return l.remember(who, func() (wire.Member, error) {
		found, err := l.askTelegram(ctx, who)
		switch wire.KindOf(err) {
		case wire.KindOK:
			return found, nil
		case wire.KindGone, wire.KindInvalid:
			return wire.Member{Status: "left"}, nil
		default:
			return wire.Member{}, Unsure(ctx, err)
		}
	})
}

// askAhead does so while nobody waits. That somebody is nowhere to be found is no answer then: Telegram says so at random, and
// whoever waits asks again with pauses.
func (l Lookup) askAhead(ctx context.Context, who membership) (wire.Member, error) {
	return l.remember(who, func() (wire.Member, error) { return l.askTelegram(ctx, who) })
}

// remember has an answer remembered, if anything is.
func (l Lookup) remember(who membership, answer func() (wire.Member, error)) (wire.Member, error) {
	if l.known == nil {
		return answer()
	}
	asking := l.known.asking(who, l.ask)
	found, err := answer()
	if err == nil {
		l.known.answered(asking, found)
	}
	return found, err
}

func (l Lookup) askTelegram(ctx context.Context, who membership) (wire.Member, error) {
	res, err := l.tg.Do(ctx, wire.GetChatMember(who.chat, who.person))
	if err != nil {
		return wire.Member{}, err
	}
	m, err := res.Member()
	if err == nil {
		l.tell(who.chat, who.person, m.Admin())
	}
	return m, err
}

// Admins asks Telegram for a group's admins.
func (l Lookup) Admins(ctx context.Context, chat int64) ([]wire.Member, error) {
	res, err := l.tg.Do(ctx, wire.GetChatAdministrators(chat))
	if err != nil {
		return nil, err
	}
	admins, err := res.Members()
	for _, m := range admins {
		l.tell(chat, m.User.ID, true)
	}
	return admins, err
}

// errNoCount means that what Telegram says is no number of members.
var errNoCount = errors.New("telegram did not say how many members there are")

// CountMembers asks Telegram how many members a group has, bots included.
func (l Lookup) CountMembers(ctx context.Context, chat int64) (int, error) {
	res, err := l.tg.Do(ctx, wire.GetChatMemberCount(chat))
	if err != nil {
		return 0, err
	}
	members, err := res.Number()
	if err != nil {
		return 0, err
	}
	if members <= 0 {
		return 0, errNoCount
	}
	return int(members), nil
}
