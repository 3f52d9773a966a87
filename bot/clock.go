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
	// offBy is from how much on a machine's clock counts as wrong. Telegram tells times in whole seconds.
	offBy = 2 * time.Second
	// opinions is of how many answers the middle one is believed.
	opinions = 5
	// enough is how many of them must have come.
	enough = 3
	// doubtEvery is how often at most Telegram is asked for the time alone.
	doubtEvery = time.Minute
	// holdBack is how far the time may be set back without running backwards: it stands still meanwhile. If it was
	// more than that, standing still would do more harm.
	holdBack = time.Minute
)

// Clock is a clock that goes by Telegram's. It is the machine's own as long as that is right, or nobody has said otherwise. It
// learns the time from the answers to calls and from the dates of messages. From the first answer on it counts the time that
// passes, so that setting the machine's clock, rightly or wrongly, changes nothing. It is safe for concurrent use.
//
// Whatever is compared with a time of Telegram's, or told to Telegram, must be by this clock.
type Clock struct {
	clockwork.Clock // the machine's, whose timers are as good as any

	mu    sync.Mutex      // guards all below
	from  time.Time       // when it was is, by the machine's clock; zero = nothing was learned yet
	is    time.Time       // without a monotonic reading, so that all its times are compared alike
	diffs []time.Duration // how much later it was by the last answers
	last  time.Time       // that was told
	doubt time.Time       // when Telegram was last asked for the time alone, by the machine's clock
}

// NewClock returns a clock that knows no better yet than the machine's.
func NewClock(machine clockwork.Clock) *Clock { return &Clock{Clock: machine} }

// Now is the time by Telegram's clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	machine := c.Clock.Now()
	if c.from.IsZero() {
		return machine
	}
	now := c.at(machine)
	if early := c.last.Sub(now); early > 0 && early < holdBack {
		return c.last
	}
	c.last = now
	return now
}

// Since is the time that has passed since t.
func (c *Clock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

// Until is the time that passes until t.
func (c *Clock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// Off is how much later it is by the machine's clock than by Telegram's; 0 if the machine's is right, or nobody knows.
func (c *Clock) Off() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	machine := c.Clock.Now()
	if c.from.IsZero() {
		return 0
	}
	if off := machine.Round(0).Sub(c.at(machine)); off.Abs() >= offBy {
		return off
	}
	return 0
}

// at is the time by Telegram's clock when the machine's shows one.
func (c *Clock) at(machine time.Time) time.Time { return c.is.Add(machine.Sub(c.from)) }

// answered learns from an answer that was dated while a call was under way. Both times are the machine's. A date is of
// whole seconds, rounded down, and was written at some time in between.
func (c *Clock) answered(sent, got, dated time.Time) {
	travel := max(0, got.Sub(sent))
	unsure := (time.Second + travel) / 2
	c.learn(got, dated.Add(unsure), unsure)
}

// notBefore learns from the date of a message that came just now: it is not earlier than that.
func (c *Clock) notBefore(dated time.Time) {
	c.mu.Lock()
	early := !c.from.IsZero() && c.at(c.Clock.Now()).Add(offBy).Before(dated)
	c.mu.Unlock()
	if early {
		c.learn(c.Clock.Now(), dated, 0)
	}
}

// learn notes that it is a time, give or take a little, when the machine's clock shows another.
func (c *Clock) learn(machine, is time.Time, unsure time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.from.IsZero() {
		c.from, c.is = machine, machine.Round(0)
		if is.Sub(c.is).Abs() >= unsure+offBy {
			c.is = is
		}
		return
	}
	diff := is.Sub(c.at(machine))
	if diff.Abs() < unsure+offBy {
		diff = 0
	}
	c.diffs = append(c.diffs, diff)
	if len(c.diffs) > opinions {
		c.diffs = c.diffs[1:]
	}
	if len(c.diffs) < enough {
		return
	}
	sorted := slices.Sorted(slices.Values(c.diffs))
	if middle := sorted[len(sorted)/2]; middle.Abs() >= offBy {
		c.from, c.is, c.diffs = machine, c.at(machine).Add(middle), nil
	}
}

// disputed reports whether the last answer told another time than the clock does.
func (c *Clock) disputed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.diffs) > 0 && c.diffs[len(c.diffs)-1] != 0
}

// mayDoubt reports whether Telegram may be asked for the time alone, which it is from now on.
func (c *Clock) mayDoubt() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.Clock.Now()
	if ago := now.Sub(c.doubt); !c.doubt.IsZero() && ago >= 0 && ago < doubtEvery {
		return false
	}
	c.doubt = now
	return true
}

// noticed learns from an answer. Telegram's own server dates each. One of the operator's may not; then what was sent just now
// tells the time.
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
