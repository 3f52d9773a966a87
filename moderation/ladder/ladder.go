package ladder

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Penalty is what a step of the ladder does.
type Penalty string

// The penalties, from mild to hard.
const (
	Remove Penalty = "remove" // the message goes, and nothing else happens; on no ladder

	Warn Penalty = "warn"
	Mute Penalty = "mute"
	Kick Penalty = "kick" // out, but free to come back
	Ban  Penalty = "ban"
)

// Step is one rung of a [Ladder].
type Step struct {
	Kind Penalty       `json:"Deed"`
	For  time.Duration `json:"For"` // of a mute always, of a ban unless it is for ever; else 0
}

// String gives the step as an admin types it: "warn", "mute 1h", "ban".
func (s Step) String() string {
	if s.For == 0 {
		return string(s.Kind)
	}
	return string(s.Kind) + " " + FormatDuration(s.For)
}

// Until is when a step that begins at from is over, zero if it has no end of its own.
func (s Step) Until(from time.Time) time.Time {
	if s.For == 0 {
		return time.Time{}
	}
	return from.Add(s.For)
}

// ranks order the penalties from mild to hard.
var ranks = map[Penalty]int{Remove: -1, Warn: 0, Mute: 1, Kick: 2, Ban: 3}

// HarderThan reports whether s is a harder penalty than other: another penalty, or the same for longer.
func (s Step) HarderThan(other Step) bool {
	if s.Kind != other.Kind {
		return ranks[s.Kind] > ranks[other.Kind]
	}
	return other.For != 0 && (s.For == 0 || s.For > other.For)
}

// Ladder is the penalties in the order in which they are applied.
type Ladder []Step

// MaxSteps is how long a ladder may be.
const MaxSteps = 20

// errLadder is the one thing wrong with a ladder that cannot be read; the caller knows what to say.
var errLadder = errors.New("a ladder is steps such as warn, mute 1h, kick, ban 7d, ban, with commas between")

// commas are what people type for one.
var commas = strings.NewReplacer("，", ",", "、", ",")

// ParseLadder reads "warn, mute 1h, mute 1d, ban 7d, ban". It is what [Ladder.String] writes.
func ParseLadder(text string) (Ladder, error) {
	parts := strings.Split(commas.Replace(text), ",")
	if len(parts) > MaxSteps {
		return nil, errLadder
	}
	ladder := make(Ladder, 0, len(parts))
	for _, part := range parts {
		step, err := parseStep(part)
		if err != nil {
			return nil, err
		}
		ladder = append(ladder, step)
	}
	return ladder, nil
}

func parseStep(text string) (Step, error) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return Step{}, errLadder
	}
	penalty, timed := Penalty(words[0]), len(words) > 1
	switch {
	case (penalty == Warn || penalty == Kick || penalty == Ban) && !timed:
		return Step{Kind: penalty}, nil
	case (penalty == Mute || penalty == Ban) && timed:
		d, err := ParseDuration(strings.Join(words[1:], " "))
		if err != nil || d < MinPenalty || d > MaxPenalty {
			return Step{}, fmt.Errorf("%w; a time is from 1m to 365d", errLadder)
		}
		return Step{penalty, d}, nil
	default:
		return Step{}, errLadder
	}
}

// String gives the ladder as an admin types it.
func (l Ladder) String() string {
	steps := make([]string, len(l))
	for i, s := range l {
		steps[i] = s.String()
	}
	return strings.Join(steps, ", ")
}

// At is the step for someone who stands at level, counted from 1. Above the top it is the top.
func (l Ladder) At(level int) Step {
	if len(l) == 0 || level < 1 {
		return Step{Kind: Warn}
	}
	return l[min(level, len(l))-1]
}

// LevelOf is the highest level whose step, and those below it, are no harder than a step.
func (l Ladder) LevelOf(most Step) int {
	level := 0
	for level < len(l) && !l[level].HarderThan(most) {
		level++
	}
	return level
}

// MarshalText writes the ladder as an admin types it.
func (l Ladder) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (l *Ladder) UnmarshalText(text []byte) error {
	parsed, err := ParseLadder(string(text))
	if err != nil {
		return err
	}
	*l = parsed
	return nil
}

const day = 24 * time.Hour

// DefaultLadder is what a group starts with.
func DefaultLadder() Ladder {
	return Ladder{{Warn, 0}, {Mute, time.Hour}, {Mute, day}, {Ban, 7 * day}, {Ban, 0}}
}

// UsualLadders are ladders that many choose, from mild to harsh.
var UsualLadders = []Ladder{
	{{Warn, 0}, {Warn, 0}, {Mute, time.Hour}, {Mute, day}, {Ban, 7 * day}},
	DefaultLadder(),
	{{Mute, time.Hour}, {Mute, day}, {Ban, 0}},
	{{Mute, day}, {Ban, 0}},
	{{Ban, 0}},
}

// Removes reports whether the author is out of the group then, and could not read of it any more.
func (s Step) Removes() bool { return s.Kind == Kick || s.Kind == Ban }
