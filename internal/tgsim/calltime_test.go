package tgsim_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// call makes a call and says how long it took.
func call(t *testing.T, sim *tgsim.Sim, method string) time.Duration {
	t.Helper()
	began := time.Now()
	answer := httptest.NewRecorder()
	sim.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/bot1:slow/"+method, nil))
	if answer.Code != http.StatusOK {
		t.Errorf("%s: %d %s", method, answer.Code, answer.Body)
	}
	return time.Since(began)
}

func slow(least, most time.Duration) *tgsim.Sim {
	sim := tgsim.New(tgsim.Options{CallTime: tgsim.CallTime{Least: least, Most: most, Seed: 1}})
	sim.AddBot("SlowBot", "Slow", tgsim.Token("1:slow"))
	return sim
}

// TestCallsTakeTheirTimeBesideEachOther has many calls at once take as long as one, and a poll too.
func TestCallsTakeTheirTimeBesideEachOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sim := slow(50*time.Millisecond, 50*time.Millisecond)
		began := time.Now()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { call(t, sim, "getMe") })
		}
		all.Wait()
		if took := time.Since(began); took != 50*time.Millisecond {
			t.Errorf("20 calls took %s", took)
		}
		if took := call(t, sim, "getUpdates"); took != 50*time.Millisecond {
			t.Errorf("a poll took %s", took)
		}
		sim.SetCallTime(tgsim.CallTime{})
		if took := call(t, sim, "getMe"); took != 0 {
			t.Errorf("a call that takes no time took %s", took)
		}
	})
}

// TestCallsTakeTimeAtRandom has calls take any time between two limits, and the same with the same seed.
func TestCallsTakeTimeAtRandom(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		least := time.Duration(rapid.Int64Range(0, int64(time.Second)).Draw(rt, "least"))
		most := least + time.Duration(rapid.Int64Range(0, int64(time.Second)).Draw(rt, "more"))
		synctest.Test(t, func(t *testing.T) {
			one, other := slow(least, most), slow(least, most)
			for range 10 {
				took := call(t, one, "getMe")
				if took < least || took > most {
					t.Errorf("a call that takes %s to %s took %s", least, most, took)
				}
				if again := call(t, other, "getMe"); again != took {
					t.Errorf("with the same seed a call took %s and %s", took, again)
				}
			}
		})
	})
}
