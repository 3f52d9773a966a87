package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// stopwatch times answers: from when an update left for the bot to when what it is answered with arrived.
type stopwatch struct {
	mu      sync.Mutex
	waiting map[string]time.Time // by what the answer will name
	took    []time.Duration
	each    chan time.Duration // for who waits for each; capacity 1024, what finds no room is left out
}

func newStopwatch() *stopwatch {
	return &stopwatch{waiting: map[string]time.Time{}, each: make(chan time.Duration, 1024)}
}

// handout is a response with updates that start the watch.
type handout struct {
	http.ResponseWriter

	watch *stopwatch
}

// Write implements [http.ResponseWriter].
func (h *handout) Write(body []byte) (int, error) {
	now := time.Now()
	if bytes.Contains(body, []byte(`"ephemeral_message_id"`)) || bytes.Contains(body, []byte(`"callback_query"`)) {
		h.watch.start(body, now)
	}
	return h.ResponseWriter.Write(body)
}

func (s *stopwatch) start(body []byte, now time.Time) {
	type update struct {
		Message struct {
			Chat        struct{ ID int64 }
			EphemeralID int64 `json:"ephemeral_message_id"`
		}
		Press struct{ ID string } `json:"callback_query"`
	}
	var a struct{ Result []update }
	if err := json.Unmarshal(body, &a); err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range a.Result {
		if u.Message.EphemeralID != 0 {
			s.waiting[command(u.Message.Chat.ID, u.Message.EphemeralID)] = now
		}
		if u.Press.ID != "" {
			s.waiting[u.Press.ID] = now
		}
	}
}

func command(chat, ephemeral int64) string { return fmt.Sprint(chat, "/", ephemeral) }

// stop looks whether a call answers what is waited for.
func (s *stopwatch) stop(method string, r *http.Request) {
	now := time.Now()
	if method != "sendMessage" && method != "answerCallbackQuery" || r.ParseForm() != nil {
		return
	}
	name := r.Form.Get("callback_query_id")
	if method == "sendMessage" {
		var to struct {
			ID int64 `json:"ephemeral_message_id"`
		}
		if err := json.Unmarshal([]byte(r.Form.Get("reply_parameters")), &to); err != nil {
			return
		}
		name = r.Form.Get("chat_id") + "/" + fmt.Sprint(to.ID)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	began, ok := s.waiting[name]
	if !ok {
		return
	}
	delete(s.waiting, name)
	s.took = append(s.took, now.Sub(began))
	select {
	case s.each <- now.Sub(began):
	default:
	}
}

// reset forgets what was timed so far, and gives it, sorted.
func (s *stopwatch) reset() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	took := s.took
	s.took = nil
	slices.Sort(took)
	return took
}

// at is below which so large a share of the times are, in ms.
func at(sorted []time.Duration, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[int(share*float64(len(sorted)-1))].Microseconds()) / 1000
}
