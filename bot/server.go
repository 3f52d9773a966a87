package bot

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// LearnServer finds out whether the server knows ephemeral messages as the bot sends them. A server that does not know them would
// show them to everybody. It asks twice, and neither question sends or changes anything.
//
// Until the server is known to know them, what is meant for one member goes to their private chat. An error means that it must be
// asked again: there was no answer. An answer that is neither yes nor no counts as no.
func (c *Client) LearnServer(ctx context.Context) error {
	knows, err := c.knowsEphemeral(ctx)
	if err != nil {
		return fmt.Errorf("ask whether the server knows ephemeral messages: %w", err)
	}
	c.ephemeral.Store(knows)
	return nil
}

func (c *Client) knowsEphemeral(ctx context.Context) (bool, error) {
	_, err := c.once(ctx, wire.AskEphemeral(c.Me().ID))
	if known, err := understood(err); !known || err != nil {
		return false, err
	}
	res, err := c.Do(ctx, wire.GetSuggestedRights(false))
	if err != nil {
		_, err := understood(err)
		return false, err
	}
	knows, err := res.KnowsWelcome()
	return knows && err == nil, nil
}

// understood reports whether the server understood a call, though it may have refused it. The error means that there was no answer.
func understood(err error) (bool, error) {
	switch wire.KindOf(err) {
	case wire.KindTemporary, wire.KindTooMany:
		return false, err
	case wire.KindUnsupported, wire.KindUnauthorized, wire.KindConflict:
		return false, nil
	}
	return true, nil
}

// aimed is a call as it goes out. An ephemeral one goes to the private chat of its receiver if the server is not known to know
// ephemeral messages.
func (c *Client) aimed(call wire.Call) wire.Call {
	if c.ephemeral.Load() || !call.IsEphemeral() {
		return call
	}
	private, _ := call.InPrivate()
	return private
}
