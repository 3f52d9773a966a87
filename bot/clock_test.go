package bot

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

var noonOfTelegram = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// dated is an answer of Telegram's at a time.
func dated(at time.Time) http.Header {
	return http.Header{"Date": {at.UTC().Format(http.TimeFormat)}}
}

// hears lets a clock learn from answers that come at once, when the machine is so much fast.
func hears(c *Clock, fast time.Duration, times int) {
	for range times {
		now := c.Clock.Now()
		c.noticed(now, now, dated(now.Add(-fast)), nil)
	}
}

func TestClockGoesByTelegrams(t *testing.T) {
	t.Parallel()
	for _, fast := range []time.Duration{-5 * time.Minute, 72 * time.Hour, -30 * time.Second, 4 * time.Second} {
		machine := clockwork.NewFakeClockAt(noonOfTelegram)
		c := NewClock(machine)
		if !c.Now().Equal(noonOfTelegram) || c.Off() != 0 {
			t.Errorf("%v: before anybody says otherwise it is %v", fast, c.Now())
		}
		hears(c, fast, 1)
		if wrong := c.Now().Sub(machine.Now().Add(-fast)).Abs(); wrong > time.Second {
			t.Errorf("%v: the time is wrong by %v", fast, wrong)
		}
		if (c.Off() - fast).Abs() > time.Second {
			t.Errorf("%v: it is said to be %v", fast, c.Off())
		}
		before := c.Now()
		machine.Advance(time.Hour)
		if c.Since(before) != time.Hour {
			t.Errorf("%v: an hour lasts %v", fast, c.Since(before))
		}
	}
}

// The clock of a machine that is right is not touched, however an answer was rounded and whatever it took.
func TestRightClockIsLeftAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		machine := clockwork.NewFakeClockAt(noonOfTelegram)
		c := NewClock(machine)
		fast := time.Duration(rapid.IntRange(-800, 800).Draw(t, "fast")) * time.Millisecond
		for range rapid.IntRange(1, 20).Draw(t, "answers") {
			machine.Advance(time.Duration(rapid.IntRange(0, 5000).Draw(t, "pause")) * time.Millisecond)
			sent := machine.Now()
			there := time.Duration(rapid.IntRange(0, 4000).Draw(t, "there")) * time.Millisecond
			back := time.Duration(rapid.IntRange(0, 4000).Draw(t, "back")) * time.Millisecond
			machine.Advance(there + back)
			c.noticed(sent, machine.Now(), dated(sent.Add(there-fast)), nil)
		}
		if !c.Now().Equal(machine.Now()) || c.Off() != 0 {
			t.Fatalf("it is %v, and the machine's clock shows %v", c.Now(), machine.Now())
		}
	})
}

// One odd answer says nothing; when they agree it is so.
func TestOneAnswerIsNoNews(t *testing.T) {
	t.Parallel()
	machine := clockwork.NewFakeClockAt(noonOfTelegram)
	c := NewClock(machine)
	hears(c, 0, 3)
	hears(c, time.Hour, 1)
	if c.Off() != 0 {
		t.Errorf("after one answer the clock is believed to be off by %v", c.Off())
	}
	hears(c, time.Hour, 4)
	if (c.Off() - time.Hour).Abs() > time.Second {
		t.Errorf("after five it is believed to be off by %v", c.Off())
	}
}

// timekeeper answers all calls, each with the date that is told next, and then with the last one.
type timekeeper struct {
	tells []time.Time
	asked int
}

func (k *timekeeper) RoundTrip(*http.Request) (*http.Response, error) {
	date := k.tells[min(k.asked, len(k.tells)-1)]
	k.asked++
	body := io.NopCloser(strings.NewReader(`{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"O","username":"o"}}`))
	return &http.Response{StatusCode: http.StatusOK, Header: dated(date), Body: body}, nil
}

