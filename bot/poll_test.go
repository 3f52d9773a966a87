package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const agora, pnyx, stoa = -100, -200, -300

func TestPollKeepsOrderAndGathers(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	tg.push(messageUpdate(1, agora, "a"), messageUpdate(2, pnyx, "b"), pressUpdate(3, agora, "c"),
		messageUpdate(4, agora, "d"), messageUpdate(5, agora, "e"), messageUpdate(6, pnyx, "f"))
	c := new(clerk)
	poll(t, client, c, ReceiverOptions{})
	tg.confirmed(7)
	if want := []string{"bulk 1 4 5 2 6", "handle 3"}; !slices.Equal(c.work, want) {
		t.Errorf("got %q, want %q", c.work, want)
	}
}

func TestPollPassesOverTheUnreadable(t *testing.T) {
	tg := newTelegram(t)
	var undecodable atomic.Int64
	client, _ := tg.dial()
	tg.push(`{"update_id":1,"message":{"message_id":"one"}}`, messageUpdate(2, agora, "a"), `{"update_id":3,"poll":{}}`)
	c := new(clerk)
	poll(t, client, c, ReceiverOptions{Observe: func(kind string, _ time.Duration, err error) {
		if kind == "undecodable" && err != nil {
			undecodable.Add(1)
		}
	}})
	tg.confirmed(4)
	c.expect(t, 2)
	if undecodable.Load() != 1 {
		t.Errorf("%d were called undecodable", undecodable.Load())
	}
}

// One chat's handler hangs; the others get their updates, and nothing from the
// hanging one on is confirmed until it is done.
func TestPollSlowChat(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	release, others := make(chan struct{}), make(chan int64, 10)
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		if u.Chat() == agora {
			<-release
		} else {
			others <- u.ID
		}
		return nil, nil
	}}
	tg.push(pressUpdate(1, pnyx, "x"), pressUpdate(2, agora, "slow"), pressUpdate(3, pnyx, "x"))
	poll(t, client, c, ReceiverOptions{})
	receive(t, others)
	receive(t, others)
	tg.push(pressUpdate(4, stoa, "x"), pressUpdate(5, agora, "waits"))
	for id := range int64(3) { // each second the bot asks again
		if err := clock.BlockUntilContext(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		clock.Advance(slowPollLimit)
		if id == 0 {
			receive(t, others)
		}
	}
	tg.mu.Lock()
	if highest := tg.highest(); highest > 2 {
		t.Errorf("confirmed up to %d while 2 is not done", highest)
	}
	tg.mu.Unlock()
	close(release)
	tg.confirmed(6)
	c.expect(t, 1, 2, 3, 4, 5)
}

func TestPollRetriesInOrder(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	var tries atomic.Int64
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		if u.ID == 1 && tries.Add(1) <= 3 {
			return nil, errors.New("not yet")
		}
		return nil, nil
	}}
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, agora, "x"), pressUpdate(3, pnyx, "x"))
	poll(t, client, c, ReceiverOptions{})
	run(t, clock)
	tg.confirmed(4)
	c.expect(t, 1, 2, 3)
	if n := c.tried("handle 1"); n != 4 {
		t.Errorf("tried %d times", n)
	}
	if one, two := slices.Index(c.done, 1), slices.Index(c.done, 2); one > two {
		t.Errorf("overtaken: %v", c.done)
	}
}

func TestPollGivesPoisonUp(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		if u.ID == 1 {
			return nil, errors.New("always")
		}
		return nil, nil
	}}
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, agora, "x"))
	poll(t, client, c, ReceiverOptions{})
	run(t, clock)
	tg.confirmed(3)
	c.expect(t, 2)
	if n := c.tried("handle 1"); n != poisonAfter {
		t.Errorf("tried %d times", n)
	}
}

func TestPollWaitsForTheStore(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	down := func(tries *atomic.Int64) error {
		if tries.Add(1) <= 20 {
			return fmt.Errorf("commit: %w", ErrUnavailable)
		}
		return nil
	}
	var bulks, singles atomic.Int64 // each for itself: which comes first is chance
	c := &clerk{
		bulk:   func(context.Context, []wire.Update) error { return down(&bulks) },
		handle: func(context.Context, wire.Update) ([]wire.Call, error) { return nil, down(&singles) },
	}
	tg.push(pressUpdate(1, agora, "x"), messageUpdate(2, pnyx, "x"), messageUpdate(3, pnyx, "x"))
	poll(t, client, c, ReceiverOptions{})
	run(t, clock)
	tg.confirmed(4)
	c.expect(t, 1, 2, 3)
	if n := c.tried("tell 1"); n != 1 {
		t.Errorf("told %d times", n)
	}
}

