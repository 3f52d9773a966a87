package ladder_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// noon is when most tests take place.
var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

const usualLadder = "warn, mute 1h, mute 1d, ban 7d, ban"

func TestLaddersAreReadAndWritten(t *testing.T) {
	for name, test := range map[string]struct{ typed, written string }{
		"the usual one":       {usualLadder, usualLadder},
		"a single step":       {"kick", "kick"},
		"as people type":      {" WARN,Mute  60m ,\tban 1w", "warn, mute 1h, ban 7d"},
		"the shortest time":   {"mute 60s", "mute 1m"},
		"the longest time":    {"ban 365d", "ban 365d"},
		"as many as may be":   {strings.Repeat("warn,", ladder.MaxSteps-1) + "ban", strings.Repeat("warn, ", ladder.MaxSteps-1) + "ban"},
		"steps may come back": {"ban, warn", "ban, warn"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := ladder.ParseLadder(test.typed)
			if err != nil || l.String() != test.written {
				t.Errorf("read as %q, %v; want %q", l, err, test.written)
			}
		})
	}
	if usual := ladder.DefaultLadder().String(); usual != usualLadder {
		t.Errorf("a new group has %q, want %q", usual, usualLadder)
	}
}

func TestNoLadders(t *testing.T) {
	for name, typed := range map[string]string{
		"nothing":                      "",
		"a comma too many":             "warn,",
		"no such penalty":              "scold",
		"a mute without a time":        "mute",
		"a warning with a time":        "warn 1h",
		"a kick with a time":           "kick 1d",
		"a time that is none":          "mute soon",
		"a time too short":             "mute 59s",
		"a time too long":              "ban 366d",
		"three words":                  "mute 1h please",
		"one more than may be":         strings.Repeat("warn,", ladder.MaxSteps) + "ban",
		"another sign between":         "warn; ban",
		"a step that stands for other": "ban ban",
	} {
		t.Run(name, func(t *testing.T) {
			if l, err := ladder.ParseLadder(typed); err == nil {
				t.Errorf("%q was read as %q", typed, l)
			}
		})
	}
}

func TestLadderThatCannotBeReadStaysAsItWas(t *testing.T) {
	l := ladder.DefaultLadder()
	if err := l.UnmarshalText([]byte("warn, scold")); err == nil || l.String() != usualLadder {
		t.Errorf("became %q, %v", l, err)
	}
}

func TestUsualLaddersGrowHarsher(t *testing.T) {
	usual := ladder.UsualLadders
	for i, l := range usual {
		if read, err := ladder.ParseLadder(l.String()); err != nil || !slices.Equal(read, l) {
			t.Errorf("%q is read as %q, %v", l, read, err)
		}
		for level := 1; i > 0 && level <= ladder.MaxSteps; level++ {
			milder, harsher := usual[i-1].At(level), l.At(level)
			if milder.HarderThan(harsher) {
				t.Errorf("level %d of %q is %s, harder than %s of %q", level, usual[i-1], milder, harsher, l)
			}
		}
	}
	if !slices.ContainsFunc(usual, func(l ladder.Ladder) bool { return l.String() == usualLadder }) {
		t.Error("the one that a new group has is not among them")
	}
}

func TestAt(t *testing.T) {
	l := ladder.DefaultLadder()
	for level, want := range map[int]string{-1: "warn", 0: "warn", 1: "warn", 2: "mute 1h", 4: "ban 7d", 5: "ban", 6: "ban", 99: "ban"} {
		if got := l.At(level).String(); got != want {
			t.Errorf("at %d stands %q, want %q", level, got, want)
		}
	}
	if got := (ladder.Ladder{}).At(3); got.Kind != ladder.Warn {
		t.Errorf("without steps there is %q, want the mildest", got)
	}
}

func TestUntil(t *testing.T) {
	if got := (ladder.Step{Kind: ladder.Mute, For: time.Hour}).Until(noon); !got.Equal(noon.Add(time.Hour)) {
		t.Errorf("an hour from noon ends at %v", got)
	}
	if got := (ladder.Step{Kind: ladder.Ban}).Until(noon); !got.IsZero() {
		t.Errorf("a ban for ever ends at %v", got)
	}
}

func FuzzParseLadder(f *testing.F) {
	for _, seed := range []string{usualLadder, "kick", "mute 90s,ban 52w", "mute", "warn,,ban", "BAN\n1d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		l, err := ladder.ParseLadder(typed)
		if err != nil {
			return
		}
		if len(l) == 0 || len(l) > ladder.MaxSteps {
			t.Fatalf("%q has %d steps", typed, len(l))
		}
		again, err := ladder.ParseLadder(l.String())
		if err != nil || !slices.Equal(l, again) {
			t.Fatalf("%q is %q, read again %q, %v", typed, l, again, err)
		}
	})
}
