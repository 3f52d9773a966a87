package sqldb_test

import (
	"testing"
)

// PostgreSQL compiles no query, and plans those anew that are to be.
func TestPlans(t *testing.T) {
	if cluster == nil {
		t.Skip("of PostgreSQL alone")
	}
	db := open(t, dsn(t)+"&pool_max_conns=1")
	var jit string
	if err := db.Reader.QueryRowContext(t.Context(), `SHOW jit`).Scan(&jit); err != nil || jit != "off" {
		t.Errorf("jit is %q, error %v", jit, err)
	}
	var anew, kept int
	for range 10 {
		if err := db.Reader.QueryRowContext(t.Context(), `SELECT 1 + ?`, db.PlanAnew(int64(2))...).Scan(&anew); err != nil || anew != 3 {
			t.Fatalf("%d, error %v", anew, err)
		}
	}
	err := db.Reader.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 1 +%'`).Scan(&kept)
	if err != nil || kept != 0 {
		t.Errorf("%d plans are kept, error %v", kept, err)
	}
}
