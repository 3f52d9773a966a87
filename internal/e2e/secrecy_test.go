package e2e

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// TestReporterCannotBeTold plays one story twice, with the reporter and a bystander swapped. Both wrote the same before, and do
// all else alike. For everybody else, admins included, the two stories must be the same to the letter. So must be the database
// for a thief without the key file, who sees of what is sealed only the length.
func TestReporterCannotBeTold(t *testing.T) {
	t.Parallel()
	for name, story := range map[string]string{
		"privately":                           `REPORTER: /report (reply to "Buy pills")`,
		"by picking":                          "REPORTER: /report\nREPORTER presses \"Mallory: Buy\" on \"Which message\"",
		"with undo":                           "REPORTER: /report (reply to \"Buy pills\")\nREPORTER presses \"↩️\" on \"Reported.\"\nREPORTER: /report scam (reply to \"Buy pills\")",
		"with an old app, from other members": `REPORTER: /report (reply to "Buy pills") (old app)`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one := playStory(t, story, "Anna")
			other := playStory(t, story, "Bert")
			except := []string{"Anna", "Bert"}
			if strings.Contains(name, "old app") {
				except = append(except, "Olga") // admins can look it up, and the reporter is told so
			}
			if a, b := one.visible(except...), other.visible(except...); a != b {
				t.Errorf("others can tell the reporter.\nAnna reports:\n%s\nBert reports:\n%s", a, b)
			}
			if a, b := one.dump(), other.dump(); a != b || !strings.Contains(a, "ballot: ") {
				t.Errorf("a thief can tell the reporter.\nAnna reports:\n%s\nBert reports:\n%s", a, b)
			}
			for _, w := range []*world{one, other} {
				w.checkInvariants()
			}
		})
	}
}

const story = `
group "Chess club" supergroup, owner Olga
members Anna Bert Carl Dora Mallory
the bot joins as admin
Anna: Good evening
Bert: Good evening
Mallory: Buy pills
STORY
wait 5s
Carl presses "🚩" on the card
Anna: /me
Bert: /me
Dora presses "🚩" on the card
wait 5s
Olga: /uphold (reply to "Good evening")
wait 1m
`

func playStory(t *testing.T, part, reporter string) *world {
	t.Helper()
	script := strings.ReplaceAll(strings.ReplaceAll(story, "STORY", part), "REPORTER", reporter)
	return play(t, "story", script)
}

// anyCase is an id, also one behind a line break as stories write it.
var anyCase = regexp.MustCompile(`(\\n|\b)([0-9A-HJKMNP-TV-Z]{4})\b`)

// anyPlace is where an entry goes in the ledger, which chance made.
var anyPlace = regexp.MustCompile(`\b\d{12,}\b`)

// visible is all that everybody except some can see, with the ids of cases, which are random, left
// out.
func (w *world) visible(except ...string) string {
	var lines []string
	for _, u := range w.sim.Users() {
		if !slices.Contains(except, u.Name()) {
			lines = append(lines, w.sim.VisibleTo(u))
		}
	}
	return anyCase.ReplaceAllString(sizeOfLedger(strings.Join(lines, "\n")), "${1}7KQ2")
}

// sizeOfLedger leaves of the ledger's heads only the size, for all else in them is random.
func sizeOfLedger(text string) string {
	return headOfLedger.ReplaceAllStringFunc(text, func(head string) string {
		return "\nledger of " + regexp.MustCompile(`n?(\d+)\D`).FindStringSubmatch(head[len("\\n\\nostrakon.ledger/XXXXXXXX"):])[1]
	})
}

// dump is what the database says to who has no key: every row of every table, what is sealed or a
// tag as its length, ids of cases left out. The order of rows follows from the tags, so that it
// says nothing, and they are sorted.
func (w *world) dump() string {
	w.t.Helper()
	var lines []string
	w.query(func(db *sql.DB) error {
		list := `SELECT name FROM sqlite_master WHERE type = 'table'`
		if cluster != nil {
			list = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
		}
		tables, err := texts(w.ctx, db, list)
		if err != nil {
			return err
		}
		for _, table := range tables {
			// A name from the database's own list.
			rows, err := texts(w.ctx, db, `SELECT * FROM `+table)
			if err != nil {
				return err
			}
			for _, row := range rows {
				row = table + ": " + anyCase.ReplaceAllString(row, "${1}7KQ2")
				if strings.HasPrefix(table, "ledger_") {
					row = anyPlace.ReplaceAllString(row, "place")
				}
				lines = append(lines, row)
			}
		}
		return nil
	})
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// texts are the rows of a query, a line each.
func texts(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var lines []string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return nil, err
		}
		for i := range values {
			value := *values[i].(*any)
			if blob, ok := value.([]byte); ok {
				value = fmt.Sprintf("<%d bytes>", len(blob))
			}
			values[i] = value
		}
		lines = append(lines, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	return lines, rows.Err()
}

// TestDatabaseWithoutKey looks at the database as a thief would, while a case is open and a message to the reporter waits. No
// row may name the reporter or differ from a bystander's.
func TestDatabaseWithoutKey(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bert Carl Mallory
the bot joins as admin
Anna: Good evening to all of you
Bert: Good evening to all of you
Mallory: Buy pills at pills.example
Anna: /report (reply to "Buy pills")
Carl presses "🚩" on the card
telegram refuses deleteMessage with 429 once, retry after 10m
Olga: /uphold (reply to "Buy pills")
`)
	if n := w.count(`SELECT count(*) FROM outbox`); n == 0 {
		t.Error("nothing waits, so that this test shows nothing")
	}
	w.checkFiles()
	path, ok := sqldb.Path(w.cfg.Storage.DSN)
	if !ok {
		t.Skip("of SQLite's file")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(w.cfg.Privacy.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(key) > 16 && bytes.Contains(raw, bytes.TrimSpace(key)) {
		t.Error("the key lies in the database")
	}
	w.checkInvariants()
}
