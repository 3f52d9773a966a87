package e2e

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/testdb"
)

// cluster is where the bot keeps everything in these tests if OSTRAKON_TEST_DATABASE is postgres, as it is once in CI; else
// that is a file of SQLite's.
var cluster *pgtest.Cluster

// TestMain sets how often the property is tried unless the command line says so: each try starts a
// whole bot, so the usual hundred would take minutes.
func TestMain(m *testing.M) {
	// A bot of a test is small and soon over, and there is memory for some garbage: without this, a tenth of the time is spent on it.
	debug.SetGCPercent(400)
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || strings.HasPrefix(f.Name, "rapid.") })
	if !given {
		for name, value := range map[string]string{"rapid.checks": "12", "rapid.steps": "25"} {
			if err := flag.Set(name, value); err != nil {
				panic(err)
			}
		}
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if os.Getenv("OSTRAKON_TEST_DATABASE") == "postgres" {
		var err error
		if cluster, err = pgtest.New(false); err != nil {
			fmt.Println(err)
			return 1
		}
		defer cluster.Close()
	}
	return m.Run()
}

// database is a new one for a test.
func database(t *testing.T) string {
	// It is asked anew here, where Go notes it: else results of one database would be taken for those of the other.
	if os.Getenv("OSTRAKON_TEST_DATABASE") == "postgres" {
		return cluster.Lend(t, testdb.Migrate)
	}
	return testdb.New(t, filepath.Join(scratch.Dir(t), "ostrakon.db"))
}
