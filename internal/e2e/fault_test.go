package e2e

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// faultLines are the lines about what goes wrong between the bot and Telegram.
var faultLines = []verb{
	{form: `restart`, run: func(w *world, _ []string) error { w.down(); w.up(); return nil }},
	{form: `the bot is down`, run: func(w *world, _ []string) error { w.down(); return nil }},
	{form: `the bot is up`, run: func(w *world, _ []string) error { w.up(); return nil }},
	{form: `telegram refuses {word} with 429 once, retry after {time}`, run: tooMany},
	{form: `telegram breaks on {word} {number} times`, run: fault(tgsim.ServerError)},
	{form: `telegram drops {word} {number} times`, run: fault(tgsim.Reset)},
	{form: `telegram loses the answer to {word} {number} times`, run: fault(tgsim.LostAnswer)},
	{form: `telegram refuses {word} once: {text}`, run: refuse},
	{form: `telegram delivers everything again`, run: again},
	{form: `telegram delivers odd things`, run: odd},
}

func tooMany(w *world, a []string) error {
	d, err := ladder.ParseDuration(a[1])
	w.arm(tgsim.Fault{Kind: tgsim.TooManyRequests, Method: a[0], RetryAfter: int64(d / time.Second)})
	return err
}

func fault(kind tgsim.FaultKind) func(*world, []string) error {
	return func(w *world, a []string) error {
		n, err := strconv.Atoi(a[1])
		w.arm(tgsim.Fault{Kind: kind, Method: a[0], Times: n})
		return err
	}
}

func refuse(w *world, a []string) error {
	w.arm(tgsim.Fault{Kind: tgsim.Refuse, Method: a[0], Description: a[1]})
	return nil
}

func (w *world) arm(f tgsim.Fault) *tgsim.Armed {
	w.faults = true
	return w.sim.Fail(f)
}

// again has confirmed updates come once more to a bot that was started anew, and so has only its
// database to know them by. It may ask, and remove what is gone, but nothing else.
func again(w *world, _ []string) error {
	w.down()
	calls := w.sim.CallCount()
	armed := w.arm(tgsim.Fault{Kind: tgsim.Duplicate, Method: "getUpdates", Times: 2})
	w.up()
	// The bot asks a second time when it is done with what came the first time.
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := armed.WaitHit(ctx, 2); err != nil {
		return fmt.Errorf("nothing was delivered again: %w", err)
	}
	w.settle()
	for _, c := range w.sim.CallsSince(calls) {
		if !hasPrefix(c.Method, "setMy") && !hasPrefix(c.Method, "get") && !hasPrefix(c.Method, "delete") {
			return fmt.Errorf("because of it there came %s %v", c.Method, c.Params)
		}
	}
	return nil
}

// odd are updates of shapes on which other bots choked.
func odd(w *world, _ []string) error {
	w.bot.Inject("message", tgsim.OddMessage)
	w.bot.Inject("callback_query", tgsim.CallbackWithoutMessage)
	w.bot.Inject("message", tgsim.MessageWithoutFrom)
	w.bot.Inject("something_new", `{"a":[1,2,{"b":null}]}`)
	return nil
}
