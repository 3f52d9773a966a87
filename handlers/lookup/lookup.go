// Package lookup asks Telegram who somebody is, what a chat is called, and what the bot may do there.
//
// It says so if Telegram does not answer ([ErrUnsure]).
//
// It remembers nothing and decides nothing.
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
	tg   Caller
	tell func(chat, person int64, admin bool)
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

// Me is the bot itself, as Telegram described it last.
func (l Lookup) Me() wire.Self { return l.tg.Me() }

// ErrUnsure means that Telegram did not say who somebody is; they are asked to try again.
var ErrUnsure = errors.New("telegram did not say who somebody is")

// Unsure says that Telegram did not answer a question, and why, so that a delivery knows when to ask again. If nobody waited for
// the answer, because the bot stops, then nobody is asked to try again: the update or the delivery comes again by itself.
func Unsure(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("interrupted: %w", err)
	}
	return fmt.Errorf("%w: %w", ErrUnsure, err)
}

// Member asks Telegram who somebody is in a chat. Who was never there has left.
func (l Lookup) Member(ctx context.Context, chat, user int64) (wire.Member, error) {
	res, err := l.tg.Do(ctx, wire.GetChatMember(chat, user))
	switch wire.KindOf(err) {
	case wire.KindOK:
		m, err := res.Member()
		if err == nil {
			l.tell(chat, user, m.Admin())
		}
		return m, err
	case wire.KindGone, wire.KindInvalid:
		return wire.Member{Status: "left"}, nil
	default:
		return wire.Member{}, Unsure(ctx, err)
	}
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