// Whatever one answer says, nothing is done by it before others were heard. That holds at the start, and when a machine that
// slept wakes up with a clock that stood still.
func TestOneAnswerIsComparedWithOthers(t *testing.T) {
	t.Parallel()
	now, odd := noonOfTelegram, noonOfTelegram.Add(72*time.Hour)
	for name, test := range map[string]struct {
		tells       []time.Time // by what was asked first
		want        time.Time
		first, more int // how often it is asked
	}{
		"all is well":           {[]time.Time{now}, now, 1, 1},
		"a lie at the start":    {[]time.Time{odd, now}, now, 4, 1},
		"a lie later":           {[]time.Time{now, odd, now}, now, 1, 2},
		"the machine is slow":   {[]time.Time{odd}, odd, 4, 1},
		"the machine has slept": {[]time.Time{now, odd}, odd, 1, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keeper := &timekeeper{tells: test.tells}
			c := NewClock(clockwork.NewFakeClockAt(now))
			client, err := Dial(t.Context(), Options{Token: testToken, HTTP: &http.Client{Transport: keeper}, Clock: c})
			if err != nil {
				t.Fatal(err)
			}
			first := keeper.asked
			if _, err := client.Do(t.Context(), wire.Call{Method: "getMe"}); err != nil {
				t.Fatal(err)
			}
			if wrong := c.Now().Sub(test.want).Abs(); wrong > tolerance || first != test.first || keeper.asked-first != test.more {
				t.Errorf("it is %v after %d answers and %d, want %v after %d and %d", c.Now(), first, keeper.asked-first, test.want, test.first, test.more)
			}
		})
	}
}

// What is set back by less than a minute stands still meanwhile, so that nothing happens before what led to it.
func TestClockDoesNotRunBackwards(t *testing.T) {
	t.Parallel()
	machine := clockwork.NewFakeClockAt(noonOfTelegram)
	c := NewClock(machine)
	hears(c, 0, 1)
	before := c.Now()
	hears(c, 20*time.Second, 5)
	if now := c.Now(); now.Before(before) {
		t.Errorf("it was %v, and is %v", before, now)
	}
	machine.Advance(time.Minute)
	if wrong := c.Now().Sub(machine.Now().Add(-20 * time.Second)).Abs(); wrong > time.Second {
		t.Errorf("a minute later it is wrong by %v", wrong)
	}
}

// A server of the operator's own may not date its answers. Then what was sent, and what comes in, tells the time.
func TestTimeWithoutDatedAnswers(t *testing.T) {
	t.Parallel()
	sent := func(text string) *Clock {
		machine := clockwork.NewFakeClockAt(noonOfTelegram)
		c := NewClock(machine)
		c.noticed(machine.Now(), machine.Now(), http.Header{}, []byte(text))
		return c
	}
	if c := sent(`{"ok":true,"result":{"message_id":5,"chat":{"id":-1},"date":1788260400}}`); (c.Off() - time.Hour).Abs() > time.Second {
		t.Errorf("a message that was sent an hour before noon: the clock is believed to be off by %v", c.Off())
	}
	for _, text := range []string{`{"ok":true,"result":true}`, `{"ok":false,"description":"no"}`, `{"ok":true,"result":{"url":""}}`, `{"ok":true,"result":[{"date":1}]}`} {
		if c := sent(text); !c.machine.IsZero() {
			t.Errorf("%s tells the time", text)
		}
	}
	machine := clockwork.NewFakeClockAt(noonOfTelegram)
	c := NewClock(machine)
	client := &Client{time: c}
	hears(c, 0, 1)
	for range 5 {
		client.date(&wire.Update{Message: &wire.Message{Date: noonOfTelegram.Add(-time.Hour).Unix()}}) // it waited
	}
	if c.Off() != 0 {
		t.Errorf("old messages say that it is off by %v", c.Off())
	}
	for range 5 {
		client.date(&wire.Update{Message: &wire.Message{Date: noonOfTelegram.Add(time.Hour).Unix()}})
	}
	if (c.Off() + time.Hour).Abs() > time.Second {
		t.Errorf("messages that come from the future say that it is off by %v", c.Off())
	}
}
