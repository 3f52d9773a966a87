package deliver_test

import (
	"context"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// withdrawing has evidence with three files, until the report is taken back while the first of them is looked at.
type withdrawing struct {
	database

	looked int
}

func (w *withdrawing) Evidence(context.Context, int64, string) (moderation.Evidence, bool, error) {
	file := moderation.Medium{ID: "f", Kind: "photo", Size: 10}
	return moderation.Evidence{Files: []moderation.Medium{file, file, file}}, w.looked == 0, nil
}

func (w *withdrawing) Medium(context.Context, int64, string, int) ([]byte, bool, error) {
	return nil, false, nil
}

func (w *withdrawing) FindSpace(context.Context, int64, string, int64) (moderation.NoSpace, error) {
	w.looked++
	return moderation.NoSpaceReporter, nil
}

// Nothing more is fetched of a case whose report was taken back: that would cost nobody anything, again and again.
func TestNoFilesOfAWithdrawnCase(t *testing.T) {
	g := grouptest.New(grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	store := &withdrawing{database: databaseOf(g)}
	d := delivererOf(g, store)
	if err := d.Deliver(t.Context(), moderation.FetchFiles{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2"}); err != nil {
		t.Fatal(err)
	}
	if store.looked != 1 {
		t.Errorf("it went on to file %d", store.looked)
	}
}
