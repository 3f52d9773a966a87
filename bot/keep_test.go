package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// store is an inbox in memory, and what was handled: what a database keeps when a process dies.
type store struct {
	mu      sync.Mutex // guards all below
	kept    map[int64]Kept
	claimed bool            // by the process that runs
	others  map[int64]int64 // by chat: an update that another process has
	down    bool
	done    map[int64]bool
	handled map[int64][]int64 // by chat, in the order in which it was done
}

func newStore() *store {
	return &store{kept: map[int64]Kept{}, others: map[int64]int64{}, done: map[int64]bool{}, handled: map[int64][]int64{}}
}

func (s *store) Keep(_ context.Context, updates []Kept) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return fmt.Errorf("commit: %w", ErrUnavailable)
	}
	for _, k := range updates {
		if !s.done[k.Update] {
			s.kept[k.Update] = k
		}
	}
	return nil
}

func (s *store) Claim(context.Context, int) (found []Kept, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.claimed {
		return nil, nil
	}
	s.claimed = true
	for _, k := range s.kept {
		found = append(found, k)
	}
	slices.SortFunc(found, func(a, b Kept) int { return cmp.Compare(a.Update, b.Update) })
	return found, nil
}

func (s *store) Behind(_ context.Context, chat, update int64) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.others[chat]
	return first != 0 && first < update, nil
}

func (s *store) Remove(_ context.Context, updates ...int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range updates {
		delete(s.kept, id)
	}
	return nil
}

func (s *store) Leave(context.Context, ...int64) error { return nil }

// commit handles an update in one transaction, and reports whether it was new.
func (s *store) commit(u *wire.Update) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, u.ID)
	if s.done[u.ID] {
		return false
	}
	s.done[u.ID] = true
	s.handled[u.Chat()] = append(s.handled[u.Chat()], u.ID)
	return true
}

func (s *store) waiting() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []int64
	for id := range s.kept {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// hangs handles updates, but for those of one chat only when release is closed. It tells begun of each.
func (s *store) hangs(where int64, begun chan<- int64, release <-chan struct{}) *clerk {
	return &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		begun <- u.ID
		if u.Chat() == where {
			<-release
		}
		s.commit(&u)
		return nil, nil
	}}
}

// One chat's handler hangs. What comes for it is kept and confirmed, so that nobody else waits, however much it is.
func TestPollKeepsWhatWaits(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	s, begun, release := newStore(), make(chan int64, 500), make(chan struct{})
	tg.push(pressUpdate(1, agora, "slow"))
	r := NewReceiver(client, s.hangs(agora, begun, release), ReceiverOptions{Inbox: s})
	pollWith(t, r)
	run(t, clock)
	receive(t, begun)
	for id := int64(2); id < 302; id += 3 {
		tg.push(pressUpdate(id, agora, "x"), pressUpdate(id+1, agora, "x"), pressUpdate(id+2, pnyx, "x"))
		if got := receive(t, begun); got != id+2 {
			t.Fatalf("update %d began, and %d waits", got, id+2)
		}
	}
	tg.confirmed(302)
	if n := len(s.waiting()); n != 201 {
		t.Errorf("%d updates are kept", n)
	}
	close(release)
	receive(t, r.Rest())
	if n := len(s.waiting()); n != 0 {
		t.Errorf("%d updates are kept in the end", n)
	}
	if len(s.done) != 301 || !slices.IsSorted(s.handled[agora]) || !slices.IsSorted(s.handled[pnyx]) {
		t.Errorf("%d were handled: %v", len(s.done), s.handled)
	}
}

// The inbox is full: the chat for which most is kept loses its oldest presses, and whoever pressed is told. What is no press
// waits at Telegram.
func TestFullInbox(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	s, begun, release := newStore(), make(chan int64, 500), make(chan struct{})
	dropped := make(chan struct{}, 10)
	tg.push(pressUpdate(1, agora, "slow"), pressUpdate(2, agora, "x"), pressUpdate(3, agora, "x"), pressUpdate(4, agora, "x"))
	c := s.hangs(agora, begun, release)
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s, InboxSize: 4, Dropped: func() { dropped <- struct{}{} }})
	pollWith(t, r)
	run(t, clock)
	receive(t, begun)
	tg.confirmed(5)
	tg.push(pressUpdate(5, agora, "x"), membershipUpdate(6, agora))
	tg.confirmed(7)
	receive(t, dropped)
	receive(t, dropped)
	if got := s.waiting(); !slices.Equal(got, []int64{1, 4, 5, 6}) {
		t.Errorf("kept are %v", got)
	}
	if n := c.tried("dropped 2") + c.tried("dropped 3"); n != 2 {
		t.Errorf("%d of the two were told", n)
	}
	tg.push(membershipUpdate(7, agora), membershipUpdate(8, agora), membershipUpdate(9, agora), pressUpdate(10, pnyx, "x"))
	if got := receive(t, begun); got != 10 {
		t.Errorf("%d began", got)
	}
	tg.confirmed(9) // two presses made room
	close(release)
	tg.confirmed(11)
	receive(t, r.Rest())
	c.expect(t, 1, 6, 7, 8, 9, 10)
}

