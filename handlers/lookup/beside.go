package lookup

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// questions are what one update asks about people. Nobody is asked about twice for it, and what is begun early is answered
// beside the rest.
type questions struct {
	mu    sync.Mutex // guards asked
	asked map[membership]*reply
}

// reply is what Telegram says of somebody.
type reply struct {
	asked atomic.Bool   // whether somebody asks
	there chan struct{} // closed when it is there
	found wire.Member
	err   error
}

// ask asks Telegram, unless somebody does.
func (r *reply) ask(ctx context.Context, who membership, ask asker) {
	if r.asked.CompareAndSwap(false, true) {
		defer close(r.there)
		r.err = ErrUnsure // if that panics
		r.found, r.err = ask(ctx, who)
	}
}

type questionsKey struct{}

// Beside returns a context for one update, in which [Lookup.Begin] can be used.
func Beside(ctx context.Context) context.Context {
	return context.WithValue(ctx, questionsKey{}, &questions{asked: map[membership]*reply{}})
}

func questionsOf(ctx context.Context) *questions {
	q, _ := ctx.Value(questionsKey{}).(*questions)
	return q
}

// Begin begins to ask about people for whom the same update calls [Lookup.Member]. It waits for nothing, and does nothing
// unless the context is from [Beside].
func (l Lookup) Begin(ctx context.Context, chat int64, people ...int64) {
	asked := questionsOf(ctx)
	if asked == nil || l.known == nil {
		return
	}
	for _, person := range people {
		who := membership{chat: chat, person: person}
		r := asked.reply(who)
		l.known.pool.Run(func() { r.ask(ctx, who, l.ask) })
	}
}

// answer is what Telegram says of somebody. It is asked unless that is begun.
func (q *questions) answer(ctx context.Context, who membership, ask asker) (wire.Member, error) {
	r := q.reply(who)
	r.ask(ctx, who, ask)
	<-r.there
	return r.found, r.err
}

// reply finds or makes the reply about somebody.
func (q *questions) reply(who membership) *reply {
	q.mu.Lock()
	defer q.mu.Unlock()
	r := q.asked[who]
	if r == nil {
		r = &reply{there: make(chan struct{})}
		q.asked[who] = r
	}
	return r
}
