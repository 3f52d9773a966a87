package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// errKilled is what a process hears from the store after it was killed. So it gives nothing up.
var errKilled = fmt.Errorf("killed: %w", ErrUnavailable)

// life is one process's connection to the store. After it was killed nothing of it is stored any more.
type life struct {
	*store
	mu     sync.Mutex // guards all below
	killed bool
}

// alive does something unless the process was killed.
func (l *life) alive(do func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.killed {
		return errKilled
	}
	do()
	return nil
}

func (l *life) kill() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.killed = true
}

// Keep implements [Inbox].
func (l *life) Keep(ctx context.Context, updates []Kept) (err error) {
	return errors.Join(l.alive(func() { err = l.store.Keep(ctx, updates) }), err)
}

// Remove implements [Inbox].
func (l *life) Remove(ctx context.Context, updates ...int64) error {
	return l.alive(func() { _ = l.store.Remove(ctx, updates...) })
}

// The model of what must never happen: whatever is slow, and whenever the process is killed, no update is lost between its
// confirmation and its handling or the word that it is dropped, none is handled twice, and each chat's are handled in order.
func TestNoUpdateIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tg := newTelegram(t)
		s := newStore()
		var lost []int64 // guarded by the store
		tg.confirms = func(id int64) {
			s.mu.Lock()
			defer s.mu.Unlock()
			if _, kept := s.kept[id]; !kept && !s.done[id] {
				lost = append(lost, id)
			}
		}
		n := rapid.Int64Range(1, 30).Draw(rt, "updates")
		slow := rapid.SliceOfN(rapid.Bool(), int(n)+1, int(n)+1).Draw(rt, "slow")
		for id := int64(1); id <= n; id++ {
			chat := -100 * rapid.Int64Range(1, 3).Draw(rt, "chat")
			kinds := []func() string{
				func() string { return pressUpdate(id, chat, "x") },
				func() string { return messageUpdate(id, chat, "x") },
				func() string { return membershipUpdate(id, chat) },
			}
			tg.push(rapid.SampledFrom(kinds).Draw(rt, "kind")())
		}
		lives := rapid.IntRange(1, 3).Draw(rt, "lives")
		most := rapid.IntRange(1, 20).Draw(rt, "room")
		for l := range lives {
			if err := live(t, tg, s, slow, most, rapid.IntRange(1, 4).Draw(rt, "polls"), l == lives-1); err != nil {
				rt.Fatal(err)
			}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(lost) > 0 {
			rt.Errorf("confirmed, and neither handled nor kept: %v", lost)
		}
		if len(s.kept) > 0 {
			rt.Errorf("kept in the end: %v", s.kept)
		}
		for chat, ids := range s.handled {
			if !slices.IsSorted(ids) {
				rt.Errorf("in chat %d: %v", chat, ids)
			}
		}
	})
}

// live runs a process until it has polled so often and is killed, or, if it is the last, until all is done.
func live(t *testing.T, tg *telegram, s *store, slow []bool, most, polls int, last bool) error {
	client, clock := tg.dial()
	before, _ := tg.polls()
	l := &life{store: s}
	release := make(chan struct{})
	s.mu.Lock()
	s.claimed = false
	s.mu.Unlock()
	c := &clerk{
		handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
			if slow[u.ID] {
				<-release
			}
			return nil, l.alive(func() { s.commit(&u) })
		},
		bulk: func(_ context.Context, updates []wire.Update) error {
			return l.alive(func() {
				s.mu.Lock()
				defer s.mu.Unlock()
				for _, u := range updates {
					s.done[u.ID] = true
				}
			})
		},
	}
	c.dropped = func(u *wire.Update) {
		_ = l.alive(func() { // who pressed is told, so this is not lost
			s.mu.Lock()
			defer s.mu.Unlock()
			s.done[u.ID] = true
		})
	}
	r := NewReceiver(client, c, ReceiverOptions{Inbox: l, InboxSize: most})
	if err := r.Claim(t.Context()); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.Poll(ctx) }()
	stopClock := passTime(clock)
	defer stopClock()
	if !last {
		tg.wait("some polls, or nothing left", func() bool { return tg.asked >= before+polls || tg.highest() == int64(len(slow)) })
		l.kill()
	}
	close(release)
	if last {
		tg.confirmed(int64(len(slow)))
		receive(t, r.Rest())
	}
	cancel()
	err := receive(t, ended)
	if last && r.dispatch.room != most {
		err = errors.Join(err, fmt.Errorf("%d of %d places are free in the end", r.dispatch.room, most))
	}
	return err
}
