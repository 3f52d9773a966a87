package storage

import (
	"cmp"
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

// lookedFree is how many of the deletions of a group, which are in no lane, are looked at before its lanes.
const lookedFree = 2 * outbox.Share

// heads is the part of [firstRows] for a class: a table, named after it, of the first rows of its lanes. Closed says that none of
// the class may begin in the group; n counts the deletions of a group. All goes by id, so that each step is one search in an index.
func heads(class string) string {
	table := `heads` + class
	next := func(where string) string {
		return `(SELECT id FROM outbox WHERE ` + where + ` AND held = 0 AND due = 0 AND class + 0 = ` + class + inTurn("outbox")
	}
	step := func(of string) string {
		return strings.NewReplacer("$of", of, "$closed", closedTo(class, of)).Replace(
			`$of.id, $of.revision, $of.chat, $of.lane, $of.attempts, $of.created, $of.sealed, $of.taken, $closed`)
	}
	c, _ := strconv.Atoi(class)
	chat, lane := number(firstAfter+2*c), number(firstAfter+2*c+1)
	after := `coalesce((SELECT id FROM chat WHERE number = ` + chat + `), CASE WHEN ` + chat + ` = 0 THEN 0 ELSE -1 END)`
	return table + ` (id, revision, chat, lane, attempts, created, sealed, taken, closed, n) AS (
		SELECT ` + step("o") + `, 1 FROM outbox o WHERE o.id = coalesce(
			` + next("?1 >> "+class+" & 1 <> 0 AND chat = "+after+" AND lane > "+lane) + `,
			` + next("?1 >> "+class+" & 1 <> 0 AND chat > "+after) + `)
		UNION ALL SELECT ` + step("o") + `, CASE WHEN o.chat = h.chat AND o.lane = h.lane THEN h.n + 1 ELSE 1 END
		FROM ` + table + ` h JOIN outbox o ON o.id = coalesce(
			` + next("h.lane = "+free+" AND NOT h.closed AND h.n < "+strconv.Itoa(lookedFree)+" AND chat = h.chat AND lane = "+free+" AND id + 0 > h.id + 0") + `,
			` + next("NOT h.closed AND chat = h.chat AND lane > h.lane") + `,
			` + next("chat > h.chat") + `))`
}

var free = strconv.Itoa(laneFree)

// inTurn ends a question within a query for the first row of a table, of one class. With that it names the columns of the indexes
// outbox_head and outbox_tried as these have them, sums and all. So the database reads one of these in its order, and no other.
func inTurn(of string) string {
	return strings.ReplaceAll(` ORDER BY $of.chat, $of.lane, $of.id + 0 LIMIT 1)`, "$of", of)
}

// closedTo says whether nothing of a class may begin in the group of a row: because of what is urgent there, or because enough is.
func closedTo(class, row string) string {
	if class == "0" {
		return row + `.chat IN (SELECT id FROM chat WHERE number IN (` + numbered(firstLeftOut, mostLeftOut) + `))`
	}
	urgent := func(which string) string { // not with EXISTS or without an order, for which PostgreSQL may read all that is urgent anywhere
		return `(SELECT 1 FROM outbox u WHERE u.held = 0 AND u.class + 0 = 0 AND u.chat = ` + row + `.chat AND u.` + which + inTurn("u") + ` IS NOT NULL`
	}
	return urgent("due = 0") + ` OR ` + urgent("attempts > 0")
}

// The values of [firstRows], by number: the classes, the time, how many of class 0 and how many of each other, and these.
const (
	firstAfter   = 5
	firstLeftOut = firstAfter + 2*outbox.Classes
	mostLeftOut  = 64 // so many groups are passed over whose share is taken
)

// firstRows asks for the rows that are ready, of each class in the order of their groups and lanes. It goes from lane to lane, and
// from group to group. So it costs the same however many rows wait behind the first of each. Times would be in the way of that.
// So a row that waited for its time (due) is ready from then on as if it had never waited; see [outboxStore.comeDue].
//
// The first row of a lane waits if an earlier one of the lane was tried and waits to be tried again. All rows of a group wait for
// what is urgent there, as long as that is ready or was tried. What is meant for later (a ban to be lifted) is in nobody's way.
var firstRows = `WITH RECURSIVE ` + heads("0") + `, ` + heads("1") + `, ` + heads("2") + ` ` + ofClasses(func(class string) string {
	most := "?3"
	if class != "0" {
		most = "?4"
	}
	return `SELECT * FROM (SELECT h.id, h.revision, coalesce((SELECT number FROM chat WHERE chat.id = h.chat), 0), ` + class + `, h.lane, h.attempts, h.created, h.sealed, h.chat
		FROM heads` + class + ` h WHERE h.taken <= ?2 AND NOT h.closed AND (h.lane = ` + free + ` OR (
			SELECT 1 FROM outbox p WHERE p.held = 0 AND p.attempts > 0 AND p.class + 0 = ` + class + ` AND p.chat = h.chat AND p.lane = h.lane AND p.id + 0 < h.id + 0` + inTurn("p") + ` IS NULL)
		LIMIT ` + most + `) AS ready` + class
})

// numbered is a list of values, by their numbers from the first on.
func numbered(first, n int) string {
	values := make([]string, n)
	for i := range values {
		values[i] = number(first + i)
	}
	return strings.Join(values, ", ")
}

func number(n int) string { return "?" + strconv.Itoa(n) }

// readyRow is a row that is ready.
type readyRow struct {
	outbox.Row
	group int64 // its chat, as the database numbers it
}

// readyRows are those of each class, in the order of their groups.
type readyRows [outbox.Classes][]readyRow

// ready lists the rows that may begin, those of class 0 first, and of each class the oldest first. If there are more than are
// asked for, lanes and groups are served in turn.
func (s outboxStore) ready(ctx context.Context, now time.Time, want outbox.Want) (rows []outbox.Row, err error) {
	if want.Limit == 0 {
		return nil, nil
	}
	first, err := s.look(ctx, now, want, [outbox.Classes]outbox.Row{})
	if err != nil {
		return nil, err
	}
	full := func(c int) bool { return len(first[c]) > 0 && len(first[c]) == looked(want, c) }
	var inTurn readyRows
	for c := range first {
		if full(c) && want.After[c].ID != 0 {
			if inTurn, err = s.look(ctx, now, want, want.After); err != nil {
				return nil, err
			}
			break
		}
	}
	room := want.Limit
	for c, list := range first {
		if c == 1 {
			room = min(room, want.Rationed)
		}
		if full(c) {
			list = append(inTurn[c], list...)
		} else {
			slices.SortFunc(list, byAge)
		}
		begin := s.startable(list, want, room)
		rows, room = append(rows, begin...), room-len(begin)
	}
	return rows, nil
}

// looked is how many first rows of a class are looked at: one more than may begin, to see whether there are more.
func looked(want outbox.Want, class int) int {
	switch {
	case class == 0:
		return want.Limit + 1
	case want.Rationed == 0:
		return 0
	}
	return want.Rationed + 1
}

// byAge compares rows by the time since when they are ready.
func byAge(a, b readyRow) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) }

