package deliver_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// history is a Telegram with messages, of which it does not let some go. It removes none of a call that names one of these.
type history struct {
	groupsTelegram
	there, stay map[int64]bool
	lost        bool // the bot may not delete any more
	calls       int
	fail        func(call int) (done bool, err error) // what becomes of a call instead, and whether Telegram did it; nil for nothing
}

func newHistory(g *grouptest.Group, messages int, stay ...int64) *history {
	h := &history{groupsTelegram: telegramOf(g), there: map[int64]bool{}, stay: map[int64]bool{}}
	for id := range int64(messages) {
		h.there[id+1] = true
	}
	for _, id := range stay {
		h.stay[id] = true
	}
	return h
}

func (h *history) ids() []int64 { return slices.Sorted(maps.Keys(h.there)) }

func (h *history) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	ids, _ := call.Params["message_ids"].([]int64)
	if call.Method == "deleteMessage" {
		ids = []int64{call.Params["message_id"].(int64)}
	}
	switch {
	case h.lost && call.Method == "getChatMember":
		return wire.Result{Raw: []byte(`{"status":"administrator","user":{"id":99,"first_name":"Ostrakon"},"can_delete_messages":false}`)}, nil
	case len(ids) == 0:
		return h.groupsTelegram.Do(ctx, call)
	}
	h.calls++
	done, failed := true, error(nil)
	if h.fail != nil {
		done, failed = h.fail(h.calls)
	}
	if !done {
		return wire.Result{}, failed
	}
	if err := h.remove(call.Method, ids); failed == nil {
		failed = err
	}
	return wire.Result{Raw: []byte("true")}, failed
}

func (h *history) remove(method string, ids []int64) error {
	if len(ids) > 100 {
		return &wire.Error{Method: method, Code: 400, Description: "Bad Request: Too many message identifiers specified"}
	}
	for _, id := range ids {
		if h.there[id] && h.stay[id] {
			return &wire.Error{Method: method, Code: 400, Description: "Bad Request: message can't be deleted for everyone"}
		}
	}
	if method == "deleteMessage" && !h.there[ids[0]] {
		return &wire.Error{Method: method, Code: 400, Description: "Bad Request: message to delete not found"}
	}
	for _, id := range ids {
		delete(h.there, id)
	}
	return nil
}

// deliverAll delivers an effect and the deletions that come of it, as the outbox does. What is held stays with it.
func (h *history) deliverAll(ctx context.Context, g *grouptest.Group, e moderation.DeleteMessages) (held []moderation.DeleteMessages, err error) {
	d := deliver.New(moderation.NewCourt(g, grouptest.Now), databaseOf(g), h, grouptest.Now, slog.New(slog.DiscardHandler))
	queue := []moderation.DeleteMessages{e}
	for range 10_000 {
		if len(queue) == 0 {
			return held, nil
		}
		next, before := queue[0], len(g.Effects)
		queue = queue[1:]
		switch err := d.Deliver(ctx, next); {
		case err == nil || errors.Is(err, outbox.ErrNoted):
		case errors.Is(err, outbox.ErrHeld):
			held = append(held, next)
		default:
			queue = append(queue, next)
		}
		for _, e := range g.Effects[before:] {
			if more, ok := e.(moderation.DeleteMessages); ok {
				more.Chat = groupID
				queue = append(queue, more)
			}
		}
	}
	return held, errors.New("it never ends")
}

func deletionOf(h *history, id string) moderation.DeleteMessages {
	return moderation.DeleteMessages{Waiting: moderation.Waiting{Chat: groupID}, Case: id, Messages: h.ids()}
}

func upheld() *grouptest.Group {
	return grouptest.New(grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
}

// One message that Telegram does not let go keeps none of the others, wherever it stands, and costs few calls.
func TestOneMessageThatStays(t *testing.T) {
	t.Parallel()
	for id := int64(1); id <= 100; id++ {
		g := upheld()
		h := newHistory(g, 100, id)
		if _, err := h.deliverAll(t.Context(), g, deletionOf(h, "7KQ2")); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(h.ids(), []int64{id}) || h.calls > 15 || g.Asked("getChatMember") > 2 {
			t.Errorf("after %d calls, and %d questions, %v are left of %d", h.calls, g.Asked("getChatMember"), h.ids(), id)
		}
		if told := g.Topics(); !slices.Equal(told, []moderation.Topic{moderation.TopicTooOld}) || g.Docket.Case.Removal != moderation.ProgressLate {
			t.Errorf("the admins are told %v, and it is %q", told, g.Docket.Case.Removal)
		}
	}
}

// More messages than one call takes are removed in as few calls as there can be.
func TestMoreThanOneCallTakes(t *testing.T) {
	t.Parallel()
	g := upheld()
	h := newHistory(g, 250)
	if _, err := h.deliverAll(t.Context(), g, deletionOf(h, "7KQ2")); err != nil || len(h.there) > 0 || h.calls != 3 || len(g.Topics()) > 0 {
		t.Errorf("%v; after %d calls %d are left, told %v", err, h.calls, len(h.there), g.Topics())
	}
}

// When the bot may not delete any more, the messages wait for the right, and nobody is told that they are too old.
func TestRightIsLostOnTheWay(t *testing.T) {
	t.Parallel()
	g := upheld()
	h := newHistory(g, 8, 1)
	h.fail = func(call int) (bool, error) {
		h.lost = call >= 3
		if !h.lost {
			return true, nil
		}
		return false, &wire.Error{Method: "deleteMessages", Code: 400, Description: "Bad Request: message can't be deleted"}
	}
	all := deletionOf(h, "7KQ2")
	held, err := h.deliverAll(t.Context(), g, all)
	if err != nil || len(held) != 1 || !slices.Equal(held[0].Messages, all.Messages) {
		t.Errorf("%v; held %v", err, held)
	}
	if slices.Contains(g.Topics(), moderation.TopicTooOld) || g.Docket.Case.Removal != moderation.ProgressWaits {
		t.Errorf("the admins are told %v, and it is %q", g.Topics(), g.Docket.Case.Removal)
	}
}

// Whatever Telegram keeps, and whenever a call fails, is refused for being too much, or is done without an answer: in the end all is
// gone that can be, and the admins hear that something is left if something is.
func TestPartsInSpiteOfFailures(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := upheld()
		messages := rapid.IntRange(1, 230).Draw(t, "messages")
		stay := rapid.SliceOfNDistinct(rapid.Int64Range(1, int64(messages)), 0, min(messages, 6), rapid.ID).Draw(t, "that stay")
		h := newHistory(g, messages, stay...)
		h.fail = func(int) (bool, error) {
			switch rapid.IntRange(0, 9).Draw(t, "failure") {
			case 0:
				return false, &wire.Error{Method: "deleteMessages", Code: 429, RetryAfter: 3 * time.Second}
			case 1:
				return rapid.Bool().Draw(t, "done"), &wire.Error{Method: "deleteMessages"}
			default:
				return true, nil
			}
		}
		held, err := h.deliverAll(context.Background(), g, deletionOf(h, rapid.SampledFrom([]string{"", "7KQ2"}).Draw(t, "case")))
		slices.Sort(stay)
		if err != nil || len(held) > 0 || !slices.Equal(h.ids(), stay) {
			t.Fatalf("%v; held %v; %v are left and not %v", err, held, h.ids(), stay)
		}
		if told := slices.Contains(g.Topics(), moderation.TopicTooOld); told != (len(stay) > 0 && g.Docket.Case.Removal != "") {
			t.Fatalf("the admins are told %v, and it is %q", g.Topics(), g.Docket.Case.Removal)
		}
	})
}
