package methods

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/updates"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// A Call is a method call being performed.
type Call struct {
	*world.World
	Lines  *updates.Lines
	Bot    *world.Bot
	Method string
	P      params.Params
}

// A Func performs a method under the lock.
type Func func(*Call) (any, *wire.Error)
