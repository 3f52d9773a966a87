package storage_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// waitingRow is a row as the model knows it.
type waitingRow struct {
	id       int64
	chat     int64
	class    moderation.Class
	whom     int64 // 0: nobody in particular
	due      time.Time
	attempts int
	held     bool
	begun    bool
}

// laneModel is a list of rows beside those of a store, in the order in which they were put there.
type laneModel struct {
	*desk
	db   rawDB
	rt   *rapid.T
	rows []*waitingRow
	last [outbox.Classes]outbox.Row
}

// put queues an effect and notes it.
func (m *laneModel) put(chat int64, e moderation.Effect) {
	m.must(m.court.Do(m.t.Context(), chat, []moderation.Effect{e}))
	r := &waitingRow{chat: chat, class: e.Class(), whom: e.Whom(), due: e.Waits().Due}
	m.must(m.db.QueryRowContext(m.t.Context(), `SELECT max(id) FROM outbox`).Scan(&r.id))
	m.rows = append(m.rows, r)
}

// anyEffect draws an effect that stands for itself.
func anyEffect(rt *rapid.T) moderation.Effect {
	whom := rapid.Int64Range(1, 6).Draw(rt, "whom")
	due := moderation.Waiting{}
	if rapid.IntRange(0, 4).Draw(rt, "later") == 0 {
		due.Due = noon.Add(time.Duration(rapid.IntRange(1, 100).Draw(rt, "due")) * time.Second)
	}
	switch rapid.IntRange(0, 5).Draw(rt, "kind") {
	case 0:
		return moderation.DeleteMessages{Case: "A", Messages: []int64{whom}}
	case 1:
		return moderation.PutPenalty{Author: moderation.Author{ID: whom}, Step: ladder.Step{Kind: ladder.Ban}}
	case 2:
		return moderation.LiftBan{Waiting: due, Author: moderation.Author{ID: whom}}
	case 3:
		return moderation.SendNotice{Notice: moderation.Notice{To: moderation.Person{ID: whom}, First: true}}
	case 4:
		return moderation.TellAdmins{Waiting: due, Entry: moderation.RightsEntry{}}
	default:
		return moderation.SendRegained{Waiting: due, To: moderation.Person{ID: whom}}
	}
}

// waits reports whether others wait for a row: it could be delivered, or was tried.
func (m *laneModel) waits(r *waitingRow) bool {
	return !r.held && (r.attempts > 0 || !r.due.After(m.now()))
}

// free reports whether a row is in no lane.
func (r *waitingRow) free() bool { return r.class == moderation.Urgent && r.whom == 0 }

// behind is what a row must wait for: what was put into its lane before it, or is urgent in its group.
func (m *laneModel) behind(r *waitingRow) *waitingRow {
	for i, p := range m.rows {
		lane := p.class == r.class && p.whom == r.whom && !r.free() && i < slices.Index(m.rows, r)
		if p != r && p.chat == r.chat && m.waits(p) && (lane || p.class == moderation.Urgent && r.class != moderation.Urgent) {
			return p
		}
	}
	return nil
}

// look asks for rows and begins those that a worker would.
func (m *laneModel) look(limit int) (begun int) {
	want := outbox.Want{Classes: allClasses, Limit: limit, Rationed: limit, Urgent: map[int64]int{}, After: m.last}
	for _, r := range m.rows {
		if r.begun {
			want.Known++
			if r.class == moderation.Urgent {
				want.Urgent[r.chat]++
			}
		}
	}
	rows, _, err := m.Ready(m.t.Context(), m.now(), want)
	m.must(err)
	for _, found := range rows {
		i := slices.IndexFunc(m.rows, func(r *waitingRow) bool { return r.id == found.ID })
		if i < 0 {
			m.rt.Fatalf("row %d is listed, which is delivered", found.ID)
		}
		r := m.rows[i]
		if r.begun {
			continue
		}
		if p := m.behind(r); p != nil {
			m.rt.Fatalf("row %d (class %d, for %d) begins before row %d (class %d, for %d)", r.id, r.class, r.whom, p.id, p.class, p.whom)
		}
		if r.held || r.due.After(m.now()) {
			m.rt.Fatalf("row %d begins, which waits", r.id)
		}
		busy := slices.ContainsFunc(m.rows, func(p *waitingRow) bool {
			return p.begun && p.chat == r.chat && p.class == r.class && p.whom == r.whom && !r.free()
		})
		if busy || limit == begun || want.Urgent[r.chat] >= outbox.Share && r.class == moderation.Urgent {
			m.must(m.Wait(m.t.Context(), found, m.now()))
			continue
		}
		r.begun, m.last[found.Class] = true, found
		begun++
	}
	return begun
}

// settle lets a delivery that is under way end in some way.
func (m *laneModel) settle(r *waitingRow, how int) {
	row := outbox.Row{ID: r.id}
	ctx := m.t.Context()
	r.begun = false
	switch how {
	case 0:
		r.due, r.attempts = m.now().Add(7*time.Second), r.attempts+1
		m.must(m.Retry(ctx, row, r.due))
	case 1:
		r.due = m.now().Add(3 * time.Second)
		m.must(m.Postpone(ctx, row, r.due))
	case 2:
		r.held = true
		m.must(m.Hold(ctx, row))
	default:
		m.rows = slices.DeleteFunc(m.rows, func(p *waitingRow) bool { return p == r })
		m.must(m.Drop(ctx, row))
	}
}

func (m *laneModel) underWay() (begun []*waitingRow) {
	for _, r := range m.rows {
		if r.begun {
			begun = append(begun, r)
		}
	}
	return begun
}

// Whatever is put, looked for, delivered, tried again, put off and held in whatever order: what depends on another row begins
// after it, and in the end everything was delivered.
func TestReadyKeepsEachDependence(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	db := d.sql()
	rapid.Check(t, func(rt *rapid.T) {
		_, err := db.ExecContext(t.Context(), `DELETE FROM outbox`)
		d.must(err)
		d.clock.set(noon)
		m := &laneModel{desk: d, db: db, rt: rt}
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			switch rapid.IntRange(0, 5).Draw(rt, "step") {
			case 0, 1:
				m.put(chess-rapid.Int64Range(0, 1).Draw(rt, "group"), anyEffect(rt))
			case 2, 3:
				m.look(rapid.IntRange(1, 5).Draw(rt, "limit"))
			case 4:
				if begun := m.underWay(); len(begun) > 0 {
					m.settle(rapid.SampledFrom(begun).Draw(rt, "which"), rapid.IntRange(0, 6).Draw(rt, "how"))
				}
			default:
				d.pass(time.Duration(rapid.IntRange(0, 5).Draw(rt, "seconds")) * time.Second)
			}
		}
		m.drain()
	})
}

// drain delivers all that is left.
func (m *laneModel) drain() {
	for _, group := range []int64{chess, chess - 1} {
		m.decide(moderation.Key{Chat: group}, moderation.Outcome{RowChanges: moderation.RowChanges{Release: everyRight}})
	}
	for _, r := range m.rows {
		if r.held {
			r.held, r.due = false, time.Time{}
		}
	}
	for range 1000 {
		for _, r := range m.underWay() {
			m.settle(r, -1)
		}
		if len(m.rows) == 0 {
			return
		}
		if m.look(3) == 0 {
			m.pass(time.Second)
		}
	}
	m.rt.Fatalf("%d rows are never delivered", len(m.rows))
}
