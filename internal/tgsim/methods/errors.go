package methods

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

var errOldQuery = wire.BadRequest("query is too old and response timeout expired or query ID is invalid")

// errDeleted is what a call about a deleted chat is answered. The server takes
// a supergroup or channel that it may not look into any more for one that the
// bot was removed from.
func errDeleted(c *world.Chat) *wire.Error {
	if c.Kind == world.Group {
		return wire.Forbidden("the group chat was deleted")
	}
	return wire.Forbidden("bot was kicked from the " + c.KindName())
}
