package pgtest

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"
)

// OnBoth runs all tests of a package on SQLite and then, the same ones, on PostgreSQL, and ends the process: what such a package
// promises it promises of both. Before the second time use is told of the server. With OSTRAKON_TEST_DATABASE=postgres
// they run on that alone, as benchmarks do.
func OnBoth(m *testing.M, use func(*Cluster)) {
	flag.Parse()
	only := os.Getenv("OSTRAKON_TEST_DATABASE")
	code := 0
	if only != "postgres" {
		code = m.Run()
	}
	if only == "sqlite" || only == "" && (code != 0 || flag.Lookup("test.bench").Value.String()+flag.Lookup("test.list").Value.String() != "") {
		os.Exit(code)
	}
	os.Exit(onPostgres(m, use))
}

func onPostgres(m *testing.M, use func(*Cluster)) int {
	c, err := New(false)
	if errors.Is(err, ErrMissing) && os.Getenv(Required) == "" {
		fmt.Fprintf(os.Stderr, "not run on PostgreSQL: %v\n", err)
		return 0
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer c.Close()
	use(c)
	return m.Run()
}
