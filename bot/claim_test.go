package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// replica is an inbox that others share. What they left is claimed once.
type replica struct {
	*store
	left     []Kept
	claiming func() // may be nil; called when left is this process's and not returned yet
	leave    func(updates []int64) error
	behind   func() error // may be nil
}

func (r *replica) Claim(context.Context, int) ([]Kept, error) {
	found := r.left
	r.left = nil
	r.mu.Lock()
	for _, k := range found {
		r.kept[k.Update] = k
		delete(r.others, k.Chat)
	}
	r.mu.Unlock()
	if len(found) > 0 && r.claiming != nil {
		r.claiming()
	}
	return found, nil
}

func (r *replica) Leave(_ context.Context, updates ...int64) error {
	if r.leave == nil {
		return nil
	}
	return r.leave(updates)
}

func (r *replica) Behind(ctx context.Context, chat, update int64) (bool, error) {
	if r.behind != nil {
		if err := r.behind(); err != nil {
			return false, err
		}
	}
	return r.store.Behind(ctx, chat, update)
}

func (r *replica) leaves(t *testing.T, now *Client, ids ...int64) {
	t.Helper()
	for _, id := range ids {
		r.left = append(r.left, Kept{Update: id, Chat: agora, Came: now.clock.Now(), Raw: []byte(pressUpdate(id, agora, "x"))})
	}
	r.others[agora] = ids[0]
}

func (r *replica) wantOrder(t *testing.T, want ...int64) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if got := r.handled[agora]; !slices.Equal(got, want) {
		t.Errorf("handled were %v, want %v", got, want)
	}
}

// What another process left is claimed while a later update of its chat waits here for its turn. The earlier ones go first.
func TestClaimedGoFirst(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	s := &replica{store: newStore()}
	begun, release := make(chan int64, 500), make(chan struct{})
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		begun <- u.ID
		<-release
		s.commit(&u)
		return nil, nil
	}}
	for id := range int64(maxSingles) { // no place is free
		tg.push(pressUpdate(100+id, -1000-id, "slow"))
	}
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	pollWith(t, r)
	run(t, clock)
	for range maxSingles {
		receive(t, begun)
	}
	tg.push(pressUpdate(200, agora, "x"), pressUpdate(201, agora, "x"))
	tg.confirmed(202)
	s.leaves(t, client, 1, 2)
	if err := r.Claim(t.Context()); err != nil {
		t.Fatal(err)
	}
	close(release)
	receive(t, r.Rest())
	s.wantOrder(t, 1, 2, 200, 201)
}

// A later update has its turn at the moment between the claim and its end.
func TestClaimIsUnderWay(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	claimed, release := make(chan struct{}), make(chan struct{})
	s := &replica{store: newStore(), claiming: func() { close(claimed); <-release }}
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		s.commit(&u)
		return nil, nil
	}}
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	pollWith(t, r)
	run(t, clock)
	s.leaves(t, client, 1, 2)
	ended := make(chan error, 1)
	go func() { ended <- r.Claim(context.Background()) }()
	receive(t, claimed)
	tg.push(pressUpdate(3, agora, "x"))
	tg.confirmed(4) // handled, or kept
	close(release)
	if err := receive(t, ended); err != nil {
		t.Error(err)
	}
	receive(t, r.Rest())
	s.wantOrder(t, 1, 2, 3)
}

// The store goes down while an update is left to another process. It is left later, and belongs to this one until then.
func TestLeavingFails(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	left := make(chan []int64, 10)
	failures := 3
	s := &replica{store: newStore()}
	s.leave = func(updates []int64) error {
		if failures--; failures >= 0 {
			return fmt.Errorf("commit: %w", ErrUnavailable)
		}
		left <- updates
		return nil
	}
	s.others[agora] = 1
	tg.push(pressUpdate(2, agora, "x"))
	c := new(clerk)
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	pollWith(t, r)
	run(t, clock)
	if got := receive(t, left); !slices.Equal(got, []int64{2}) {
		t.Errorf("left are %v", got)
	}
	receive(t, r.Rest())
	tg.confirmed(3)
	c.expect(t)
}

// The store is down for longer than an update that fails is tried: nobody can say whether an earlier one waits elsewhere. It is not
// given up for that.
func TestNobodyKnowsWhatIsBehind(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	failures := 0
	s := &replica{store: newStore(), behind: func() error {
		if failures++; failures <= 2*poisonAfter {
			return errors.New("no route to host")
		}
		return nil
	}}
	tg.push(pressUpdate(1, agora, "x"))
	c := new(clerk)
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	pollWith(t, r)
	run(t, clock)
	tg.confirmed(2)
	receive(t, r.Rest())
	c.expect(t, 1)
}