// Who comes while others wait already is told at once, too.
func TestPollTellsWhoComesLater(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	var away atomic.Bool
	away.Store(true)
	c := &clerk{handle: func(context.Context, wire.Update) ([]wire.Call, error) {
		if away.Load() {
			return nil, fmt.Errorf("commit: %w", ErrUnavailable)
		}
		return nil, nil
	}}
	poll(t, client, c, ReceiverOptions{})
	run(t, clock)
	for id := range int64(3) {
		tg.push(pressUpdate(id+1, agora, "x"))
		for c.tried(fmt.Sprint("tell ", id+1)) == 0 {
			runtime.Gosched()
		}
	}
	away.Store(false)
	tg.confirmed(4)
	c.expect(t, 1, 2, 3)
	for id := range 3 {
		if n := c.tried(fmt.Sprint("tell ", id+1)); n != 1 {
			t.Errorf("%d was told %d times", id+1, n)
		}
	}
}

// A bulk fails as a whole; only the update that is to blame is lost.
func TestPollPoisonInBulk(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	c := &clerk{bulk: func(_ context.Context, updates []wire.Update) error {
		if slices.ContainsFunc(updates, func(u wire.Update) bool { return u.ID == 2 }) {
			return errors.New("always")
		}
		return nil
	}}
	tg.push(messageUpdate(1, agora, "x"), messageUpdate(2, pnyx, "x"), messageUpdate(3, pnyx, "x"), messageUpdate(4, stoa, "x"))
	poll(t, client, c, ReceiverOptions{})
	run(t, clock)
	tg.confirmed(5)
	c.expect(t, 1, 3, 4)
	if n := c.tried("bulk 2"); n != poisonAfter {
		t.Errorf("tried %d times", n)
	}
}

func TestPollSurvivesPanics(t *testing.T) {
	tg := newTelegram(t)
	var log bytes.Buffer
	client, clock := tg.dial(func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		if u.ID == 1 {
			panic("cannot handle " + u.Callback.Data)
		}
		return nil, nil
	}}
	tg.push(pressUpdate(1, agora, "hemlock"), pressUpdate(2, agora, "x"))
	p := poll(t, client, c, ReceiverOptions{})
	run(t, clock)
	tg.confirmed(3)
	p.stop(t)
	c.expect(t, 2)
	if text := log.String(); !strings.Contains(text, "TestPollSurvivesPanics") || strings.Contains(text, "hemlock") {
		t.Errorf("the log must tell where, not what: %s", text)
	}
}

func TestPollAfterErrors(t *testing.T) {
	tg := newTelegram(t)
	var log bytes.Buffer
	client, clock := tg.dial(func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	tg.answer("getUpdates",
		page(502, "<html>"),
		refused(409, "Conflict: terminated by other getUpdates request"),
		refused(429, "Too Many Requests: retry after 60", "retry_after", 60),
		ok(`{"not":"an array"}`),
	)
	tg.push(messageUpdate(1, agora, "x"))
	c := new(clerk)
	started := clock.Now()
	p := poll(t, client, c, ReceiverOptions{})
	run(t, clock)
	tg.confirmed(2)
	p.stop(t)
	if took := clock.Since(started); took < time.Minute {
		t.Errorf("came back after %v, though told to wait a minute", took)
	}
	if text := log.String(); !strings.Contains(text, "level=ERROR") || !strings.Contains(text, "another process") {
		t.Errorf("the log does not name the conflict: %s", text)
	}
}

func TestPollEndsWithoutToken(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	tg.answer("getUpdates", refused(401, "Unauthorized"))
	if err := NewReceiver(client, new(clerk), ReceiverOptions{}).Poll(t.Context()); !errors.Is(err, wire.ErrUnauthorized) {
		t.Errorf("got %v", err)
	}
}

// Told to stop, Poll finishes and confirms what it has begun, and begins nothing.
func TestPollStops(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	begun, release := make(chan struct{}), make(chan struct{})
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		close(begun)
		<-release
		return nil, nil
	}}
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, agora, "x"))
	p := poll(t, client, c, ReceiverOptions{})
	receive(t, begun)
	p.cancel()
	select {
	case <-p.result:
		t.Fatal("work in progress was abandoned")
	default:
	}
	close(release)
	p.stop(t)
	tg.confirmed(2)
	c.expect(t, 1)
}

// Work that does not end within the grace is interrupted and comes again.
func TestPollGrace(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	begun := make(chan struct{})
	c := &clerk{handle: func(ctx context.Context, u wire.Update) ([]wire.Call, error) {
		close(begun)
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	tg.push(pressUpdate(1, agora, "x"))
	p := poll(t, client, c, ReceiverOptions{Grace: 2 * time.Second})
	receive(t, begun)
	p.cancel()
	run(t, clock)
	p.stop(t)
	tg.mu.Lock()
	defer tg.mu.Unlock()
	if tg.highest() > 0 {
		t.Errorf("confirmed up to %d", tg.highest())
	}
}

// What Poll may take when it is told to stop leaves half a second of the five that are promised.
func TestPollStopsInTime(t *testing.T) {
	t.Parallel()
	client, _ := newTelegram(t).dial()
	if took := NewReceiver(client, &clerk{}, ReceiverOptions{}).grace + handOver + lastPoll; took > 4500*time.Millisecond {
		t.Errorf("it may take %v", took)
	}
}
