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

// Who may import whom. The walls stand here with their reasons, so that they explain themselves to
// whoever walks into one.

// A wall keeps rooms from an import. Rooms are folders of this repository, and "main"; "*" is all.
type wall struct {
	from string // the rooms on this side, with spaces between
	door string // rooms for which the wall has a door
	to   string // what is on the other side: "x" alone, "x/..." with all below, "outside" what Go does not bring
	but  string // rooms on the other side that may be imported all the same
	far  bool   // not through other packages either
	why  string
}

// moderationLeaves are the packages below the rules: each computes one thing and knows nothing else of ours.
const moderationLeaves = "moderation/ladder moderation/rulebook moderation/standing moderation/stats moderation/weight"

var walls = []wall{
	// Each technology has one home.
	{from: "*", door: "bot bench/nullbot", to: "github.com/go-telegram-bot-api/telegram-bot-api/v5/...", why: "the library rests since 2022; what it lacks and what it leaks is hidden in one room (the null bot is what one has without us)"},
	{from: "*", door: "storage storage/sqldb storage/messagelog bench", to: "database/sql/...", why: "every query stands beside its table, in storage and in its message log (bench fills tables to measure)"},
	{from: "*", door: "storage/sqldb", to: "github.com/mattn/go-sqlite3", why: "which database it is, only sqldb knows"},
	{from: "*", door: "storage/sqldb", to: "github.com/pressly/goose/v3/...", why: "migrations run when a database is opened, and nowhere else"},
	{from: "*", door: "internal/config", to: "github.com/spf13/viper", why: "a setting is read once, in one place"},
	{from: "*", door: "internal/ops", to: "github.com/prometheus/client_golang/...", why: "metrics are counted for those who do not know of them"},
	{from: "*", door: "internal/schedule internal/timetable", to: "github.com/robfig/cron/v3", why: "when is asked in two rooms, of jobs and of groups"},
	{from: "*", door: "internal/ledger storage bench", to: "golang.org/x/mod/...", why: "proofs are made and checked in one room; storage keeps its hashes (bench makes up a long past of them)"},
	{from: "*", door: "internal/cli", to: "github.com/spf13/cobra", why: "the command line is in one place"},

	// The law: values in, values out.
	{from: "moderation", to: "outside", why: "the law needs nothing but Go itself, so that it can be read and tested alone"},
	{from: "moderation", to: ourModule + "/...", but: moderationLeaves, why: "the rules use their own leaves, and none of those who serve them"},
	{from: moderationLeaves, to: "outside", why: "a leaf could be a library of its own"},
	{from: moderationLeaves, to: ourModule + "/...", why: "a leaf could be a library of its own"},
	{from: "moderation", to: "net/...", why: "the law knows no network"},
	{from: "moderation", to: "database/...", why: "the law knows no tables; it says what it needs of a store"},
	{from: "moderation", to: "os/...", why: "the law knows no files and no environment"},
	{from: "moderation", to: "math/rand/...", why: "chance enters as a value, or a verdict could not be repeated"},
	{from: "moderation", to: "crypto/...", why: "who is told what is the law's; how it is sealed is not"},
	{from: "moderation", to: "log/...", why: "the law answers, it does not talk"},

	// The translators.
	{from: "handlers", to: "database/sql/...", far: true, why: "handlers ask the court and its memory"},
	{from: "handlers", to: ourModule + "/storage", far: true, why: "handlers ask the court and its memory, whatever keeps it"},
	{from: "handlers", to: ourModule + "/internal/outbox", far: true, why: "what must be done is an effect; who carries it out, and when again, is for internal/app to join"},
	{from: "handlers/view", to: "context", why: "words are made from values: whoever calls has asked before"},
	{from: "handlers/view handlers/settings", to: ourModule + "/handlers", far: true, why: "words and settings know nothing of who asks for them"},
	{from: "handlers/settings", to: ourModule + "/bot/...", far: true, why: "a setting is the same wherever it is typed"},

	// The memory.
	{from: "storage", to: ourModule + "/bot/...", far: true, why: "memory knows no Telegram"},
	{from: "storage", to: ourModule + "/handlers", far: true, why: "memory does not know who asks"},
	{from: "storage/sqldb", to: ourModule + "/...", far: true, why: "sqldb runs transactions and knows nothing of what is stored"},
	{from: "storage/messagelog", to: ourModule + "/...", but: "storage/sqldb", far: true, why: "the log keeps messages and their order; what they say and who may see them is for others"},
	{from: "*", door: "storage", to: ourModule + "/storage/messagelog", why: "recent messages are asked for through storage, which knows the groups"},
	{from: "storage", to: ourModule + "/internal/locale", far: true, why: "memory keeps codes; words are made at delivery"},

	// The door.
	{from: "bot", to: ourModule + "/...", but: "bot/ratelimit bot/wire", far: true, why: "the door to Telegram decides nothing, remembers nothing and says nothing of its own"},
	{from: "bot/ratelimit", to: ourModule + "/...", far: true, why: "Telegram's limits depend on nothing but what is counted"},
	{from: "bot/wire", to: ourModule + "/...", far: true, why: "what Telegram says can be read without anything of ours"},

	// The simulated Telegram.
	{from: "internal/tgsim", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext internal/tgsim/params internal/tgsim/faults internal/tgsim/world internal/tgsim/people internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", far: true, why: "it must be able to contradict us, so it may not share our errors"},
	{from: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/faults", to: ourModule + "/...", far: true, why: "they are at the bottom of the simulated Telegram"},
	{from: "internal/tgsim/richtext internal/tgsim/params", to: ourModule + "/...", but: "internal/tgsim/wire internal/tgsim/schema", far: true, why: "texts and parameters know no chats"},
	{from: "internal/tgsim/world", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext", far: true, why: "the state and its rules know neither who acts nor how"},
	{from: "internal/tgsim/people", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext internal/tgsim/world", far: true, why: "people know nothing of calls"},
	{from: "internal/tgsim/methods internal/tgsim/updates", to: ourModule + "/...", but: "internal/tgsim/guard internal/tgsim/wire internal/tgsim/schema internal/tgsim/richtext internal/tgsim/params internal/tgsim/world internal/tgsim/updates", far: true, why: "bots know nothing of what people do"},
	{from: "*", door: "internal/tgsim internal/tgsim/world", to: ourModule + "/internal/tgsim/guard", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim internal/tgsim/richtext internal/tgsim/world internal/tgsim/people internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/wire", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim internal/tgsim/richtext internal/tgsim/params internal/tgsim/world internal/tgsim/methods internal/tgsim/server", to: ourModule + "/internal/tgsim/schema", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim/world internal/tgsim/people internal/tgsim/methods", to: ourModule + "/internal/tgsim/richtext", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/params", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/faults", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim internal/tgsim/people internal/tgsim/updates internal/tgsim/methods internal/tgsim/calls internal/tgsim/server", to: ourModule + "/internal/tgsim/world", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim", to: ourModule + "/internal/tgsim/people", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim/methods internal/tgsim/server", to: ourModule + "/internal/tgsim/updates", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim/server", to: ourModule + "/internal/tgsim/methods", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim internal/tgsim/server", to: ourModule + "/internal/tgsim/calls", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/tgsim", to: ourModule + "/internal/tgsim/server", why: "whoever tests with the simulator uses its front"},
	{from: "*", door: "internal/demo bench", to: ourModule + "/internal/tgsim", why: "the real bot does not know that it is tested"},

	// Tools know their trade and no other package of ours; internal/app joins them.
	{from: "internal/outbox", to: ourModule + "/moderation", far: true, why: "the outbox carries bytes and knows no law"},
	{from: "internal/outbox", to: ourModule + "/bot/...", far: true, why: "the outbox carries bytes and knows no Telegram"},
	{
		from: "internal/config internal/digest internal/ledger internal/locale internal/ops internal/outbox internal/schedule internal/seal internal/timetable internal/version internal/zone",
		to:   ourModule + "/...", far: true, why: "a tool knows its trade and none of the rooms that use it",
	},

	{from: "*", door: "internal/digest internal/simulate bench", to: "gonum.org/v1/plot/...", why: "three rooms draw: for admins, for those who doubt the engine, and for those who doubt its speed"},

	// The simulator plays people before the law alone.
	{from: "*", door: "internal/cli", to: ourModule + "/internal/simulate", why: "nothing that runs a group depends on made-up people"},
	{from: "internal/simulate", to: ourModule + "/storage", far: true, why: "made-up people are in no database"},
	{from: "internal/simulate", to: ourModule + "/bot/...", far: true, why: "nor in Telegram"},

	// The top: main.go calls the command line, which opens the bot.
	{from: "*", door: "main", to: ourModule + "/internal/cli", why: "the command line is on top of all"},
	{from: "*", door: "internal/cli", to: ourModule + "/internal/app", why: "what the bot is made of does not know how it is put together"},
	{from: "*", door: "internal/cli", to: ourModule + "/internal/demo", why: "the demo is one subcommand"},
	{from: "main", to: "outside", why: "main.go calls the command line and does nothing else"},
	{from: "*", to: ourModule + "/internal/repo", why: "only tests know where the source is"},

	// Who is spoken to by whom.
	{from: "*", door: "internal/app internal/cli", to: ourModule + "/internal/config", why: "rooms are given values, not the configuration"},
	{from: "*", door: "internal/app internal/cli", to: ourModule + "/internal/ops", why: "rooms are watched from outside"},
	{from: "*", door: "internal/app", to: ourModule + "/internal/schedule", why: "only internal/app knows what runs when"},
	{from: "*", door: "internal/app storage", to: ourModule + "/internal/outbox", why: "storage keeps its rows, internal/app joins it to the handlers"},
	{from: "*", door: "internal/cli storage", to: ourModule + "/internal/ledger", why: "moderation says which entries there are, storage keeps them, and ostrakon verify checks them"},
	{from: "*", door: "internal/cli storage", to: ourModule + "/internal/seal", why: "the key goes to as few as possible"},
	{from: "*", door: "handlers handlers/view handlers/settings handlers/lookup handlers/request", to: ourModule + "/internal/locale", why: "words come at the edge"},
	{from: "*", door: "internal/app internal/cli bench", to: ourModule + "/storage", why: "only internal/app knows which store the court has; subcommands open it to copy or to check it (bench fills one to measure)"},
	{from: "*", door: "internal/app", to: ourModule + "/handlers", why: "only internal/app knows who answers"},
	{from: "*", door: "handlers handlers/lookup handlers/request internal/app internal/cli", to: ourModule + "/handlers/view", why: "the handlers speak for the bot; internal/app tells Telegram what it is called, and ostrakon check compares that"},
	{from: "*", door: "handlers handlers/view handlers/request", to: ourModule + "/handlers/settings", why: "only the handlers read what admins type"},
	{from: "*", door: "handlers handlers/request", to: ourModule + "/handlers/lookup", why: "the handlers know whom and what to ask about"},
	{from: "handlers/lookup handlers/request", to: ourModule + "/handlers", far: true, why: "a question to Telegram, and to a request, is the same whatever it is asked for"},
	{from: "*", door: "bot handlers handlers/view handlers/lookup handlers/request internal/app internal/cli", to: ourModule + "/bot/...", why: "handlers translate what comes from Telegram; internal/app and ostrakon check connect to it"},
}

func TestWalls(t *testing.T) {
	t.Parallel()
	g := imports(t)
	for _, w := range walls {
		for _, room := range slices.Concat(strings.Fields(w.from), strings.Fields(w.door), strings.Fields(w.but)) {
			if _, ok := g[pathOf(room)]; !ok && room != "*" {
				t.Errorf("a wall names %q, which is no room (any more)", room)
			}
		}
		for _, b := range breaches(g, w) {
			t.Error(b)
		}
	}
}

// A test that cannot fail is no wall: these are made up.
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
		{wall{from: "a", to: "database/sql", far: true, why: why}, []string{"a imports database/sql through b: reasons"}},
		{wall{from: "a", to: "sync", far: true, why: why}, []string{"a imports sync through b, database/sql: reasons"}},
		{wall{from: "a", to: "outside", why: why}, nil},
		{wall{from: "b", to: "outside", why: why}, []string{"b imports example.com/x/y: reasons"}},
		{wall{from: "*", door: "b", to: "example.com/x/...", why: why}, nil},
		{wall{from: "*", door: "main a", to: ourModule + "/b", why: why}, nil},
		{wall{from: "*", door: "main", to: ourModule + "/b", why: why}, []string{"a imports b: reasons"}},
		{wall{from: "*", door: "a", to: ourModule + "/b", why: why}, []string{"main imports b: reasons"}},
		{wall{from: "a internal/c", to: ourModule + "/...", why: why}, []string{"a imports b: reasons"}},
		{wall{from: "a internal/c", to: ourModule + "/...", but: "b", why: why}, nil},
	} {
		if got := breaches(g, c.w); !slices.Equal(got, c.want) {
			t.Errorf("from %q, door %q, to %q, far %v: got %q, want %q", c.w.from, c.w.door, c.w.to, c.w.far, got, c.want)
		}
	}
}

// breaches says who is on the wrong side of a wall, and how they got there.
func breaches(g graph, w wall) (found []string) {
	for _, from := range g.rooms() {
		room := roomOf(from)
		if !w.concerns(room) {
			continue
		}
		for _, path := range g.ways(from, w.far) {
			if to := path[len(path)-1]; w.forbids(g, to) {
				through := ""
				if len(path) > 1 {
					through = " through " + roomsOf(path[:len(path)-1])
				}
				found = append(found, fmt.Sprintf("%s imports %s%s: %s", roomOf(from), roomOf(to), through, w.why))
			}
		}
	}
	return found
}

// concerns reports whether a room is on this side of the wall and has no door.
func (w wall) concerns(room string) bool {
	if slices.Contains(strings.Fields(w.door), room) {
		return false
	}
	return slices.Contains(strings.Fields(w.from), room) || w.from == "*" && !behind(pathOf(room), w.to)
}

func (w wall) forbids(g graph, to string) bool {
	if slices.Contains(strings.Fields(w.but), roomOf(to)) {
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

// rooms are the packages of this repository.
func (g graph) rooms() (found []string) {
	for path := range g {
		if behind(path, ourModule+"/...") {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found
}

// ways are the shortest ways from a package to what it imports, itself not counted: one step long,
// or, if far, as long as it takes.
func (g graph) ways(from string, far bool) (found [][]string) {
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
			if far {
				at = append(at, longer)
			}
		}
	}
	return found
}

// roomOf is how people call a package: its folder if it is ours.
func roomOf(path string) string {
	if path == ourModule {
		return "main"
	}
	return strings.TrimPrefix(path, ourModule+"/")
}

func roomsOf(paths []string) string {
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = roomOf(p)
	}
	return strings.Join(names, ", ")
}

func pathOf(room string) string {
	if room == "main" {
		return ourModule
	}
	return ourModule + "/" + room
}

// imports asks Go who imports whom. Tests are not asked: they may look over every wall.
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
