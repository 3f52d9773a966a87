package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// privateAsker is who asks in private, where they can be answered later.
func privateAsker(from *wire.User) moderation.Person {
	return moderation.Person{ID: from.ID, Language: from.Language, Private: true}
}

// ownData answers what somebody asks about themselves. That is looked up later, so that nobody else waits for it.
type ownData struct{ *base }

// myDataFile is /mydata in private: everything that is kept of who asks, as a file.
func (h ownData) myDataFile(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	err := h.court.AskKept(ctx, cmd.Update, privateAsker(cmd.Message.From))
	return cmd.Reply(cmd.Printer.Text("mydata.later", nil), nil, err)
}

// myCases is /mycases in private. It lists the cases that somebody reported or voted in, as long as that is
// kept, and the decisions about them.
func (h ownData) myCases(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	err := h.court.AskCases(ctx, cmd.Update, privateAsker(cmd.Message.From))
	return cmd.Reply(cmd.Printer.Text("mycases.later", nil), nil, err)
}
