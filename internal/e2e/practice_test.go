package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestPracticeLeavesNothing compares all that is stored before two practices with what is stored an hour after them. Only that updates
// were handled may differ. The ledger grows by the half hour: it must be as large as where people only waited.
func TestPracticeLeavesNothing(t *testing.T) {
	t.Parallel()
	played, waited := afterPractices(t, func(line string) bool { return true }), afterPractices(t, func(line string) bool { return hasPrefix(line, "wait") })
	for table := range waited {
		if hasPrefix(table, "ledger") && len(played[table]) != len(waited[table]) {
			t.Errorf("%s has %d rows after practices, and else %d", table, len(played[table]), len(waited[table]))
		}
	}
}

// afterPractices plays two practices, or those lines of them that are wanted, and returns what is stored then.
func afterPractices(t *testing.T, wanted func(line string) bool) map[string][]string {
	t.Helper()
	w := newWorld(t, tgsim.Options{})
	w.play("before", strings.Split(`
group "Chess club" supergroup, owner Olga
members Anna Bob Carl Mallory
the bot joins as admin
Anna starts the bot
Mallory: Buy pills
Anna: /report spam (reply to "Buy pills")
wait 1m
Bob presses "🚩" on the card
Carl presses "🚩" on the card
Olga: /stats
wait 3h
`, "\n"))
	before := w.stored()
	w.play("practices", slices.DeleteFunc(strings.Split(`
Anna presses "🎬", wherever it is
Anna: /report (reply to "Cheap followers!")
Anna presses "Scam" on "Reported."
wait 20s
Bob presses "👌" on the card
Bob presses "🚩" on the card
wait 2m
Anna does not see "Cheap followers!"
wait 2h
Olga presses "🎬", wherever it is
Bob: /report (reply to "Cheap followers!") (old app)
Bob presses "↩️" on "Reported."
Carl: /spam (reply to "Cheap followers!")
wait 20s
Anna presses "👌" on the card
wait 1m
wait 1m
Anna does not see "Cheap followers!"
wait 2h
`, "\n"), func(line string) bool { return !wanted(line) }))
	after := w.stored()
	for table := range before {
		if a, b := before[table], after[table]; !hasPrefix(table, "ledger") && !slices.Equal(a, b) {
			t.Errorf("%s had %d rows and has %d now, or others:\n%s\n\n%s", table, len(a), len(b), strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
	}
	w.checkInvariants()
	return after
}

// stored is all that the database holds, by table, but for what it keeps of the handling of updates.
func (w *world) stored() map[string][]string {
	w.t.Helper()
	kept := []string{"goose_db_version", "handled", "sqlite_sequence", "pace"}
	all := map[string][]string{}
	for _, table := range w.texts(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND name <> 'sqlite_schema'`) {
		if slices.Contains(kept, table) {
			continue
		}
		all[table] = w.texts(`SELECT * FROM ` + table)
		slices.Sort(all[table])
	}
	return all
}
