package locale

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

// Adding a language is adding its file: Welsh appears among the others, with its own plural rules,
// although nothing in the program names it. That nothing else lists languages is a test at the root.
func TestAddingALanguageIsAddingOneFile(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"cy.json": {Data: []byte(`{"card.votes": {"zero": "{count} pleidlais", "one": "{count} bleidlais",
		"two": "{count} bleidlais", "few": "{count} pleidlais", "many": "{count} phleidlais", "other": "{count} pleidlais"}}`)}}
	if err := copyAll(fsys, files); err != nil {
		t.Fatal(err)
	}
	all, err := read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if want := len(load()) + 1; len(all) != want {
		t.Errorf("there are %d languages, want %d", len(all), want)
	}
	for n, want := range map[int]string{1: "1 bleidlais", 3: "3 pleidlais", 6: "6 phleidlais", 21: "21 pleidlais"} {
		if got := (Printer{c: all["cy"]}).Text("card.votes", Args{"count": n}); got != want {
			t.Errorf("%d votes are %q, want %q", n, got, want)
		}
	}
}

func TestReadRefusesWhatIsNoText(t *testing.T) {
	t.Parallel()
	for _, data := range []string{`{"a": 1}`, `{"a": {"one": 1}}`, `["a"]`, `{"a": "b"`} {
		if _, err := read(fstest.MapFS{"xx.json": {Data: []byte(data)}}); err == nil {
			t.Errorf("%s was read as a language", data)
		}
	}
}

func copyAll(to fstest.MapFS, from fs.FS) error {
	return fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		to[name] = &fstest.MapFile{Data: data}
		return err
	})
}
