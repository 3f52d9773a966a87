package storage_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// However much waits, and whatever the database knows of the table: what is ready is found in indexes, without reading what is
// behind it.
func TestReadyReadsNoMoreThanItMust(t *testing.T) {
	t.Parallel()
	const n = 3000
	d := newDesk(t)
	people, removals, later := make([]int64, n), make([]moderation.Effect, n), make([]moderation.Effect, n)
	for i := range n {
		people[i] = int64(i%500 + 1)
		removals[i] = removal(int64(i + 1))
		later[i] = moderation.RemoveCard{Waiting: moderation.Waiting{Due: d.now().Add(time.Hour)}, Case: fmt.Sprint(i)}
	}
	d.toldTo(people...)
	d.do(removals...)
	d.do(later...)
	explain := "EXPLAIN QUERY PLAN"
	if cluster != nil {
		explain = "EXPLAIN (ANALYZE, BUFFERS)"
		_, err := d.sql().ExecContext(t.Context(), `VACUUM outbox`) // of the rows that another test left in the schema
		d.must(err)
	}
	for _, about := range []string{"nothing", "all"} {
		if about == "all" {
			_, err := d.sql().ExecContext(t.Context(), `ANALYZE`)
			d.must(err)
		}
		lines, err := d.Explain(t.Context(), explain, outbox.Want{Classes: allClasses, Limit: 32, Rationed: 32})
		d.must(err)
		plan := strings.Join(lines, "\n")
		if pages := mostPages(lines); strings.Contains(plan, "ORDER BY") || strings.Contains(plan, "SCAN outbox") || pages > 700 {
			t.Errorf("where %s is known of the table, %d pages are read:\n%s", about, pages, plan)
		}
	}
}

var buffers = regexp.MustCompile(`Buffers: shared hit=(\d+)`)

// mostPages is how many pages PostgreSQL read in all.
func mostPages(plan []string) (most int) {
	for _, line := range plan {
		if m := buffers.FindStringSubmatch(line); m != nil {
			n, _ := strconv.Atoi(m[1])
			most = max(most, n)
		}
	}
	return most
}
