package bot

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// answering runs one press through a handler that answers with the calls, and
// returns the methods that were sent at once and those handed over.
func answering(t *testing.T, tg *telegram, client *Client, calls ...wire.Call) (sent, later []string) {
	t.Helper()
	c := &clerk{handle: func(context.Context, wire.Update) ([]wire.Call, error) { return calls, nil }}
	p := poll(t, client, c, ReceiverOptions{Later: func(_ context.Context, call wire.Call) error {
		tg.mu.Lock()
		defer tg.mu.Unlock()
		later = append(later, call.Method)
		return nil
	}})
	tg.push(pressUpdate(1, agora, "x"))
	tg.confirmed(2)
	p.stop(t) // also waits for the answers
	for _, call := range tg.calls(0) {
		sent = append(sent, call.method)
	}
	return sent, later
}

func TestAnswers(t *testing.T) {
	toast := wire.AnswerCallback("q1", "counted", false)
	note := wire.SendMessage(agora, "Reported.").Ephemeral(5, "q1", 0)
	edit := wire.EditEphemeralText(wire.EphemeralRef{Chat: agora, Receiver: 5, ID: 3}, "Done.")

	t.Run("in order", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		sent, later := answering(t, tg, client, toast, note, edit)
		if want := []string{"answerCallbackQuery", "sendMessage", "editEphemeralMessageText"}; !slices.Equal(sent, want) || len(later) > 0 {
			t.Errorf("sent %q, later %q", sent, later)
		}
	})
	t.Run("chat held", func(t *testing.T) {
		tg := newTelegram(t)
		client, clock := tg.dial()
		client.Limits().Hold(agora, clock.Now().Add(1))
		sent, later := answering(t, tg, client, toast, note, edit)
		if !slices.Equal(sent, []string{"answerCallbackQuery"}) || !slices.Equal(later, []string{"sendMessage", "editEphemeralMessageText"}) {
			t.Errorf("sent %q, later %q", sent, later)
		}
	})
	t.Run("the rest follows", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("sendMessage", page(502, ""))
		sent, later := answering(t, tg, client, note, edit, toast)
		if !slices.Equal(sent, []string{"sendMessage", "answerCallbackQuery"}) || !slices.Equal(later, []string{"sendMessage", "editEphemeralMessageText"}) {
			t.Errorf("sent %q, later %q", sent, later)
		}
	})
	t.Run("too many", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("sendMessage", refused(429, "Too Many Requests: retry after 3", "retry_after", 3))
		if sent, later := answering(t, tg, client, note); len(sent) != 1 || !slices.Equal(later, []string{"sendMessage"}) {
			t.Errorf("sent %q, later %q", sent, later)
		}
	})
	t.Run("too late", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("answerCallbackQuery", refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"))
		if sent, later := answering(t, tg, client, toast, note); len(sent) != 2 || len(later) > 0 {
			t.Errorf("sent %q, later %q", sent, later)
		}
	})
}

// An answer that Telegram is slow to take keeps nobody waiting: neither the
// chat's next update nor its confirmation.
func TestAnswersDoNotBlock(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	release := make(chan struct{})
	tg.answer("answerCallbackQuery", func(w http.ResponseWriter, r *http.Request) {
		<-release
		ok("true")(w, r)
	})
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		if u.ID == 1 {
			return []wire.Call{wire.AnswerCallback("q1", "", false)}, nil
		}
		return nil, nil
	}}
	poll(t, client, c, ReceiverOptions{})
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, agora, "x"))
	tg.confirmed(3)
	close(release)
	c.expect(t, 1, 2)
}

// With too many answers on their way the next go to the outbox.
func TestAnswersOverflow(t *testing.T) {
	client, _ := newTelegram(t).dial()
	var later int
	a := newAnswers(client, ReceiverOptions{Later: func(context.Context, wire.Call) error { later++; return nil }})
	for range answersAtOnce {
		a.slots <- struct{}{}
	}
	a.send(t.Context(), 0, []wire.Call{wire.AnswerCallback("q", "", false), wire.SendMessage(agora, "x")})
	if later != 2 {
		t.Errorf("%d handed over", later)
	}
}

// A person is being answered from before an update of theirs is handled until its answer is sent, or handed over with all
// that could not be.
func TestAnswering(t *testing.T) {
	t.Parallel()
	tg := newTelegram(t)
	client, _ := tg.dial()
	tg.answer("sendMessage", refused(429, "Too Many Requests", "retry_after", 5))
	events := make(chan string, 10)
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		events <- "handled"
		if u.ID == 2 {
			return nil, nil
		}
		return []wire.Call{wire.SendMessage(u.Chat(), "Reported.").Ephemeral(5, "", 0), wire.AnswerCallback("q", "", false)}, nil
	}}
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, agora, "x"))
	p := poll(t, client, c, ReceiverOptions{
		Answering: func(person int64) { events <- fmt.Sprint("answering ", person) },
		Answered: func(_ context.Context, person int64, rest []wire.Call) error {
			events <- fmt.Sprint("answered ", person, " but for ", len(rest))
			return nil
		},
	})
	tg.confirmed(3)
	p.stop(t)
	close(events)
	var first []string
	count := map[string]int{}
	for e := range events {
		first = append(first, e)
		count[e]++
	}
	if first[0] != "answering 5" || first[1] != "handled" || count["answering 5"] != 2 || count["answered 5 but for 1"] != 1 || count["answered 5 but for 0"] != 1 {
		t.Errorf("it went %q", first)
	}
}
