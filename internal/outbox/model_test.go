package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// model sees to deliveries of random length that fail at random, and checks at the beginning of each what may go beside what.
type model struct {
	t       *testing.T
	mu      sync.Mutex
	random  *rand.Rand
	queue   *queue
	running map[int64]outbox.Row // by id
	first   map[laneOf]int64     // the row of a lane that was begun last
	begun   map[int64]int
	faults  int // how many deliveries may still go wrong
}

type laneOf struct {
	chat  int64
	class int
	lane  int64
}

// begin notes that a delivery begins.
func (m *model) begin(r outbox.Row) (takes time.Duration, result error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	urgent := 0
	for _, other := range m.running {
		if other.Chat != r.Chat {
			continue
		}
		if other.Class == r.Class && other.Lane == r.Lane {
			m.t.Errorf("row %d begins beside row %d of its lane", r.ID, other.ID)
		}
		if other.Class == 0 {
			urgent++
		}
	}
	if r.Class > 0 && urgent > 0 || urgent >= outbox.Share {
		m.t.Errorf("row %d of class %d begins beside %d urgent ones of its chat", r.ID, r.Class, urgent)
	}
	if len(m.running) >= 64 {
		m.t.Errorf("%d deliveries are under way", len(m.running))
	}
	in := laneOf{r.Chat, r.Class, r.Lane}
	if last := m.first[in]; r.ID < last && m.begun[r.ID] == 0 {
		m.t.Errorf("row %d begins after row %d of its lane", r.ID, last)
	}
	m.first[in], m.running[r.ID] = max(r.ID, m.first[in]), r
	m.begun[r.ID]++
	return time.Duration(1+m.random.IntN(300)) * time.Millisecond, m.fault()
}

// fault is what a delivery comes to, most often nothing.
func (m *model) fault() error {
	if m.faults == 0 || m.random.IntN(4) > 0 {
		return nil
	}
	m.faults--
	soon := time.Now().Add(time.Duration(m.random.IntN(5000)) * time.Millisecond)
	also := []outbox.Others{outbox.RowsBehind, outbox.RowsBehind, outbox.WholeClass}
	if m.random.IntN(2) == 0 {
		return errors.New("no answer")
	}
	return &outbox.NotBefore{Until: soon, Also: also[m.random.IntN(len(also))]}
}

func (m *model) deliver(_ context.Context, r outbox.Row) error {
	takes, result := m.begin(r)
	time.Sleep(takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.running, r.ID)
	return result
}

// Whatever waits, however long deliveries take and whatever goes wrong: a lane keeps its order, what is urgent goes before other
// rows of its chat, and in the end all is delivered.
func TestEachDependenceIsKept(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { playModel(t, seed) })
		})
	}
}

func playModel(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0))
	m := &model{
		t: t, random: rand.New(rand.NewPCG(seed, 1)), queue: newQueue(),
		running: map[int64]outbox.Row{}, first: map[laneOf]int64{}, begun: map[int64]int{}, faults: 40,
	}
	capacity := func() (int, time.Time) { return 20, time.Time{} }
	w := outbox.NewWorker(m.queue, m.deliver, capacity, clockwork.NewRealClock(), slog.New(slog.DiscardHandler)) // the bubble's
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() {
		w.Run(ctx)
		close(stopped)
	}()
	chats, rows := 1+random.Int64N(4), 20+random.IntN(200)
	for range rows {
		m.queue.putIn(-1-random.Int64N(chats), random.IntN(outbox.Classes), random.Int64N(1+random.Int64N(40)), "row")
		w.Wake()
		if random.IntN(5) == 0 {
			time.Sleep(time.Duration(random.IntN(400)) * time.Millisecond)
		}
	}
	began := time.Now()
	for len(m.queue.left()) > 0 && time.Since(began) < time.Hour {
		for len(m.queue.calls) > 0 {
			<-m.queue.calls
		}
		time.Sleep(time.Second)
	}
	if left := m.queue.left(); len(left) > 0 {
		t.Errorf("%d of %d rows are never delivered", len(left), rows)
	}
	cancel()
	<-stopped
}

// How long it takes until all is delivered, where a call takes 50 ms and nothing else takes time.
func TestHowLongItTakes(t *testing.T) {
	t.Parallel()
	const call = 50 * time.Millisecond
	for name, test := range map[string]struct {
		put  func(q *queue)
		most time.Duration
	}{
		"removal and mute of a case": {func(q *queue) {
			q.putIn(-5, 0, -1, "1 call")
			q.putIn(-5, 0, 7, "2 calls")
		}, 2 * call},
		"notice and ban of a case": {func(q *queue) {
			q.putIn(-5, 0, -1, "1 call")
			q.putIn(-5, 0, 7, "2 calls")
			q.putIn(-5, 0, 7, "1 call")
		}, 3 * call},
		"a hundred removals of a group": {func(q *queue) {
			for n := range int64(100) {
				q.putIn(-5, 0, -n, "1 call")
			}
		}, 7 * call},
		"notice and ban of a case in each of fifty groups": {func(q *queue) {
			for n := range int64(50) {
				q.putIn(-n, 0, -1, "1 call")
				q.putIn(-n, 0, 7, "2 calls")
				q.putIn(-n, 0, 7, "1 call")
			}
		}, 5 * call},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				test.put(q)
				deliver := func(_ context.Context, r outbox.Row) error {
					time.Sleep(time.Duration(r.Body[0]-'0') * call)
					return nil
				}
				capacity := func() (int, time.Time) { return 30, time.Time{} }
				w := outbox.NewWorker(q, deliver, capacity, clockwork.NewRealClock(), slog.New(slog.DiscardHandler)) // the bubble's
				ctx, cancel := context.WithCancel(t.Context())
				stopped := make(chan struct{})
				began := time.Now()
				go func() {
					w.Run(ctx)
					close(stopped)
				}()
				if err := w.Idle(ctx); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took > test.most {
					t.Errorf("it takes %v, want %v", took, test.most)
				}
				cancel()
				<-stopped
			})
		})
	}
}
