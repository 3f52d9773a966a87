package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// counting is a plain count of reports: so many uphold, and nothing speaks against it.
type counting struct{ need, have int }

func count(n int) func(*Script, moderation.Policy) bench {
	return func(*Script, moderation.Policy) bench { return &counting{need: n} }
}

func (c *counting) track(int) moderation.Track { return moderation.Track{} }

func (c *counting) open(time.Time) { c.have = 0 }

func (c *counting) cast(b moderation.Ballot) moderation.Judgement {
	if b.Side == moderation.Breaks {
		c.have++
	}
	if c.have >= c.need {
		return moderation.Judgement{Verdict: moderation.Upheld}
	}
	return moderation.Judgement{Verdict: moderation.Open}
}

func (c *counting) settle(moderation.Case, bool, []moderation.Ballot, int64) {}
