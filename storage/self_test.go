package storage_test

import (
	"maps"
	"testing"

	"github.com/ostrakon-bot/ostrakon/storage"
)

// What the bot set at Telegram is known again after a restart, and in a copy.
func TestTextsAndCommandsAreNoted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	texts, err := d.SelfTexts(t.Context())
	d.must(err)
	if sum, err := d.SelfCommands(t.Context()); len(texts) > 0 || sum != "" || err != nil {
		t.Fatalf("a new database knows %v, %q, %v", texts, sum, err)
	}
	want := map[string]string{"description/": "a", "description/ru": "b"}
	for range 2 {
		d.must(d.NoteTexts(t.Context(), want))
		d.must(d.NoteCommands(t.Context(), "c"))
		d.close()
		d.open()
		texts, err := d.SelfTexts(t.Context())
		d.must(err)
		if sum, err := d.SelfCommands(t.Context()); !maps.Equal(texts, want) || sum != "c" || err != nil {
			t.Errorf("got %v, %q, %v", texts, sum, err)
		}
		delete(want, "description/ru")
	}
}

// Where a release before this one ran, what Telegram shows counts as the bot's own, in all languages.
func TestReleaseBeforeReplacedAllTexts(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.open()
	texts, err := b.SelfTexts(t.Context())
	b.must(err)
	if want := map[string]string{"description/*": "", "short_description/*": ""}; !maps.Equal(texts, want) {
		t.Errorf("got %v", texts)
	}
}

// Of several replicas one sets what Telegram keeps about the bot. When it is done another may at once, and later in any case.
func TestOneReplicaSetsWhatTelegramKeeps(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	sets := func(word string) bool {
		t.Helper()
		until, mine, err := d.SetsSelf(t.Context(), word)
		d.must(err)
		if left := until.Sub(d.now()); left <= 0 || left > storage.SelfLease {
			t.Errorf("%s: it ends in %v", word, left)
		}
		return mine
	}
	if cluster == nil {
		if !sets("a") || !sets("b") {
			t.Error("with SQLite there is one process")
		}
		return
	}
	if !sets("a") || sets("b") || !sets("a") {
		t.Error("two replicas set it at the same time")
	}
	d.must(d.SelfSet(t.Context(), "b")) // which is not its to end
	if sets("b") {
		t.Error("one ended the turn of another")
	}
	d.must(d.SelfSet(t.Context(), "a"))
	if !sets("b") {
		t.Error("nobody sets it any more")
	}
	d.pass(storage.SelfLease)
	if !sets("a") {
		t.Error("one that died keeps the others from it")
	}
}
