package storage

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// ofClasses is a query with a part for each class, since each can then be answered from an index.
func ofClasses(query func(class string) string) string {
	parts := make([]string, outbox.Classes)
	for c := range parts {
		parts[c] = query(strconv.Itoa(c))
	}
	return strings.Join(parts, " UNION ALL ")
}

// rowColumns are what is read of a row.
const rowColumns = `id, revision, coalesce((SELECT number FROM chat WHERE chat.id = outbox.chat), 0), class, lane, attempts, created, sealed`

// firstRows asks for the rows that are ready, of each class first those that have been for longest. There are two sorts: what
// never waited for a time, by its number, and what did, by that time. So it takes no longer if more waits behind them.
//
// A row waits for the earlier ones of its lane and for all of class 0, as long as those are due or have been tried. One
// that is meant for later (a ban to be lifted) is in nobody's way.
func firstRows(leftOut string) string {
	return `SELECT ` + rowColumns + ` FROM (` + ofClasses(func(class string) string {
		behind := func(class, more string) string {
			return ` AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.held = 0 AND p.chat = o.chat AND p.class = ` + class + more + ` AND (p.due <= ?1 OR p.attempts > 0))`
		}
		first := behind(class, ` AND p.lane = o.lane AND p.id < o.id`)
		if class != "0" {
			first += behind("0", "")
		}
		limit := `?2`
		if class != "0" {
			limit = `?5`
		}
		part := func(due, order string) string {
			return `SELECT * FROM (SELECT * FROM outbox o
			WHERE o.held = 0 AND o.class = ` + class + ` AND o.due ` + due + ` AND o.taken <= ?3 AND ?4 >> ` + class + ` & 1 <> 0` + leftOut + first + `
			ORDER BY ` + order + ` LIMIT ` + limit + `) AS part`
		}
		return part("= 0", "o.id") + " UNION ALL " + part("BETWEEN 1 AND ?1", "o.due, o.id")
	}) + `) AS outbox ORDER BY class, CASE WHEN created > due THEN created ELSE due END, id LIMIT ?2`
}

var (
	firstOfAll    = firstRows("")
	firstOfOthers = firstRows(` AND o.chat NOT IN (SELECT id FROM chat WHERE number IN (` + numbered(6, outbox.MaxLeftOut) + `))
		AND (o.chat <> 0 OR ` + numbered(6+outbox.MaxLeftOut, 1) + ` = 0)`)
)

// numbered is a list of values, by their numbers from the first on.
func numbered(first, n int) string {
	values := make([]string, n)
	for i := range values {
		values[i] = "?" + strconv.Itoa(first+i)
	}
	return strings.Join(values, ", ")
}

// leftOutValues are what [firstOfOthers] asks for beyond [firstOfAll]: as many chats as it takes, and whether what belongs to
// no chat is among them.
func leftOutValues(leftOut []int64) (values []any) {
	for i := range outbox.MaxLeftOut {
		values = append(values, leftOut[min(i, len(leftOut)-1)])
	}
	none := 0
	if slices.Contains(leftOut, 0) {
		none = 1
	}
	return append(values, none)
}

func (s outboxStore) ready(ctx context.Context, now time.Time, want outbox.Want) ([]outbox.Row, error) {
	mask := 0
	for _, c := range want.Classes {
		mask |= 1 << c
	}
	query, values := firstOfAll, []any{now.Unix(), want.Limit, millis(now), mask, want.Rationed}
	if len(want.LeftOut) > 0 {
		query, values = firstOfOthers, append(values, leftOutValues(want.LeftOut)...)
	}
	rows, err := s.reader.QueryContext(ctx, query, values...)
	if err != nil {
		return nil, err
	}
	found, err := scanRows(rows)
	urgent := 0
	for urgent < len(found) && found[urgent].Class == 0 {
		urgent++
	}
	return found[:min(len(found), urgent+want.Rationed)], err
}

func scanRows(rows *sql.Rows) ([]outbox.Row, error) {
	defer rows.Close()
	var found []outbox.Row
	for rows.Next() {
		var r outbox.Row
		var created int64
		if err := rows.Scan(&r.ID, &r.Revision, &r.Chat, &r.Class, &r.Lane, &r.Attempts, &created, &r.Body); err != nil {
			return nil, err
		}
		r.Created = fromUnix(created)
		found = append(found, r)
	}
	return found, rows.Err()
}

// startable are the rows that may begin side by side: of a chat, one of class 0.
func startable(rows []outbox.Row) (ids []int64) {
	urgent := map[int64]bool{}
	for _, r := range rows {
		if r.Class == 0 && urgent[r.Chat] {
			continue
		}
		if r.Class == 0 {
			urgent[r.Chat] = true
		}
		ids = append(ids, r.ID)
	}
	return ids
}
