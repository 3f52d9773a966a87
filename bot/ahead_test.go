package bot

import (
	"context"
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// The handler is told of all updates but the ordinary ones, in order, while the first of them is being handled. That it panics
// harms nobody.
func TestAhead(t *testing.T) {
	t.Parallel()
	tg := newTelegram(t)
	client, _ := tg.dial()
	told := make(chan int64, 10)
	var before []int64
	c := &clerk{
		ahead: func(_ context.Context, u *wire.Update) {
			told <- u.ID
			if u.ID == 3 {
				panic("ahead")
			}
		},
		handle: func(ctx context.Context, u wire.Update) ([]wire.Call, error) {
			if u.ID == 1 {
				for range 3 {
					before = append(before, receive(t, told))
				}
			}
			return nil, nil
		},
	}
	tg.push(pressUpdate(1, agora, "a"), messageUpdate(2, agora, "hello"), pressUpdate(3, agora, "b"), pressUpdate(4, -1001, "c"))
	poll(t, client, c, ReceiverOptions{})
	tg.confirmed(5)
	c.expect(t, 1, 2, 3, 4)
	if !slices.Equal(before, []int64{1, 3, 4}) {
		t.Errorf("told of %v", before)
	}
}
