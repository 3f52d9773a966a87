package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// declareTries is how often one list is sent before its error is returned.
const declareTries = 4

// DeclareCommands declares all lists. It waits when Telegram asks to, tries
// every list and returns all errors together.
func (c *Client) DeclareCommands(ctx context.Context, lists []wire.CommandList) error {
	var errs []error
	for _, list := range lists {
		if err := c.declare(ctx, list); err != nil {
			errs = append(errs, fmt.Errorf("commands for %s %q: %w", list.Scope.Type, list.Language, err))
		}
	}
	return errors.Join(errs...)
}

// Undeclared returns the lists that are not declared as they should be. A list that Telegram does not tell counts as one of them.
func (c *Client) Undeclared(ctx context.Context, lists []wire.CommandList) (differ []wire.CommandList) {
	for _, list := range lists {
		res, err := c.Do(ctx, wire.GetMyCommands(list.Scope, list.Language))
		if err == nil {
			if is, err := res.Commands(); err == nil && slices.Equal(is, list.Commands) {
				continue
			}
		}
		differ = append(differ, list)
	}
	return differ
}

func (c *Client) declare(ctx context.Context, list wire.CommandList) error {
	if err := list.Validate(); err != nil {
		return err
	}
	call := wire.SetMyCommands(list.Scope, list.Language, list.Commands)
	delay := doubling(retryFirst, retryCap)
	for try := 1; ; try++ {
		_, err := c.Do(ctx, call)
		kind := wire.KindOf(err)
		if err == nil || try == declareTries || kind != wire.KindTooMany && kind != wire.KindTemporary {
			return err
		}
		if err := sleep(ctx, c.clock, max(delay.NextBackOff(), wire.RetryAfter(err))); err != nil {
			return err
		}
	}
}
