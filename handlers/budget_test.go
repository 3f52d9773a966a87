package handlers_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/handlers"
)

// modelBudget is what one person may send, counted in time: each update costs so much of it, and time that passes gives it
// back.
type modelBudget struct {
	left, every, most time.Duration
	told              bool
	at, adminUntil    time.Time
}

func (m *modelBudget) become(every time.Duration, atOnce int) {
	if m.every == every {
		return
	}
	sent := time.Duration(0)
	if m.every != 0 {
		sent = (m.most - m.left + m.every - 1) / m.every // what was begun counts
	}
	m.every, m.most = every, every*time.Duration(atOnce)
	m.left = max(0, m.most-sent*every)
}

// look brings it up to date. It does not go back.
func (m *modelBudget) look(now, sent time.Time) {
	if sent.After(m.at) {
		m.left, m.at = min(m.most, m.left+sent.Sub(m.at)), sent
	}
	m.told = m.told && (m.most-m.left+m.every-1)/max(1, m.every) > 0
	if now.Before(m.adminUntil) {
		m.become(time.Second/4, 60)
	} else {
		m.become(2*time.Second, 20)
	}
}

func (m *modelBudget) spend(now, sent time.Time) bool {
	m.look(now, sent)
	if m.left < m.every {
		return false
	}
	m.left -= m.every
	return true
}

func (m *modelBudget) tell() bool {
	if m.told || m.every == 0 {
		return false
	}
	m.told = true
	return true
}

// TestBudgetsLikeTheModel compares the budgets of three people with a simple model: whatever they do, and whoever of them
// becomes an admin, the same updates are taken and the same are told.
func TestBudgetsLikeTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := noon
		b := handlers.NewBudgets(func() time.Time { return now })
		models := map[int64]*modelBudget{1: {}, 2: {}, 3: {}}
		update := int64(0)
		person := rapid.SampledFrom([]int64{1, 1, 1, 2, 3})
		pass := rapid.OneOf(rapid.Just(time.Duration(0)), rapid.Just(time.Duration(0)),
			rapid.Map(rapid.IntRange(0, 5000), func(ms int) time.Duration { return time.Duration(ms) * time.Millisecond }),
			rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 30 * time.Hour}))
		someone := func(t *rapid.T) (int64, *modelBudget) {
			p := person.Draw(t, "person")
			return p, models[p]
		}
		t.Repeat(map[string]func(*rapid.T){
			"time passes": func(t *rapid.T) {
				now = now.Add(pass.Draw(t, "time"))
			},
			"send": func(t *rapid.T) {
				p, m := someone(t)
				sent := now.Add(-pass.Draw(t, "ago"))
				for range rapid.IntRange(1, 25).Draw(t, "updates") {
					update++
					want := m.spend(now, sent)
					if got, again := b.Spend(update, 7, p, sent); got != want || again {
						t.Fatalf("taken: %v, want %v; again: %v", got, want, again)
					}
					if got, again := b.Spend(update, 7, p, sent); got != want || !again {
						t.Fatalf("sent again it is taken: %v, want %v; again: %v", got, want, again)
					}
				}
			},
			"tell": func(t *rapid.T) {
				p, m := someone(t)
				if got, want := b.Tell(7, p), m.tell(); got != want {
					t.Fatalf("told: %v, want %v", got, want)
				}
			},
			"learn": func(t *rapid.T) {
				p, m := someone(t)
				admin := rapid.Bool().Draw(t, "admin")
				b.Learn(7, p, admin)
				if m.adminUntil = (time.Time{}); admin {
					m.adminUntil = now.Add(time.Hour)
				}
			},
		})
	})
}

// TestBudgetsAfterTheClockWasFast: the machine's clock was an hour fast until Telegram told the time. Nobody is refused for that hour.
func TestBudgetsAfterTheClockWasFast(t *testing.T) {
	now := noon.Add(time.Hour)
	b := handlers.NewBudgets(func() time.Time { return now })
	update, taken := int64(0), 0
	send := func() bool {
		update++
		taken, _ := b.Spend(update, -1, 5, now)
		return taken
	}
	for range 15 {
		send()
	}
	now = noon
	for range 30 {
		if send() {
			taken++
		}
	}
	if taken != 5 {
		t.Errorf("%d are taken of the 5 that were left", taken)
	}
	if now = now.Add(2 * time.Second); !send() {
		t.Error("refused after two seconds")
	}
}

// TestBudgetsAreBounded has many people send something. A budget that was dropped is a full one.
func TestBudgetsAreBounded(t *testing.T) {
	b := handlers.NewBudgets(func() time.Time { return noon })
	for i := range int64(50_000) {
		if taken, _ := b.Spend(i, -1, i, noon); !taken {
			t.Fatalf("%d is refused", i)
		}
		b.Learn(-1, i, true)
	}
	if n := b.Len(); n > 20_000 {
		t.Errorf("%d budgets are kept", n)
	}
}

// TestBudgetsAreApart: a budget is one person's in one chat.
func TestBudgetsAreApart(t *testing.T) {
	b := handlers.NewBudgets(func() time.Time { return noon })
	for i := range int64(20) {
		b.Spend(i, -1, 5, noon)
	}
	for i, c := range []struct {
		chat, person int64
		taken        bool
	}{{-1, 5, false}, {-2, 5, true}, {-1, 6, true}, {5, 5, true}} {
		if taken, _ := b.Spend(int64(100+i), c.chat, c.person, noon); taken != c.taken {
			t.Errorf("%d in %d: taken %v", c.person, c.chat, taken)
		}
	}
}
