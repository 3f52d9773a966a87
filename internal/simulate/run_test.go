package simulate_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/simulate"
)

// tiny is as little as there is.
func tiny() simulate.Params {
	p := simulate.QuickParams()
	p.Cases, p.Groups, p.Repeat, p.Members, p.Quiet, p.Between = 30, 2, 2, 60, 10, 2*24*time.Hour
	p.Restarts, p.Climbs, p.Train, p.Patience = 1, 1, 1, 12*24*time.Hour
	return p
}

// brief are all scenarios but those that take long however little there is.
func brief(p simulate.Params) []simulate.Scenario {
	return slices.DeleteFunc(simulate.Scenarios(p), func(s simulate.Scenario) bool {
		if underRace { // which makes minutes of those in which many wait for juries
			return strings.HasPrefix(s.Name, "jury, ") || s.Name == "quiet groups" || s.Name == "summons"
		}
		return s.Name == "jury, drained"
	})
}

// written is all that a run writes.
func written(t *testing.T, p simulate.Params) []byte {
	t.Helper()
	scenarios := brief(p)
	if !nightly() { // one of each way to play: there are more only of their kinds
		scenarios = slices.DeleteFunc(scenarios, func(s simulate.Scenario) bool {
			return !slices.Contains([]string{"everyday", "practised", "shield", "sleepers apart", "severity", "oracle, voting", "dismissal"}, s.Name)
		})
	}
	if err := simulate.Adapt(t.Context(), p, scenarios, nil); err != nil {
		t.Fatal(err)
	}
	all, err := simulate.Run(t.Context(), p, scenarios, simulate.Policies(), nil)
	if err != nil {
		t.Fatal(err)
	}
	pictures, err := simulate.Pictures(all)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = errors.Join(simulate.WriteTable(&out, scenarios, all), simulate.WriteCSV(&out, all), simulate.WriteVotesCSV(&out, all))
	if err != nil {
		t.Fatal(err)
	}
	for _, pic := range pictures {
		out.WriteString(pic.Name)
		out.Write(pic.PNG)
	}
	return out.Bytes()
}

// Not parallel: it changes how many cores there are.
func TestSameSeedSameBytes(t *testing.T) {
	many := written(t, tiny())
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(written(t, tiny()), many) {
		t.Error("on one core the results are others")
	}
	other := tiny()
	other.Seed++
	if bytes.Equal(written(t, other), many) {
		t.Error("another seed gives the same results")
	}
}

func TestRunStops(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := simulate.Run(ctx, tiny(), simulate.Scenarios(tiny()), simulate.Policies(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := simulate.Adapt(ctx, tiny(), simulate.Scenarios(tiny()), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("the search: got %v", err)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	p := tiny()
	done := make(chan struct{}, 1000)
	scenarios := brief(p)
	all, err := simulate.Run(t.Context(), p, scenarios, simulate.Policies(), func() { done <- struct{}{} })
	if err != nil {
		t.Fatal(err)
	}
	if want := simulate.Groups(scenarios); len(done) != want {
		t.Errorf("told %d times of %d groups", len(done), want)
	}
	var out bytes.Buffer
	if err := simulate.WriteCSV(&out, all); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, l := range lines[1:] {
		value, err := strconv.ParseFloat(l[5], 64)
		if err != nil || value < 0 {
			t.Errorf("a value of %q: %v", l[5], err)
		}
		if key := fmt.Sprint(l[:5]); seen[key] {
			t.Errorf("%s is there twice", key)
		} else {
			seen[key] = true
		}
		if l[8] == "" {
			continue // a median
		}
		hits, of := number(t, l[8]), number(t, l[9])
		if low, high := number(t, l[6]), number(t, l[7]); hits > of || low > value || value > high {
			t.Errorf("makes no sense: %q", l)
		}
	}
	for _, s := range scenarios {
		if !slices.ContainsFunc(lines, func(l []string) bool { return l[0] == s.Name }) {
			t.Errorf("nothing of %s", s.Name)
		}
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Error(err)
	}
	return v
}

func TestValidate(t *testing.T) {
	t.Parallel()
	if err := simulate.DefaultParams().Validate(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*simulate.Params){
		"threshold": func(p *simulate.Params) { p.Policy.Threshold = 1 },
		"members":   func(p *simulate.Params) { p.Members = 3 },
		"cases":     func(p *simulate.Params) { p.Cases = 0 },
		"repeat":    func(p *simulate.Params) { p.Repeat = 0 },
		"turnout":   func(p *simulate.Params) { p.Turnout = 0 },
		"attackers": func(p *simulate.Params) { p.Attackers = 0 },
		"too many":  func(p *simulate.Params) { p.Members = 2001 },
		"search":    func(p *simulate.Params) { p.Restarts = -1 },
		"training":  func(p *simulate.Params) { p.Train = 0 },
		"spread":    func(p *simulate.Params) { p.Spread = -1 },
	} {
		p := simulate.DefaultParams()
		spoil(&p)
		if p.Validate() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
