package moderation_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// A file is known by what stays the same about it, and nobody fills the disk by changing a picture again and again.
func TestFilesOfEdits(t *testing.T) {
	t.Parallel()
	e := moderation.Evidence{Media: "photo", Files: []moderation.Medium{{ID: "a", Unique: "A"}}}
	form := func(id, unique string) moderation.Evidence {
		return moderation.Evidence{Media: "photo", Files: []moderation.Medium{{ID: id, Unique: unique}}}
	}
	if _, changed := e.Edited(41, form("another id", "A"), noon); changed {
		t.Error("the same file under another id is another one")
	}
	if _, changed := e.Edited(41, form("a", ""), noon); changed {
		t.Error("the same file, of which nothing else is known, is another one")
	}
	for n := range 3 * moderation.MaxFiles {
		later, changed := e.Edited(41, form(fmt.Sprint(n), fmt.Sprint("U", n)), noon)
		if fits := len(e.Files) < moderation.MaxFiles; changed != fits {
			t.Fatalf("file %d: changed is %t", n, changed)
		}
		e = later
	}
	if len(e.Files) != moderation.MaxFiles || e.Files[0].ID != "a" || len(e.Edits) != moderation.MaxFiles-1 {
		t.Errorf("%d files from %q on, %d edits", len(e.Files), e.Files[0].ID, len(e.Edits))
	}
}

func TestEvidenceOfAnAlbum(t *testing.T) {
	t.Parallel()
	e := moderation.Evidence{Files: []moderation.Medium{{ID: "a"}}}
	for _, sibling := range []moderation.Evidence{{Text: "One"}, {Text: "Two", Files: []moderation.Medium{{ID: "b"}, {ID: "a"}}}, {Text: "One"}, {}} {
		e = e.With(sibling)
	}
	if got := e.Words(); got != "One\nTwo" || !slices.Equal(e.Files, []moderation.Medium{{ID: "a"}, {ID: "b"}}) {
		t.Errorf("%q, %v", got, e.Files)
	}
	e.Text = "First"
	if got := e.Words(); got != "First\nOne\nTwo" {
		t.Errorf("%q", got)
	}
}

// TestMarks: the marks of an album are those of its words and of all its files.
func TestMarks(t *testing.T) {
	t.Parallel()
	album := moderation.Evidence{
		Text: "here", Entities: []moderation.Entity{{Type: "text_link", Length: 4, URL: "https://spam.example/?utm_source=x"}},
		Files: []moderation.Medium{{Kind: "photo", ID: "1", Unique: "A"}, {Kind: "photo", ID: "2", Unique: "B"}},
		Rest:  []string{"and call 123456", "thanks"},
	}
	for name, single := range map[string]moderation.Evidence{
		"words":     {Text: "HERE", Entities: []moderation.Entity{{Type: "text_link", Length: 4, URL: "http://spam.example"}}},
		"a file":    {Text: "mine", Files: []moderation.Medium{{Kind: "photo", ID: "3", Unique: "B"}}},
		"a caption": {Text: "And call 123456"},
	} {
		if marks := single.Marks(); len(marks) != 1 || !slices.Contains(album.Marks(), marks[0]) {
			t.Errorf("%s: %q is not among the marks %q", name, marks, album.Marks())
		}
	}
	if marks := album.Marks(); len(marks) != 4 {
		t.Errorf("the album has the marks %q", marks)
	}
}