// The store is down: nothing can be kept, so nothing is confirmed.
func TestPollCannotKeep(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	s, begun, release := newStore(), make(chan int64, 10), make(chan struct{})
	s.down = true
	tg.push(pressUpdate(1, agora, "slow"))
	poll(t, client, s.hangs(agora, begun, release), ReceiverOptions{Inbox: s})
	receive(t, begun)
	for range 5 {
		clock.Advance(slowPollLimit)
	}
	tg.mu.Lock()
	if tg.highest() > 1 {
		t.Errorf("confirmed up to %d", tg.highest())
	}
	tg.mu.Unlock()
	close(release)
	run(t, clock)
	tg.confirmed(2)
}

// A process dies with updates in the inbox. The next one handles each once, before what comes in, in order.
func TestClaim(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	s := newStore()
	for _, id := range []int64{1, 2, 3} {
		s.kept[id] = Kept{Update: id, Chat: agora, Came: clock.Now(), Raw: []byte(pressUpdate(id, agora, "x"))}
	}
	s.kept[4] = Kept{Update: 4, Chat: agora, Came: clock.Now(), Raw: []byte(`{"update_id":4,"message":7}`)}
	tg.push(pressUpdate(3, agora, "x"), pressUpdate(5, agora, "x")) // the third was not confirmed
	c := &clerk{}
	c.handle = func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		if !s.commit(&u) && u.ID != 3 {
			t.Errorf("%d was handled twice", u.ID)
		}
		return nil, nil
	}
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	if err := r.Claim(t.Context()); err != nil {
		t.Fatal(err)
	}
	pollWith(t, r)
	run(t, clock)
	tg.confirmed(6)
	receive(t, r.Rest())
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.handled[agora], []int64{1, 2, 3, 5}) || len(s.kept) > 0 {
		t.Errorf("handled were %v, and %d are kept", s.handled, len(s.kept))
	}
}

// An update that comes after one which another process has is left to that process.
func TestBehindAnotherProcess(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	s := newStore()
	s.others[agora] = 1
	tg.push(pressUpdate(2, agora, "x"), pressUpdate(3, pnyx, "x"))
	c := new(clerk)
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	pollWith(t, r)
	run(t, clock)
	tg.confirmed(4)
	receive(t, r.Rest())
	c.expect(t, 3)
	if got := s.waiting(); !slices.Equal(got, []int64{2}) {
		t.Errorf("kept are %v", got)
	}
}

// By webhook, too: Telegram is answered when an update is kept. Then it is tried again here and not sent again.
func TestWebhookKeeps(t *testing.T) {
	client, clock := newTelegram(t).dial()
	s, begun, release := newStore(), make(chan int64, 10), make(chan struct{})
	failures := 2
	c := s.hangs(agora, begun, release)
	hang := c.handle
	c.handle = func(ctx context.Context, u wire.Update) ([]wire.Call, error) {
		calls, err := hang(ctx, u)
		if failures--; failures >= 0 {
			return nil, errors.New("not yet")
		}
		return calls, err
	}
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	hook := r.Webhook(testSecret)
	status := make(chan int, 1)
	go func() { status <- knock(hook, "POST", testSecret, pressUpdate(1, agora, "x")) }()
	receive(t, begun)
	run(t, clock)
	if got := receive(t, status); got != http.StatusOK {
		t.Errorf("answered %d", got)
	}
	close(release)
	receive(t, begun)
	receive(t, begun)
	receive(t, r.Rest())
	c.expect(t, 1)
	r.Stop(t.Context())
}

// pollWith runs Poll of a receiver.
func pollWith(t *testing.T, r *Receiver) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.Poll(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := receive(t, ended); err != nil {
			t.Error(err)
		}
	})
}

// What people write to each other waits for no button, and a button for what was written before it.
func TestPostsWaitForNothing(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	s, begun, release := newStore(), make(chan int64, 10), make(chan struct{})
	c := s.hangs(agora, begun, release)
	noted := make(chan int64, 10)
	hold := make(chan struct{})
	c.bulk = func(_ context.Context, updates []wire.Update) error {
		for _, u := range updates {
			if u.Message.Text == "hold" {
				<-hold
			}
			noted <- u.ID
		}
		return nil
	}
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	pollWith(t, r)
	tg.push(pressUpdate(1, agora, "slow"), messageUpdate(2, agora, "x"))
	receive(t, begun)
	receive(t, noted)
	tg.push(messageUpdate(3, pnyx, "hold"), pressUpdate(4, pnyx, "x"))
	run(t, clock)
	close(release)
	select {
	case id := <-begun:
		t.Errorf("%d began before what was written before it was noted", id)
	default:
	}
	close(hold)
	receive(t, noted)
	if id := receive(t, begun); id != 4 {
		t.Errorf("%d began", id)
	}
	receive(t, r.Rest())
}
