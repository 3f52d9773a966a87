package bot

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// shared is an inbox that two processes share.
type shared struct {
	mu      sync.Mutex // guards all below
	rows    map[int64]Kept
	owner   map[int64]int // 0 is nobody
	late    [3]bool       // by process: it did not renew its claim
	done    map[int64]bool
	handled map[int64][]int64 // by chat
}

// sharer is one of the processes.
type sharer struct {
	*shared
	me int
}

// Keep implements [Inbox].
func (s sharer) Keep(_ context.Context, updates []Kept) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range updates {
		if _, kept := s.rows[k.Update]; !kept && !s.done[k.Update] {
			s.rows[k.Update], s.owner[k.Update] = k, s.me
		}
	}
	return nil
}

// free reports whether this process may claim a row of another one. mu is held.
func (s sharer) free(id int64) bool {
	owner := s.owner[id]
	return owner != s.me && (owner == 0 || s.late[owner])
}

// Claim implements [Inbox].
func (s sharer) Claim(_ context.Context, most int) (found []Kept, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late[s.me] = false
	held := map[int64]bool{}
	ids := make([]int64, 0, len(s.rows))
	for id := range s.rows {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		switch k := s.rows[id]; {
		case s.free(id) && !held[k.Chat] && len(found) < most:
			s.owner[id] = s.me
			found = append(found, k)
		case s.owner[id] != s.me:
			held[k.Chat] = true
		}
	}
	return found, nil
}

// Behind implements [Inbox].
func (s sharer) Behind(_ context.Context, chat, update int64) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, k := range s.rows {
		if k.Chat == chat && id < update && s.owner[id] != s.me {
			return true, nil
		}
	}
	return false, nil
}

// Remove implements [Inbox].
func (s sharer) Remove(_ context.Context, updates ...int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range updates {
		delete(s.rows, id)
	}
	return nil
}

// Leave implements [Inbox].
func (s sharer) Leave(_ context.Context, updates ...int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range updates {
		if s.owner[id] == s.me {
			s.owner[id] = 0
		}
	}
	return nil
}

func (s *shared) commit(u *wire.Update) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, u.ID)
	if !s.done[u.ID] {
		s.done[u.ID] = true
		s.handled[u.Chat()] = append(s.handled[u.Chat()], u.ID)
	}
}

// rested reports whether so many are handled and none is left.
func (s *shared) rested(n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.done) == n && len(s.rows) == 0
}

// The model of two processes: whoever Telegram tells of an update, whichever of them is paused while the other claims what it
// has, and whatever is slow, each update is handled, and each chat's in order.
func TestReplicasKeepTheOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &shared{rows: map[int64]Kept{}, owner: map[int64]int{}, done: map[int64]bool{}, handled: map[int64][]int64{}}
		const n = 16
		slow := map[int64]chan struct{}{}
		var receivers []*Receiver
		var hooks []http.Handler
		for me := 1; me <= 2; me++ {
			client, clock := newTelegram(t).dial()
			defer passTime(clock)()
			r := NewReceiver(client, &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
				<-slow[u.ID]
				s.commit(&u)
				return nil, nil
			}}, ReceiverOptions{Inbox: sharer{s, me}})
			receivers, hooks = append(receivers, r), append(hooks, r.Webhook(testSecret))
		}
		var order []int64
		for id := int64(1); id <= n; id++ {
			slow[id] = make(chan struct{})
			if rapid.Bool().Draw(rt, "slow") {
				order = append(order, id)
			} else {
				close(slow[id])
			}
		}
		to := rapid.SliceOfN(rapid.IntRange(0, 1), n+1, n+1).Draw(rt, "to")
		release := rapid.Permutation(order).Draw(rt, "release")
		steps := rapid.SliceOfN(rapid.IntRange(0, 3), 0, 20).Draw(rt, "steps")

		var told sync.WaitGroup
		for chat := int64(1); chat <= 2; chat++ {
			told.Go(func() {
				for id := chat; id <= n; id += 2 {
					for knock(hooks[to[id]], "POST", testSecret, pressUpdate(id, -chat, "x")) != http.StatusOK {
					}
				}
			})
		}
		claim := func(who int) {
			if err := receivers[who].Claim(context.Background()); err != nil {
				rt.Error(err)
			}
		}
		for _, step := range steps {
			if step >= 2 { // one is paused, and the other claims what it has
				s.mu.Lock()
				s.late[step-1] = true
				s.mu.Unlock()
				claim(2 - (step - 1))
			} else {
				claim(step)
			}
			if len(release) > 0 {
				close(slow[release[0]])
				release = release[1:]
			}
		}
		for _, id := range release {
			close(slow[id])
		}
		told.Wait()
		for !s.rested(n) {
			claim(0)
			claim(1)
		}
		for _, r := range receivers {
			receive(t, r.Rest())
			r.Stop(context.Background())
		}
		for chat, ids := range s.handled {
			if !slices.IsSorted(ids) {
				rt.Errorf("in chat %d: %v", chat, ids)
			}
		}
	})
}
