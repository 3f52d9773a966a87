package bot

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// refusing admits no press, and says so with a toast.
func refusing(u *wire.Update) (bool, []wire.Call) {
	return false, []wire.Call{wire.AnswerCallback(u.Callback.ID, "too fast", false)}
}

// What is not admitted is confirmed, and its sender told so, without being handled. Ordinary updates are not asked about.
func TestNotAdmitted(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	c := &clerk{admit: func(u *wire.Update) (bool, []wire.Call) {
		if u.Callback.Data == "flood" {
			return refusing(u)
		}
		return true, nil
	}}
	p := poll(t, client, c, ReceiverOptions{})
	tg.push(pressUpdate(1, agora, "flood"), messageUpdate(2, agora, "x"), pressUpdate(3, agora, "x"))
	tg.confirmed(4)
	p.stop(t)
	c.expect(t, 2, 3)
	for line, want := range map[string]int{"admit 1": 1, "admit 2": 0, "admit 3": 1, "handle 1": 0} {
		if got := c.tried(line); got != want {
			t.Errorf("%s: %d times, want %d", line, got, want)
		}
	}
	if said := tg.calls(1); len(said) != 1 || said[0].form.Get("callback_query_id") != "q1" || said[0].form.Get("text") != "too fast" {
		t.Errorf("said %v", said)
	}
}

// While an update is handled Telegram repeats it, and those behind it. They are asked about once.
func TestAdmittedOnce(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	run(t, clock)
	release := make(chan struct{})
	c := &clerk{admit: func(*wire.Update) (bool, []wire.Call) { return true, nil }}
	c.handle = func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		if u.ID == 1 {
			<-release
		}
		return nil, nil
	}
	p := poll(t, client, c, ReceiverOptions{})
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, agora+1, "x"))
	tg.wait("three polls", func() bool { return tg.asked >= 3 })
	close(release)
	tg.confirmed(3)
	p.stop(t)
	if one, two := c.tried("admit 1"), c.tried("admit 2"); one != 1 || two != 1 {
		t.Errorf("asked %d and %d times", one, two)
	}
}

// By webhook too, what is not admitted is confirmed. A handler that panics admits.
func TestNotAdmittedByWebhook(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	c := &clerk{admit: func(u *wire.Update) (bool, []wire.Call) {
		if u.Callback.Data == "panic" {
			panic("no")
		}
		return refusing(u)
	}}
	r := NewReceiver(client, c, ReceiverOptions{})
	hook := r.Webhook(testSecret)
	for i, data := range []string{"flood", "panic"} {
		if got := knock(hook, "POST", testSecret, pressUpdate(int64(i+1), agora, data)); got != 200 {
			t.Errorf("%s: answered %d", data, got)
		}
	}
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.expect(t, 2)
	if said := tg.calls(1); len(said) != 1 || said[0].form.Get("callback_query_id") != "q1" {
		t.Errorf("said %v", said)
	}
}

// A flood of updates that are not admitted takes no place from other people's answers, and leaves no toasts for later.
func TestOffersTakeNoPlaceFromAnswers(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	release := make(chan struct{})
	for range offersAtOnce {
		tg.answer("answerCallbackQuery", func(w http.ResponseWriter, r *http.Request) {
			<-release
			ok("true")(w, r)
		})
	}
	var later []string
	a := newAnswers(client, ReceiverOptions{Later: func(_ context.Context, call wire.Call) error {
		later = append(later, call.Method)
		return nil
	}})
	for i := range offersAtOnce {
		a.offer(t.Context(), []wire.Call{wire.AnswerCallback(fmt.Sprint("f", i), "too fast", false)})
	}
	tg.calls(offersAtOnce) // all places are taken
	a.offer(t.Context(), []wire.Call{wire.AnswerCallback("dropped", "too fast", false), wire.DeleteMessages(agora, []int64{7})})
	if len(later) != 1 || later[0] != "deleteMessage" {
		t.Errorf("for later: %q", later)
	}
	a.send(t.Context(), 0, []wire.Call{wire.AnswerCallback("counted", "Counted.", false)})
	said := tg.calls(offersAtOnce + 1)
	if got := said[offersAtOnce].form.Get("callback_query_id"); got != "counted" {
		t.Errorf("the last call answers %q", got)
	}
	close(release)
	<-a.quiet()
	if len(later) != 1 { // none of the others
		t.Errorf("for later: %q", later)
	}
}
