package pgtest_test

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

func TestClusterSurvives(t *testing.T) {
	t.Parallel()
	c := pgtest.Start(t, true)
	one, other := c.Database(t), c.Database(t)
	if one == other {
		t.Fatalf("two tests share %s", one)
	}
	sql := func(text string) string {
		t.Helper()
		out, err := c.Run("psql", "-At", "-c", text, one)
		if err != nil {
			t.Fatalf("%s: %v: %s", text, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	sql(`CREATE TABLE kept (word TEXT)`)
	sql(`INSERT INTO kept VALUES ('here')`)
	if err := c.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Restart(); err != nil {
		t.Fatal(err)
	}
	if got := sql(`SELECT word FROM kept`); got != "here" {
		t.Errorf("after a crash there is %q", got)
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := c.Restart(); err != nil {
		t.Fatal(err)
	}
	if got := sql(`SELECT word FROM kept`); got != "here" {
		t.Errorf("after a stop there is %q", got)
	}
}
