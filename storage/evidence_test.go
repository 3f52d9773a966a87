package storage_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func (d *desk) evidence(id string) (moderation.Evidence, bool) {
	d.t.Helper()
	e, found, err := d.Evidence(d.t.Context(), chess, id)
	d.must(err)
	return e, found
}

// prove keeps a case with a verdict, and evidence of it.
func (d *desk) prove(id string, v moderation.Verdict, e moderation.Evidence) {
	d.t.Helper()
	c := moderation.Case{ID: id, CaseMessage: moderation.CaseMessage{Message: d.next(), Author: moderation.Author{ID: mallory}}, Verdict: v, Opened: d.now(), Deadline: d.now().Add(day)}
	if v.Final() {
		c.Decided = d.now()
	}
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Case: &c, CaseChanges: moderation.CaseChanges{Evidence: &e}})
}

func TestEvidenceIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := moderation.Evidence{Name: "Mallory", Handle: "mallory", Text: "Buy <pills> & more 💊\x00", Media: "photo", SentAt: d.now(),
		Entities: []moderation.Entity{{Type: "pre", Offset: 1, Length: 2, URL: "https://pills.example", Language: "go", User: mallory, Emoji: "99"}},
		Rest:     []string{"More pills"},
		Files:    []moderation.Medium{{Kind: "photo", ID: "AB", Unique: "U", Name: "a.png", Size: 7}},
		Reply:    &moderation.Replied{Name: "Anna", Text: "Hello", Media: "voice"},
		Edits:    []moderation.Edit{{At: d.now(), Text: "Buy", Media: "photo", Entities: []moderation.Entity{{Type: "bold", Length: 1}}}},
	}
	whole(t, want)
	d.prove("7KQ2", moderation.Open, want)
	d.close()
	d.open()
	if got, found := d.evidence("7KQ2"); !found || !reflect.DeepEqual(got, want) {
		t.Errorf("kept %+v, %t\nwant %+v", got, found, want)
	}
	if got, found := d.evidence("7KQ3"); found || !reflect.DeepEqual(got, moderation.Evidence{}) {
		t.Errorf("another case has %+v", got)
	}
	if got, found, err := d.Evidence(t.Context(), chess-1, "7KQ2"); found || err != nil {
		t.Errorf("another group has %+v, %v", got, err)
	}
}

// Who edits a message when it is reported does not edit what it was reported for.
func TestFirstEvidenceStays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := d.reportBy(person(anna), 41)
	r.Evidence.Text = "Buy pills"
	got, err := d.court.Report(t.Context(), r)
	d.must(err)
	r = d.reportBy(person(bob), 41)
	r.Evidence.Text = "I love you all"
	_, err = d.court.Report(t.Context(), r)
	d.must(err)
	key := moderation.Key{Chat: chess, Case: got.Case}
	d.decide(key, moderation.Outcome{Case: d.docket(key).Case, CaseChanges: moderation.CaseChanges{Evidence: &r.Evidence}})
	if e, found := d.evidence(got.Case); !found || e.Text != "Buy pills" {
		t.Errorf("kept %+v, %t", e, found)
	}
}

func TestEvidenceIsSealed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	e := moderation.Evidence{Name: "Mallory-Melusine", Handle: "mallory_melusine", Text: secretWords, Media: "sticker"}
	d.prove("7KQ2", moderation.Upheld, e)
	inUse := d.raw()
	d.close()
	for name, raw := range map[string][]byte{"in use": inUse, "closed": d.raw()} {
		for _, secret := range []string{e.Name, e.Handle, e.Text, e.Media} {
			if len(raw) == 0 || bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s: %d bytes hold %q", name, len(raw), secret)
			}
		}
	}
}

// How long a message was would tell it from others.
func TestLengthOfEvidenceSaysLittle(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for n := range 27 { // up to 2600 letters, and what stands around them
		d.prove(fmt.Sprintf("AA%02d", n), moderation.Open, moderation.Evidence{Text: strings.Repeat("a", 100*n)})
	}
	lengths, thousands := d.number(`SELECT count(DISTINCT length(sealed)) FROM evidence`), d.number(`SELECT count(DISTINCT length(sealed) / 1000) FROM evidence`)
	if lengths != 3 || thousands != 3 {
		t.Errorf("%d different lengths, %d in thousands; want one for each thousand", lengths, thousands)
	}
}

func TestEvidenceIsKeptAsLongAsNeeded(t *testing.T) {
	t.Parallel()
	const ever = 3650 * day
	for name, c := range map[string]struct {
		verdict   moderation.Verdict
		retention time.Duration
		keeps     time.Duration
	}{
		"open":                    {moderation.Open, 90 * day, ever},
		"upheld":                  {moderation.Upheld, 90 * day, 90 * day},
		"dismissed":               {moderation.Dismissed, 90 * day, 7 * day},
		"expired":                 {moderation.Expired, 90 * day, 7 * day},
		"upheld, kept short":      {moderation.Upheld, time.Minute, time.Minute},
		"dismissed, kept shorter": {moderation.Dismissed, day, day},
		"open, kept short":        {moderation.Open, time.Minute, ever},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.prove("7KQ2", c.verdict, moderation.Evidence{Text: "Buy pills"})
			for _, step := range []struct {
				after time.Duration
				kept  bool
			}{{c.keeps, true}, {c.keeps + time.Second, c.keeps == ever}, {c.keeps + time.Minute, c.keeps == ever}} {
				_, had := d.evidence("7KQ2")
				n, err := d.ForgetEvidence(t.Context(), d.now().Add(step.after), c.retention)
				_, found := d.evidence("7KQ2")
				if err != nil || found != step.kept || (n == 1) != (had && !found) {
					t.Errorf("after %s it is kept: %t, and %d were forgotten, %v", step.after, found, n, err)
				}
			}
			if _, err := d.Case(t.Context(), chess, "7KQ2"); err != nil {
				t.Errorf("the case went with it: %v", err)
			}
		})
	}
}

