package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/internal/repo"
)

// shelf is a ledger in memory and a folder of its files.
type shelf struct {
	t        *testing.T
	dir      string
	signer   *ledger.Signer
	hashes   []tlog.Hash
	openings []ledger.Opening
}

func newShelf(t *testing.T, entries int) *shelf {
	t.Helper()
	secret, _, err := ledger.NewSigner("ostrakon.ledger/TEST0001")
	s := &shelf{t: t, dir: t.TempDir()}
	s.must(err)
	s.signer, err = ledger.ParseSigner(secret)
	s.must(err)
	for i := range entries {
		s.add(fmt.Sprintf(`{"v":1,"kind":"verdict","group":"1f","case":"7KQ%d","at":"2026-11-23","by":"<&> é"}`, i))
	}
	return s
}

func (s *shelf) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) add(event string) {
	o := ledger.Opening{Index: int64(len(s.openings)), Salt: ledger.NewSalt(), Event: event}
	stored, err := ledger.Append(o.Index, ledger.Commit(o.Salt, []byte(event)), s)
	s.must(err)
	s.hashes, s.openings = append(s.hashes, stored...), append(s.openings, o)
}

// addBallots adds a ballot as it is now, and one of an earlier release.
func (s *shelf) addBallots() {
	s.add(`{"v":2,"kind":"ballot","group":"1f","case":"7KQ2","at":"2026-12-01"}`)
	s.add(`{"v":1,"kind":"ballot","group":"1f","case":"7KQ2","at":"2026-11-01","side":"fine","rule":"spam"}`)
}

func (s *shelf) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, i := range indexes {
		found = append(found, s.hashes[i])
	}
	return found, nil
}

// write writes a file and returns its name.
func (s *shelf) write(name string, data []byte) string {
	path := filepath.Join(s.dir, name)
	s.must(os.WriteFile(path, data, 0o600))
	return path
}

func (s *shelf) receipt(size int64, entry int) string {
	data, err := s.signer.Receipt(size, s.openings[entry:entry+1], s)
	s.must(err)
	return s.write(fmt.Sprintf("receipt-%d-%d.json", size, entry), data)
}

func (s *shelf) consistency(from, to int64) string {
	data, err := s.signer.Consistency(from, to, s)
	s.must(err)
	return s.write(fmt.Sprintf("from-%d-to-%d.json", from, to), data)
}

func (s *shelf) checkpoint(size int64) string {
	text, err := s.signer.Checkpoint(size, s)
	s.must(err)
	return s.write(fmt.Sprintf("checkpoint-%d.txt", size), []byte("\n  "+strings.TrimSpace(text)+"\n\n")) // as one copies it
}

func (s *shelf) export() string {
	var out bytes.Buffer
	s.must(ledger.Export(&out, func(yield func(tlog.Hash, error) bool) {
		for i := range s.openings {
			if !yield(s.hashes[tlog.StoredHashIndex(0, int64(i))], nil) {
				return
			}
		}
	}, s.signer))
	return s.write("ledger.txt", out.Bytes())
}

// damaged is a copy of a file with one letter changed in the middle.
func (s *shelf) damaged(path string) string {
	data, err := os.ReadFile(path)
	s.must(err)
	i := bytes.LastIndexAny(data[:len(data)/2], "abcdefghij")
	data[i]++
	return s.write("damaged-"+filepath.Base(path), data)
}

