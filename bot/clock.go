package bot

import (
	"bytes"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	// tolerance is the difference from which on the machine's clock counts as wrong. Telegram tells whole seconds.
	tolerance = 2 * time.Second
	// maxSamples is how many answers are compared; the median counts.
	maxSamples = 5
	// minSamples is how many answers are needed.
	minSamples = 3
	// askEvery is the least time between two calls that only ask for the time.
	askEvery = time.Minute
	// maxStandstill is how far the time may be set back without running backwards: meanwhile it stands still. With
	// more than that, standing still would do more harm.
	maxStandstill = time.Minute
)

// Clock tells Telegram's time. It equals the machine's clock as long as that is right, or nothing else is known. It
// learns the time from the answers to calls and from the dates of messages. From the first answer on it counts the time
// that passes, so setting the machine's clock changes nothing. It is safe for concurrent use.
//
// Use this clock for every time that is compared with one of Telegram's or sent to Telegram.
type Clock struct {
	clockwork.Clock // the machine's; its timers are used

	mu       sync.Mutex      // guards all below
	machine  time.Time       // a time of the machine's clock; zero = nothing was learned yet
	telegram time.Time       // Telegram's time at that moment, without a monotonic reading
	diffs    []time.Duration // how far the last answers were ahead of this clock
	last     time.Time       // the last time returned by Now
	asked    time.Time       // when Telegram was last asked only for the time, by the machine's clock
}

// NewClock returns a clock that starts with the machine's time.
func NewClock(machine clockwork.Clock) *Clock { return &Clock{Clock: machine} }

// Now is Telegram's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	machine := c.Clock.Now()
	if c.machine.IsZero() {
		return machine
	}
	now := c.at(machine)
	if early := c.last.Sub(now); early > 0 && early < maxStandstill {
		return c.last
	}
	c.last = now
	return now
}

// Since is the time that has passed since t.
func (c *Clock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

// Until is the time that passes until t.
func (c *Clock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// Off is how far the machine's clock is ahead of Telegram's; 0 if it is right, or nothing is known.
func (c *Clock) Off() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	machine := c.Clock.Now()
	if c.machine.IsZero() {
		return 0
	}
	if off := machine.Round(0).Sub(c.at(machine)); off.Abs() >= tolerance {
		return off
	}
	return 0
}

// at converts a time of the machine's clock to Telegram's.
func (c *Clock) at(machine time.Time) time.Time { return c.telegram.Add(machine.Sub(c.machine)) }

// answered learns from the date of an answer. The call was sent and its answer got at these times of the machine's
// clock. A date has whole seconds, rounded down, and was written somewhere in between.
func (c *Clock) answered(sent, got, dated time.Time) {
	travel := max(0, got.Sub(sent))
	unsure := (time.Second + travel) / 2
	c.learn(got, dated.Add(unsure), unsure)
}

// notBefore learns from the date of a message that came just now: the time is not earlier.
func (c *Clock) notBefore(dated time.Time) {
	c.mu.Lock()
	early := !c.machine.IsZero() && c.at(c.Clock.Now()).Add(tolerance).Before(dated)
	c.mu.Unlock()
	if early {
		c.learn(c.Clock.Now(), dated, 0)
	}
}

// learn notes that Telegram's time is one, within a margin, while the machine's clock shows the other.
func (c *Clock) learn(machine, is time.Time, unsure time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.machine.IsZero() {
		c.machine, c.telegram = machine, machine.Round(0)
		if is.Sub(c.telegram).Abs() >= unsure+tolerance {
			c.telegram = is
		}
		return
	}
	diff := is.Sub(c.at(machine))
	if diff.Abs() < unsure+tolerance {
		diff = 0
	}
	c.diffs = append(c.diffs, diff)
	if len(c.diffs) > maxSamples {
		c.diffs = c.diffs[1:]
	}
	if len(c.diffs) < minSamples {
		return
	}
	sorted := slices.Sorted(slices.Values(c.diffs))
	if middle := sorted[len(sorted)/2]; middle.Abs() >= tolerance {
		c.machine, c.telegram, c.diffs = machine, c.at(machine).Add(middle), nil
	}
}

// disputed reports whether the last answer disagrees with the clock.
func (c *Clock) disputed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.diffs) > 0 && c.diffs[len(c.diffs)-1] != 0
}

// mayAsk reports whether Telegram may be asked only for the time, and notes that it is.
func (c *Clock) mayAsk() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.Clock.Now()
	if ago := now.Sub(c.asked); !c.asked.IsZero() && ago >= 0 && ago < askEvery {
		return false
	}
	c.asked = now
	return true
}

// noticed learns from an answer. Telegram's own server dates every answer. An operator's own server may not; then the
// date of a message that was sent just now tells the time.
func (c *Clock) noticed(sent, got time.Time, header http.Header, body []byte) {
	if dated, err := http.ParseTime(header.Get("Date")); err == nil {
		c.answered(sent, got, dated)
		return
	}
	if result, ok := wire.SplitAnswer(body); ok && bytes.HasPrefix(result, []byte("{")) {
		if dated := wire.DateOf(result); dated != 0 {
			c.answered(sent, got, time.Unix(dated, 0))
		}
	}
}
