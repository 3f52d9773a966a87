package archtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Who may import whom, each with its reason.

// A wall keeps packages from importing another. A package is named by its folder in this repository; "main" is the root and
// "*" is every package.
type wall struct {
	from     string // the packages that may not import, with spaces between
	except   string // packages that may all the same
	to       string // what they may not import: "x" alone, "x/..." with all below, "outside" what Go does not bring
	but      string // packages below it that may be imported all the same
	indirect bool   // nor through other packages
	why      string
}

// moderationLeaves are the packages below the rules: each computes one thing and knows nothing else of ours.
const moderationLeaves = "moderation/copies moderation/jury moderation/ladder moderation/rulebook moderation/standing moderation/stats moderation/weight"

var walls = []wall{
	// Each library is used in one place.
	{from: "*", except: "bot bench/nullbot", to: "github.com/go-telegram-bot-api/telegram-bot-api/v5/...", why: "nobody maintains the library since 2022, so what it lacks and what it leaks is hidden in one package (the null bot shows the library alone)"},
	{from: "*", except: "storage storage/sqldb storage/messagelog storage/transfer bench", to: "database/sql/...", why: "queries stand beside their tables, in storage and in its message log (bench fills tables to measure)"},
	{from: "*", except: "storage/sqldb", to: "github.com/mattn/go-sqlite3", why: "only sqldb knows which database it is"},
	{from: "*", except: "storage/sqldb", to: "github.com/pressly/goose/v3/...", why: "migrations run when a database is opened, and nowhere else"},
	{from: "*", except: "internal/config", to: "github.com/spf13/viper", why: "the configuration is read in one place"},
	{from: "*", except: "internal/ops", to: "github.com/prometheus/client_golang/...", why: "only one package knows how metrics are exported"},
	{from: "*", except: "internal/schedule internal/timetable", to: "github.com/robfig/cron/v3", why: "two packages ask when something is due: for jobs and for groups"},
	{from: "*", except: "internal/ledger storage bench", to: "golang.org/x/mod/...", why: "one package makes and checks proofs; storage keeps its hashes (bench makes up many of them)"},
	{from: "*", except: "internal/cli", to: "github.com/spf13/cobra", why: "the command line is in one place"},
	{from: "*", except: "handlers", to: "golang.org/x/time/...", why: "one package says how much a person may send"},
	{from: "*", to: "github.com/hashicorp/golang-lru/v2/expirable", why: "it reads the time itself, and its goroutine never ends"},

	// The rules get values and return values.
	{from: "moderation", to: "outside", why: "the rules need nothing but Go itself, so that they can be read and tested alone"},
	{from: "moderation", to: ourModule + "/...", but: moderationLeaves, why: "the rules use their own leaves, and none of the packages that use the rules"},
	{from: moderationLeaves, except: "moderation/copies", to: "outside", why: "a leaf computes one thing and needs nothing else (copies reads Unicode's tables of letters, which others keep)"},
	{from: moderationLeaves, to: ourModule + "/...", why: "a leaf computes one thing and needs nothing else"},
	{from: "moderation", to: "net/...", why: "the rules know no network"},
	{from: "moderation", to: "database/...", why: "the rules know no tables; they declare what they need of a store"},
	{from: "moderation", to: "os/...", why: "the rules know no files and no environment"},
	{from: "moderation", to: "math/rand/...", why: "random values are arguments, or a verdict could not be repeated"},
	{from: "moderation", to: "crypto/...", why: "the rules say who is told what; others encrypt"},
	{from: "moderation", to: "log/...", why: "the rules return what they have to say, they do not log it"},

	// The handlers translate between Telegram and the rules.
	{from: "handlers", to: "database/sql/...", indirect: true, why: "handlers call package moderation and declare what they need of a store"},
	{from: "handlers", to: ourModule + "/storage", indirect: true, why: "handlers call package moderation and declare what they need of a store"},
	{from: "handlers/deliver handlers/casefile", to: ourModule + "/handlers", indirect: true, why: "what was decided is delivered whoever asked for it"},
	{from: "handlers/view", to: "context", why: "texts are made from values that the caller has asked for"},
	{from: "handlers/view internal/settings", to: ourModule + "/handlers", indirect: true, why: "texts and settings know nothing of who asks for them"},
	{from: "internal/settings", to: ourModule + "/bot/...", indirect: true, why: "a setting is the same wherever it is typed"},

	// The store.
	{from: "storage", to: ourModule + "/bot/...", indirect: true, why: "the store knows no Telegram"},
	{from: "storage", to: ourModule + "/handlers", indirect: true, why: "the store works without handlers"},
	{from: "*", except: "", to: ourModule + "/internal/testdb", why: "it makes databases for tests"},
	{from: "storage/sqldb", to: ourModule + "/...", indirect: true, why: "sqldb runs transactions and knows nothing of what is stored"},
	{from: "storage/messagelog", to: ourModule + "/...", but: "storage/sqldb", indirect: true, why: "the log keeps messages and their order; what they say and who may see them is for others"},
	{from: "*", except: "storage", to: ourModule + "/storage/messagelog", why: "recent messages are asked for through storage, which knows the groups"},
	{from: "storage", to: ourModule + "/internal/locale", indirect: true, why: "the store keeps codes; texts are made at delivery"},

	// The client of Telegram.
	{from: "bot", to: ourModule + "/...", but: "bot/ratelimit bot/wire", indirect: true, why: "the client of Telegram decides nothing, stores nothing and has no texts of its own"},
	{from: "bot/ratelimit", to: ourModule + "/...", indirect: true, why: "Telegram's limits depend on nothing but what is counted"},
	{from: "bot/wire", to: ourModule + "/...", indirect: true, why: "what Telegram says can be read without anything of ours"},

	// The simulated Telegram.
	{from: "internal/tgsim", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext internal/tgsim/params internal/tgsim/faults internal/tgsim/world internal/tgsim/people internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", indirect: true, why: "it shares no code with the bot, or it would share the errors that it must show"},
	{from: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/faults", to: ourModule + "/...", indirect: true, why: "the other packages of the simulated Telegram use them"},
	{from: "internal/tgsim/richtext internal/tgsim/params", to: ourModule + "/...", but: "internal/tgsim/wire internal/tgsim/schema", indirect: true, why: "texts and parameters know no chats"},
	{from: "internal/tgsim/world", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext", indirect: true, why: "the state and its rules are the same whoever acts"},
	{from: "internal/tgsim/people", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext internal/tgsim/world", indirect: true, why: "what people do works without any bot"},
	{from: "internal/tgsim/methods internal/tgsim/updates", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext internal/tgsim/params internal/tgsim/world internal/tgsim/updates", indirect: true, why: "what bots may call works without what people do"},
	{from: "*", except: "internal/tgsim internal/tgsim/world", to: ourModule + "/internal/tgsim/guard", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim internal/tgsim/richtext internal/tgsim/world internal/tgsim/people internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/wire", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim internal/tgsim/richtext internal/tgsim/params internal/tgsim/world internal/tgsim/methods internal/tgsim/server", to: ourModule + "/internal/tgsim/schema", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim/world internal/tgsim/people internal/tgsim/methods", to: ourModule + "/internal/tgsim/richtext", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/params", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/faults", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim internal/tgsim/people internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/world", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim", to: ourModule + "/internal/tgsim/people", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim/methods internal/tgsim/server", to: ourModule + "/internal/tgsim/updates", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim/server", to: ourModule + "/internal/tgsim/methods", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim internal/tgsim/server", to: ourModule + "/internal/tgsim/calls", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/tgsim", to: ourModule + "/internal/tgsim/server", why: "tests use package tgsim, which is stable, and not the packages below it"},
	{from: "*", except: "internal/demo bench", to: ourModule + "/internal/tgsim", why: "only the demo and the bench, beside tests, run against the simulated Telegram"},

	// Tools import no other package of ours; internal/app uses them.
	{from: "internal/outbox", to: ourModule + "/moderation", indirect: true, why: "the outbox delivers bytes and knows no rules"},
	{from: "internal/outbox", to: ourModule + "/bot/...", indirect: true, why: "the outbox delivers bytes and knows no Telegram"},
	{
		from: "internal/backup internal/digest internal/ledger internal/locale internal/ops internal/outbox internal/schedule internal/seal internal/timetable internal/version internal/zone",
		to:   ourModule + "/...", indirect: true, why: "a tool is usable without the packages that use it",
	},

	{
		from: "internal/config",
		to:   ourModule + "/...", but: "internal/settings internal/locale internal/timetable internal/zone moderation " + moderationLeaves,
		indirect: true, why: "the configuration has a key for each setting, and else knows none of the packages that use it",
	},

	{from: "*", except: "internal/simulate bench", to: "gonum.org/v1/plot/...", why: "two packages plot: what the simulator found, and how fast the bot is"},

	// The simulator uses the rules alone.
	{from: "*", except: "internal/cli", to: ourModule + "/internal/simulate", why: "only the subcommand simulate needs it"},
	{from: "internal/simulate", to: ourModule + "/storage", indirect: true, why: "simulated votes are computed in memory"},
	{from: "internal/simulate", to: ourModule + "/bot/...", indirect: true, why: "simulated votes need no Telegram"},

	// The top: main.go calls the command line, which opens the bot.
	{from: "*", except: "main", to: ourModule + "/internal/cli", why: "only main.go starts the command line"},
	{from: "*", except: "internal/cli", to: ourModule + "/internal/app", why: "internal/app uses the parts of the bot, and they do not use it"},
	{from: "*", except: "internal/cli", to: ourModule + "/internal/demo", why: "the demo is one subcommand"},
	{from: "*", except: "internal/cli", to: ourModule + "/internal/backup", why: "copies are made beside the bot, by one subcommand"},
	{from: "main", to: "outside", why: "main.go calls the command line and does nothing else"},

	// What is for tests alone. The bench starts a PostgreSQL server, too.
	{from: "*", to: ourModule + "/internal/repo", why: "only tests know where the source is"},
	{from: "*", to: ourModule + "/internal/testdb", why: "only tests copy a migrated database"},
	{from: "*", to: ourModule + "/internal/storedtest", why: "only tests compare with golden files"},
	{from: "*", to: ourModule + "/internal/grouptest", why: "only tests play a group"},
	{from: "*", to: ourModule + "/moderation/weight/weighttest", why: "only tests draw ballots"},
	{from: "*", except: "bench", to: ourModule + "/internal/pgtest", why: "the bot uses the operator's server"},
	{from: "*", except: "internal/pgtest", to: ourModule + "/internal/scratch", why: "the bot writes where the operator says"},
	{from: "*", to: ourModule + "/internal/e2e", why: "the package has nothing but tests"},
	{from: "*", to: ourModule + "/internal/archtest", why: "the package has nothing but tests"},

	// Who may use what, among our own packages.
	{from: "*", except: "internal/app internal/cli", to: ourModule + "/internal/config", why: "packages are given values, not the configuration"},
	{from: "*", except: "internal/app internal/cli", to: ourModule + "/internal/ops", why: "packages do not know metrics and health checks; internal/app counts for them"},
	{from: "*", except: "internal/app", to: ourModule + "/internal/schedule", why: "only internal/app knows what runs when"},
	{from: "*", except: "internal/app storage handlers/deliver", to: ourModule + "/internal/outbox", why: "storage keeps its rows, internal/app joins it to handlers/deliver, which tells it in its words what a delivery came to"},
	{from: "*", except: "internal/cli storage", to: ourModule + "/internal/ledger", why: "moderation says which entries there are, storage keeps them, and ostrakon verify checks them"},
	{from: "*", except: "internal/cli storage", to: ourModule + "/internal/seal", why: "as few packages as possible can read what is sealed"},
	{from: "*", except: "handlers handlers/view internal/settings handlers/lookup handlers/request handlers/deliver", to: ourModule + "/internal/locale", why: "texts are made in the handlers"},
	{from: "*", except: "internal/app internal/cli storage/transfer bench", to: ourModule + "/storage", why: "only internal/app gives the store to package moderation; subcommands open it to copy or to check it (bench fills one to measure)"},
	{from: "*", except: "internal/app", to: ourModule + "/handlers", why: "only internal/app gives updates to the handlers"},
	{from: "*", except: "handlers handlers/lookup handlers/request handlers/deliver handlers/casefile internal/app internal/cli", to: ourModule + "/handlers/view", why: "the handlers send texts; internal/app sends the bot's name and description to Telegram, and ostrakon check compares them"},
	{from: "*", except: "handlers handlers/view handlers/request internal/config internal/app internal/cli", to: ourModule + "/internal/settings", why: "a setting is read from what an admin typed, and from the configuration"},
	{from: "*", except: "handlers handlers/request handlers/deliver", to: ourModule + "/handlers/lookup", why: "only handlers ask Telegram about people and chats"},
	{from: "*", except: "handlers internal/app", to: ourModule + "/handlers/deliver", why: "internal/app delivers what waits; the handlers send by the same limits"},
	{from: "handlers/lookup handlers/request", to: ourModule + "/handlers", indirect: true, why: "a question to Telegram, and to a request, is the same whatever it is asked for"},
	{from: "*", except: "handlers internal/app internal/cli", to: ourModule + "/bot", why: "handlers implement its interface; internal/app and ostrakon check connect to Telegram"},
	{from: "*", except: "bot handlers handlers/deliver internal/grouptest internal/app", to: ourModule + "/bot/ratelimit", why: "the client books calls, and those who send in bulk ask when the next may go"},
	{from: "*", except: "bot handlers handlers/view handlers/lookup handlers/request handlers/deliver handlers/casefile internal/grouptest internal/app internal/cli", to: ourModule + "/bot/wire", why: "handlers translate what comes from Telegram; internal/app and ostrakon check connect to it"},
}

func TestWalls(t *testing.T) {
	t.Parallel()
	g := imports(t)
	for _, w := range walls {
		for _, pkg := range slices.Concat(strings.Fields(w.from), strings.Fields(w.except), strings.Fields(w.but)) {
			if _, ok := g[pathOf(pkg)]; !ok && pkg != "*" {
				t.Errorf("a wall names %q, which is no package (any more)", pkg)
			}
		}
		for _, b := range breaches(g, w) {
			t.Error(b)
		}
	}
}

// TestWallsHold tries made-up imports, to see that the test can fail.
func TestWallsHold(t *testing.T) {
	t.Parallel()
	g := graph{
		ourModule:                 {imports: []string{ourModule + "/a", ourModule + "/b"}},
		ourModule + "/a":          {imports: []string{"fmt", ourModule + "/b"}},
		ourModule + "/b":          {imports: []string{"database/sql", "example.com/x/y"}},
		ourModule + "/internal/c": {},
		"database/sql":            {standard: true, imports: []string{"sync"}},
		"fmt":                     {standard: true, imports: []string{"os"}},
		"example.com/x/y":         {imports: []string{"os"}},
	}
	const why = "reasons"
	for _, c := range []struct {
		w    wall
		want []string
	}{
		{wall{from: "b", to: "database/sql/...", why: why}, []string{"b imports database/sql: reasons"}},
		{wall{from: "b", to: "database", why: why}, nil},
		{wall{from: "b", to: "database/...", why: why}, []string{"b imports database/sql: reasons"}},
		{wall{from: "a", to: "database/sql", why: why}, nil},
		{wall{from: "a", to: "database/sql", indirect: true, why: why}, []string{"a imports database/sql through b: reasons"}},
		{wall{from: "a", to: "sync", indirect: true, why: why}, []string{"a imports sync through b, database/sql: reasons"}},
		{wall{from: "a", to: "outside", why: why}, nil},
		{wall{from: "b", to: "outside", why: why}, []string{"b imports example.com/x/y: reasons"}},
		{wall{from: "*", except: "b", to: "example.com/x/...", why: why}, nil},
		{wall{from: "*", except: "main a", to: ourModule + "/b", why: why}, nil},
		{wall{from: "*", except: "main", to: ourModule + "/b", why: why}, []string{"a imports b: reasons"}},
		{wall{from: "*", except: "a", to: ourModule + "/b", why: why}, []string{"main imports b: reasons"}},
		{wall{from: "a internal/c", to: ourModule + "/...", why: why}, []string{"a imports b: reasons"}},
		{wall{from: "a internal/c", to: ourModule + "/...", but: "b", why: why}, nil},
	} {
		if got := breaches(g, c.w); !slices.Equal(got, c.want) {
			t.Errorf("from %q, except %q, to %q, indirect %v: got %q, want %q", c.w.from, c.w.except, c.w.to, c.w.indirect, got, c.want)
		}
	}
}

// breaches lists the imports that a wall forbids, each with the path to it.
func breaches(g graph, w wall) (found []string) {
	for _, from := range g.packages() {
		pkg := nickname(from)
		if !w.concerns(pkg) {
			continue
		}
		for _, path := range g.ways(from, w.indirect) {
			if to := path[len(path)-1]; w.forbids(g, to) {
				through := ""
				if len(path) > 1 {
					through = " through " + nicknames(path[:len(path)-1])
				}
				found = append(found, fmt.Sprintf("%s imports %s%s: %s", nickname(from), nickname(to), through, w.why))
			}
		}
	}
	return found
}

// concerns reports whether a wall keeps a package from importing.
func (w wall) concerns(pkg string) bool {
	if slices.Contains(strings.Fields(w.except), pkg) {
		return false
	}
	return slices.Contains(strings.Fields(w.from), pkg) || w.from == "*" && !behind(pathOf(pkg), w.to)
}

func (w wall) forbids(g graph, to string) bool {
	if slices.Contains(strings.Fields(w.but), nickname(to)) {
		return false
	}
	if w.to == "outside" {
		ours := to == ourModule || strings.HasPrefix(to, ourModule+"/")
		return !g[to].standard && !ours && to != "C"
	}
	return behind(to, w.to)
}

// behind reports whether an import path is x, or for "x/..." also below x.
func behind(path, x string) bool {
	above, all := strings.CutSuffix(x, "/...")
	return path == above || all && strings.HasPrefix(path, above+"/")
}

// graph is what each package imports, by import path.
type graph map[string]node

type node struct {
	standard bool // Go brings it
	imports  []string
}

// packages are those of this repository.
func (g graph) packages() (found []string) {
	for path := range g {
		if behind(path, ourModule+"/...") {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found
}

// ways are the shortest paths from a package to what it imports, itself not counted: of length
// one, or, if indirect, of any length.
func (g graph) ways(from string, indirect bool) (found [][]string) {
	seen := map[string]bool{from: true}
	for at := [][]string{nil}; len(at) > 0; {
		way := at[0]
		at = at[1:]
		end := from
		if len(way) > 0 {
			end = way[len(way)-1]
		}
		for _, next := range g[end].imports {
			if seen[next] {
				continue
			}
			seen[next] = true
			longer := append(slices.Clone(way), next)
			found = append(found, longer)
			if indirect {
				at = append(at, longer)
			}
		}
	}
	return found
}

// nickname is how people call a package: its folder if it is ours.
func nickname(path string) string {
	if path == ourModule {
		return "main"
	}
	return strings.TrimPrefix(path, ourModule+"/")
}

func nicknames(paths []string) string {
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = nickname(p)
	}
	return strings.Join(names, ", ")
}

func pathOf(pkg string) string {
	if pkg == "main" {
		return ourModule
	}
	return ourModule + "/" + pkg
}

// imports asks Go who imports whom. Tests do not count: they may import everything.
func imports(t *testing.T) graph {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Standard,Imports", "./...").Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("go list: %v\n%s", err, failed.Stderr)
		}
		t.Fatal(err)
	}
	g := graph{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Standard   bool
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return g
		} else if err != nil {
			t.Fatal(err)
		}
		g[p.ImportPath] = node{p.Standard, p.Imports}
	}
}
