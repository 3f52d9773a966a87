package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// hanging polls with a handler that hangs until release is closed, and an inbox with room for so many updates.
func hanging(t *testing.T, room int) (tg *telegram, s *store, r *Receiver, release chan struct{}) {
	tg = newTelegram(t)
	client, clock := tg.dial()
	s, release = newStore(), make(chan struct{})
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		<-release
		s.commit(&u)
		return nil, nil
	}}
	r = NewReceiver(client, c, ReceiverOptions{Inbox: s, InboxSize: room})
	pollWith(t, r)
	run(t, clock)
	return tg, s, r, release
}

// No group loses more presses than it takes to make the queues equally long.
func TestDropsAreShared(t *testing.T) {
	tg, s, r, release := hanging(t, 13)
	for id := int64(1); id <= 7; id++ {
		tg.push(pressUpdate(id, agora, "x"))
	}
	for id := int64(8); id <= 13; id++ {
		tg.push(pressUpdate(id, pnyx, "x"))
	}
	tg.confirmed(14)
	tg.push(membershipUpdate(14, -1), membershipUpdate(15, -2), membershipUpdate(16, -3), membershipUpdate(17, -4), membershipUpdate(18, -5))
	tg.confirmed(19)
	if got := s.waiting(); !slices.Equal(got, []int64{1, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18}) {
		t.Errorf("kept are %v", got)
	}
	close(release)
	receive(t, r.Rest())
}

// Long updates take the room of several, so that the inbox takes no more memory than with short ones.
func TestLongUpdatesTakeMoreRoom(t *testing.T) {
	tg, s, r, release := hanging(t, 8)
	long := func(id int64) string { return pressUpdate(id, agora, strings.Repeat("x", 2*place)) }
	tg.push(pressUpdate(1, agora, "x"), long(2), long(3))
	tg.confirmed(4)
	tg.push(membershipUpdate(4, pnyx), membershipUpdate(5, pnyx))
	tg.confirmed(6)
	if got := s.waiting(); !slices.Equal(got, []int64{1, 3, 4, 5}) {
		t.Errorf("kept are %v", got)
	}
	if n, _ := r.Waiting(); n != 4 {
		t.Errorf("%d wait", n)
	}
	close(release)
	receive(t, r.Rest())
}

// BenchmarkFullInbox is what a poll costs when the inbox is full of the presses of many chats.
func BenchmarkFullInbox(b *testing.B) {
	for _, chats := range []int{1, 64, 2048} {
		b.Run(fmt.Sprint(chats), func(b *testing.B) {
			d := &dispatcher{r: &Receiver{handler: new(nothing)}, room: mostKept, chats: map[int64]*chat{}, stopped: true}
			for i := range mostKept {
				d.add(&job{update: wire.Update{ID: int64(i + 1), Callback: new(wire.CallbackQuery)}, chat: -int64(i%chats + 1), phase: kept, places: 1})
			}
			for i := range b.N {
				for n := range 100 {
					id := i*100 + n
					d.add(&job{update: wire.Update{ID: int64(mostKept + id + 1), Callback: new(wire.CallbackQuery)}, chat: -int64(id%chats + 1), phase: kept, places: 1})
				}
				if got := d.makeRoom(0); len(got) != 100 && chats < mostKept/2 {
					b.Fatalf("%d are dropped", len(got))
				}
			}
		})
	}
}
