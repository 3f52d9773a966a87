package e2e

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// firstCall is about the latest message with that text.
func firstCall(w *world, a []string) error {
	for i := len(w.said) - 1; i >= 0; i-- {
		if strings.Contains(w.said[i].text, a[0]) {
			calls := w.sim.CallsSince(w.said[i].calls)
			if len(calls) == 0 || calls[0].Method != a[1] {
				return fmt.Errorf("the calls were %v", methods(calls))
			}
			return nil
		}
	}
	return fmt.Errorf("nobody wrote %q", a[0])
}

func methods(calls []tgsim.Call) (names []string) {
	for _, c := range calls {
		names = append(names, fmt.Sprintf("%s(%d)", c.Method, c.Code))
	}
	return names
}

func callsDone(w *world, a []string) error {
	n := 0
	for _, c := range w.sim.Calls() {
		if c.Method == a[0] && c.OK() {
			n++
		}
	}
	if strconv.Itoa(n) != a[1] {
		return fmt.Errorf("it did %d times", n)
	}
	return nil
}

// cameBefore compares the last successful calls of two methods.
func cameBefore(w *world, a []string) error {
	last := map[string]int{a[0]: -1, a[1]: -1}
	for _, c := range w.sim.Calls() {
		if c.OK() {
			last[c.Method] = c.N
		}
	}
	if last[a[0]] < 0 || last[a[0]] > last[a[1]] {
		return fmt.Errorf("%s is call %d, %s is call %d", a[0], last[a[0]], a[1], last[a[1]])
	}
	return nil
}

// toldBefore compares when somebody was first written to, in private or ephemerally, with when a
// method was last called with success.
func toldBefore(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		told, done := -1, -1
		for _, c := range w.sim.Calls() {
			to := strconv.FormatInt(w.who(a[0]).ID(), 10)
			about := c.JSON("chat_id") + c.JSON("ephemeral_message_parameters")
			switch {
			case !c.OK():
			case c.Method == a[2]:
				done = c.N
			case told < 0 && c.Method == "sendMessage" && strings.Contains(about, to) && strings.Contains(c.Text("text"), a[1]):
				told = c.N
			}
		}
		if told < 0 || done < 0 || (told < done) != want {
			return fmt.Errorf("%s was told by call %d, %s is call %d", a[0], told, a[2], done)
		}
		return nil
	}
}
