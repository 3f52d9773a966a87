package transfer

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// cluster is where tests have their databases; nil = in files of SQLite's.
var cluster *pgtest.Cluster

// TestMain runs all tests on both databases.
func TestMain(m *testing.M) {
	pgtest.OnBoth(m, func(c *pgtest.Cluster) { cluster = c })
}
