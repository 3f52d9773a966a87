package storage_test

import "testing"

// PostgreSQL answers COMMIT with success and rolls back, if a statement failed.
func TestWhatFailedIsNotCalledCommitted(t *testing.T) {
	t.Parallel()
	if cluster == nil {
		t.Skip("of PostgreSQL alone")
	}
	d := newDesk(t)
	if err := d.Swallow(t.Context()); err == nil {
		t.Error("it is called committed")
	}
	d.enter(chess) // and the connection is of use still
}
