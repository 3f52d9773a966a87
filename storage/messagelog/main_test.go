package messagelog_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// cluster is where logs have their databases; nil = in files of SQLite's.
var cluster *pgtest.Cluster

// TestMain runs all tests on SQLite and then, the same ones, on PostgreSQL.
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if code != 0 || flag.Lookup("test.bench").Value.String()+flag.Lookup("test.list").Value.String() != "" {
		os.Exit(code)
	}
	os.Exit(onPostgres(m))
}

func onPostgres(m *testing.M) int {
	c, err := pgtest.New(false)
	if errors.Is(err, pgtest.ErrMissing) && os.Getenv(pgtest.Required) == "" {
		fmt.Printf("not run on PostgreSQL: %v\n", err)
		return 0
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer c.Close()
	cluster = c
	return m.Run()
}

// onlySQLite skips what is about messages that wait, which they do with SQLite alone.
func onlySQLite(t testing.TB) {
	t.Helper()
	if cluster != nil {
		t.Skip("nothing waits with PostgreSQL")
	}
}