func TestVerifyCommand(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 21)
	twin := newShelf(t, 21)
	twin.signer = s.signer // who signs two different ledgers
	voted := newShelf(t, 0)
	voted.addBallots()
	for name, test := range map[string]struct {
		key   string
		files []string
		says  []string
		fails string
	}{
		"everything": {s.signer.Public(), []string{s.receipt(8, 3), s.checkpoint(13), s.consistency(5, 21), s.export(), s.checkpoint(21)},
			[]string{"entry 3: {\"v\":1", "a checkpoint of size 13", "nothing was changed from size 5 to 21", "a whole ledger of 21 entries", "All is as it should be."}, ""},
		"a ballot": {"", []string{voted.receipt(2, 0)},
			[]string{"\n    A ballot of yours is counted. Which side it took is not in it, nor whether you changed it.\n"}, ""},
		"a ballot of an earlier release": {"", []string{voted.receipt(2, 1)},
			[]string{"\n    A ballot of yours was counted. This receipt is of an earlier release and says which side it took: show it to nobody.\n"}, ""},
		"by the files' own key":  {"", []string{s.receipt(8, 3)}, []string{"The key is the files' own: " + s.signer.Public()}, ""},
		"a checkpoint alone":     {"", []string{s.checkpoint(13)}, []string{"give it with --key"}, "1 of the files are wrong"},
		"a checkpoint and a key": {s.signer.Public(), []string{s.checkpoint(13)}, []string{"a checkpoint of size 13"}, ""},
		"two that nothing joins": {s.signer.Public(), []string{s.checkpoint(13), s.checkpoint(21)}, nil, "nothing shows that the ledger of size 21 begins with that of size 13"},
		"joined by a proof":      {s.signer.Public(), []string{s.checkpoint(13), s.checkpoint(21), s.consistency(13, 21)}, nil, ""},
		"a damaged receipt":      {"", []string{s.damaged(s.receipt(8, 3))}, []string{"WRONG"}, "1 of the files are wrong"},
		"a damaged export":       {"", []string{s.damaged(s.export())}, []string{"is wrong: "}, "1 of the files are wrong"},
		"a fork":                 {s.signer.Public(), []string{s.checkpoint(13), twin.checkpoint(13)}, []string{"the ledger was forked: two different heads of size 13"}, "1 of the files are wrong"},
		"an export that forgot":  {s.signer.Public(), []string{s.receipt(8, 3), twin.export()}, []string{"entry 3 is wrong: a receipt says otherwise"}, "1 of the files are wrong"},
		"another's key":          {newShelf(t, 1).signer.Public(), []string{s.receipt(8, 3)}, []string{"another key"}, "1 of the files are wrong"},
		"no file":                {"", []string{"nowhere.json"}, []string{"no such file"}, "1 of the files are wrong"},
		"something else":         {s.signer.Public(), []string{s.write("x", []byte("hello"))}, []string{"this is no receipt, proof or export"}, "1 of the files are wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := verify(&out, test.key, test.files)
			if (err != nil) != (test.fails != "") || err != nil && !strings.Contains(err.Error(), test.fails) {
				t.Errorf("ends with %v, want %q", err, test.fails)
			}
			for _, want := range test.says {
				if !strings.Contains(out.String(), want) {
					t.Errorf("does not say %q:\n%s", want, out.String())
				}
			}
		})
	}
}

// The page docs/ledger.md says enough to write a verifier in another language: here is one.
func TestVerifierInPython(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not installed")
	}
	source, err := os.ReadFile(repo.Path("docs/verify.py"))
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(source, []byte("\n")); n >= 100 {
		t.Errorf("it has %d lines; it should be under 100", n)
	}
	s := newShelf(t, 21)
	var good []string
	for size := int64(1); size <= 21; size += 4 {
		good = append(good, s.receipt(size, int(size)/2), s.consistency(size, 21), s.consistency(max(1, size-3), size))
	}
	good = append(good, s.export())
	odd := func(with, by string) string {
		data, err := os.ReadFile(s.receipt(21, 4))
		s.must(err)
		return s.write("odd.json", []byte(strings.Replace(string(data), with, by, 1)))
	}
	run := func(files ...string) (string, error) {
		out, err := exec.CommandContext(context.WithoutCancel(t.Context()), "python3", append([]string{repo.Path("docs/verify.py"), "--key", s.signer.Public()}, files...)...).CombinedOutput()
		return string(out), err
	}
	if out, err := run(good...); err != nil {
		t.Errorf("refuses what is right: %v\n%s", err, out)
	}
	s.addBallots()
	if out, err := run(s.receipt(23, 21), s.receipt(23, 22)); err != nil || !strings.Contains(out, "counted; which side is not in it\n") || !strings.Contains(out, "counted; it said fine: show it to nobody\n") {
		t.Errorf("of ballots it says: %v\n%s", err, out)
	}
	empty := newShelf(t, 0)
	if out, err := exec.CommandContext(t.Context(), "python3", repo.Path("docs/verify.py"), empty.export()).CombinedOutput(); err != nil {
		t.Errorf("refuses a ledger of nothing: %v\n%s", err, out)
	}
	for _, file := range []string{odd(`"index": 4`, `"index": true`), odd(`"index": 4`, `"index": -17`), odd(`"index": 4`, `"index": 4.0`)} {
		if out, err := run(file); err == nil || strings.Contains(out, "Traceback") {
			t.Errorf("takes %s: %v\n%s", filepath.Base(file), err, out)
		}
	}
	for _, file := range []string{s.damaged(s.receipt(21, 4)), s.damaged(s.consistency(5, 21)), s.damaged(s.export()), newShelf(t, 3).receipt(3, 1)} {
		if out, err := run(file); err == nil || strings.Contains(out, "Traceback") {
			t.Errorf("takes %s: %v\n%s", filepath.Base(file), err, out)
		}
	}
}