// firstRowsOf are the values of [firstRows].
func firstRowsOf(now time.Time, want outbox.Want, after [outbox.Classes]outbox.Row) []any {
	mask := 0
	for _, c := range want.Classes {
		mask |= 1 << c
	}
	values := []any{mask, millis(now), looked(want, 0), looked(want, 1)}
	for _, r := range after {
		if r.ID == 0 {
			r.Chat = nowhere
		}
		values = append(values, r.Chat, max(r.Lane, laneFree))
	}
	return append(values, leftOut(want.Urgent)...)
}

// look reads the first rows of lanes, from some lanes on.
func (s outboxStore) look(ctx context.Context, now time.Time, want outbox.Want, after [outbox.Classes]outbox.Row) (found readyRows, err error) {
	rows, err := s.reader.QueryContext(ctx, firstRows, firstRowsOf(now, want, after)...)
	if err != nil {
		return found, err
	}
	defer rows.Close()
	for rows.Next() {
		var r readyRow
		if r.Row, err = scanRow(rows, &r.group); err != nil {
			return found, err
		}
		found[r.Class] = append(found[r.Class], r)
	}
	return found, rows.Err()
}

// nowhere is the number of no chat.
const nowhere = -1 << 62

// leftOut are the groups whose share is taken; as many values as it takes.
func leftOut(urgent map[int64]int) (values []any) {
	for chat, n := range urgent {
		if n >= outbox.Share && len(values) < mostLeftOut {
			values = append(values, chat)
		}
	}
	for len(values) < mostLeftOut {
		values = append(values, nowhere)
	}
	return values
}

func scanRows(rows *sql.Rows) ([]outbox.Row, error) {
	defer rows.Close()
	var found []outbox.Row
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, rows.Err()
}

// scanRow reads [rowColumns], and what else there is. A row that is in no lane gets one for itself.
func scanRow(rows *sql.Rows, more ...any) (r outbox.Row, err error) {
	var created int64
	into := append([]any{&r.ID, &r.Revision, &r.Chat, &r.Class, &r.Lane, &r.Attempts, &created, &r.Body}, more...)
	err = rows.Scan(into...)
	if r.Created = fromUnix(created); r.Lane == laneFree {
		r.Lane = -r.ID
	}
	return r, err
}

// startable are the rows of a class that may begin side by side, at most so many: of a group, its share of class 0, and of
// other classes what is rationed.
func (s outboxStore) startable(list []readyRow, want outbox.Want, most int) (rows []outbox.Row) {
	taken, seen := map[int64]int{}, map[int64]bool{}
	for _, r := range list {
		if seen[r.ID] || len(rows) == most {
			continue
		}
		if seen[r.ID] = true; r.Class == 0 {
			if n, known := taken[r.Chat]; !known && s.shared() { // else those that are under way are listed too
				taken[r.Chat] = n + want.Urgent[r.Chat]
			}
			if taken[r.Chat] >= outbox.Share {
				continue
			}
			taken[r.Chat]++
		}
		rows = append(rows, r.Row)
	}
	return rows
}
