package simulate

import "github.com/ostrakon-bot/ostrakon/moderation"

// counting is a plain count of reports: so many uphold.
type counting int

func count(n int) func(*group) bench {
	return seatPlain(func(*group) flags { return counting(n) })
}

func (c counting) enough() float64 { return float64(c) }

func (c counting) worth(moderation.Ballot) float64 { return 1 }

func (c counting) learn(bool, []moderation.Ballot) {}
