package messagelog_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// cluster is where logs have their databases; nil = in files of SQLite's.
var cluster *pgtest.Cluster

// TestMain runs all tests on both databases.
func TestMain(m *testing.M) {
	pgtest.OnBoth(m, func(c *pgtest.Cluster) { cluster = c })
}

// onlySQLite skips what is about messages that wait, which they do with SQLite alone.
func onlySQLite(t testing.TB) {
	t.Helper()
	if cluster != nil {
		t.Skip("nothing waits with PostgreSQL")
	}
}
