package sqldb_test

import (
	"testing"
)

// PostgreSQL compiles no query, and makes no plan that reads a whole table where there is an index.
func TestPlans(t *testing.T) {
	if cluster == nil {
		t.Skip("of PostgreSQL alone")
	}
	db := open(t, dsn(t))
	for _, ask := range []string{`SHOW jit`, `SHOW enable_seqscan`} {
		var is string
		if err := db.Reader.QueryRowContext(t.Context(), ask).Scan(&is); err != nil || is != "off" {
			t.Errorf("%s: %q, error %v", ask, is, err)
		}
	}
}