// Of who was punished wrongly nothing is kept longer than of who was not punished.
func TestEvidenceOfAnOverturnedCaseGoesSoon(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.uphold(id)
	d.pass(3 * day)
	_, err := d.court.Overturn(t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: id}, admin(carl))
	d.must(err)
	for want, after := range []time.Duration{7 * day, 7*day + time.Second} {
		if n, err := d.ForgetEvidence(t.Context(), d.now().Add(after), 90*day); err != nil || n != want {
			t.Errorf("after %s: %d, %v", after, n, err)
		}
	}
}

// Deleted rows are overwritten, and the write-ahead log is emptied with the next keys.
func TestForgottenEvidenceIsGoneFromTheDisk(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for n := range 20 {
		d.prove(fmt.Sprintf("AA%02d", n), moderation.Upheld, moderation.Evidence{Text: strings.Repeat("a", 900*n)})
	}
	parts := append(d.blobs(`SELECT substr(sealed, 1, 100) FROM evidence`), d.blobs(`SELECT substr(sealed, -100) FROM evidence`)...)
	if d.left(parts) != len(parts) {
		t.Fatal("they cannot be found while they are there, so that this test shows nothing")
	}
	if n, err := d.ForgetEvidence(t.Context(), d.now().Add(day), time.Hour); err != nil || n != 20 {
		t.Fatalf("ForgetEvidence = %d, %v; want 20", n, err)
	}
	_, err := d.destroy(t.Context(), d.now().Add(day))
	d.must(err)
	if n := d.left(parts); n != 0 {
		t.Errorf("%d parts of %d lie on the disk", n, len(parts))
	}
}

// Rows from before files and edits were kept still open.
func TestEvidenceOfOldIsRead(t *testing.T) {
	t.Parallel()
	var e moderation.Evidence
	if err := json.Unmarshal([]byte(`{"n":"Mallory","h":"mallory","t":"Buy","m":"photo","s":"2026-07-01T12:00:00Z"}`), &e); err != nil || e.Text != "Buy" || e.Media != "photo" {
		t.Errorf("read %+v, %v", e, err)
	}
}

// A file is kept whole, and goes with the evidence; what it is is not to be seen by its length.
func TestFilesOfEvidence(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.prove("7KQ2", moderation.Dismissed, moderation.Evidence{Text: "Buy"})
	for part, data := range [][]byte{{}, []byte(secretWords), bytes.Repeat([]byte{7}, moderation.MaxFile)} {
		d.keepFile("7KQ2", part, data, "")
		if got, found, err := d.Medium(t.Context(), chess, "7KQ2", part); !found || err != nil || !bytes.Equal(got, data) {
			t.Errorf("file %d: %d bytes, %t, %v; want %d", part, len(got), found, err, len(data))
		}
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM medium WHERE part < 2`); n != 1 {
		t.Errorf("%d lengths of small files", n)
	}
	if bytes.Contains(d.raw(), []byte(secretWords)) {
		t.Error("a file is in the database in clear")
	}
	d.keepFile("7KQ3", 0, []byte("of no case"), "")
	if _, found, err := d.Medium(t.Context(), chess, "7KQ3", 0); found || err != nil {
		t.Errorf("kept for no case: %t, %v", found, err)
	}
	_, err := d.ForgetEvidence(t.Context(), d.now().Add(8*day), 90*day)
	d.must(err)
	if n := d.number(`SELECT count(*) FROM medium`); n != 0 {
		t.Errorf("%d files outlive their evidence", n)
	}
}

// Edits of a reported message are noted as they come; what changes nothing is not.
func TestEditsAreEvidence(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := d.wrote(mallory, 41)
	s.Said = moderation.Evidence{Text: "Buy pills"}
	d.observe(s)
	r := d.reportBy(person(anna), 41)
	r.Evidence.Text = "Buy pills"
	got, err := d.court.Report(t.Context(), r)
	d.must(err)
	for _, text := range []string{"Buy pills", "I love you all", "I love you all", "Hello"} {
		s := d.wrote(mallory, 41)
		s.Edited, s.Counts, s.Said = true, false, moderation.Evidence{Text: text}
		d.observe(s)
	}
	e, _ := d.evidence(got.Case)
	var edits []string
	for _, x := range e.Edits {
		edits = append(edits, x.Text)
	}
	if e.Text != "Buy pills" || !slices.Equal(edits, []string{"I love you all", "Hello"}) {
		t.Errorf("kept %q, and edits %q", e.Text, edits)
	}
}
