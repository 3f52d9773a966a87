package storage_test

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// keepFile keeps a file of a case in the group of these tests, or is refused for that reason.
func (d *desk) keepFile(id string, part int, data []byte, want moderation.NoSpace) {
	d.t.Helper()
	d.keepFileIn(chess, id, part, data, want)
}

func (d *desk) keepFileIn(chat int64, id string, part int, data []byte, want moderation.NoSpace) {
	d.t.Helper()
	why, err := d.KeepMedium(d.t.Context(), chat, id, part, data)
	d.must(err)
	if why != want {
		d.t.Errorf("file %d of %s: %q, want %q", part, id, why, want)
	}
}

// finds looks for space for a file.
func (d *desk) finds(id string, size int64, want moderation.NoSpace) {
	d.t.Helper()
	why, err := d.FindSpace(d.t.Context(), chess, id, size)
	d.must(err)
	if why != want {
		d.t.Errorf("%d bytes of %s: %q, want %q", size, id, why, want)
	}
}

// space is what files take up.
func (d *desk) space() moderation.Space {
	d.t.Helper()
	s, err := d.Space(d.t.Context())
	d.must(err)
	if stored := int64(d.number(`SELECT coalesce(sum(length(sealed)), 0) FROM medium`)); s.All != stored {
		d.t.Errorf("%d bytes are counted, and %d stored", s.All, stored)
	}
	if groups := int64(d.number(`SELECT coalesce(sum(bytes), 0) FROM space WHERE chat <> 0`)); s.All != groups {
		d.t.Errorf("%d bytes are counted for all, and %d for each", s.All, groups)
	}
	s.Group = int64(d.number(`SELECT coalesce(sum(bytes), 0) FROM space WHERE chat = (SELECT id FROM chat WHERE number = ` + fmt.Sprint(chess) + `)`))
	return s
}

// The largest file that is kept, and about what it takes.
var film = bytes.Repeat([]byte{7}, moderation.MaxFile)

const filmSize = moderation.MaxFile + 20<<10

// filmsADay is how many of them are kept in a day for one reporter.
const filmsADay = moderation.FilesPerDay / filmSize

// One reporter has only so much kept in a day, whatever becomes of it, and the next day anew. No file that is not kept is
// charged, nor is one that is kept twice.
func TestFilesOfOneReporter(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	for part := range filmsADay {
		d.keepFile(id, part, film, "")
		if part == 0 {
			d.keepFile(id, part, film, "")
		}
	}
	d.keepFile(id, 90, film, moderation.NoSpaceReporter)
	d.finds(id, 0, moderation.NoSpaceReporter)
	d.finds(id, 10, "")
	d.close()
	d.open()
	second := d.report(anna, 42)
	d.keepFile(second, 0, film, moderation.NoSpaceReporter)
	_, err := d.ForgetPerson(t.Context(), anna, "", func(moderation.Kept) moderation.Erasure { return moderation.Erasure{} })
	d.must(err)
	d.must(d.Forget(t.Context(), d.now()))
	d.keepFile(second, 0, film, moderation.NoSpaceReporter)
	if c := d.cs(second); !c.Unkept {
		t.Error("nobody notes that a file was not kept")
	}
	d.pass(day)
	d.keepFile(second, 0, film, "")
	d.pass(day)
	d.must(d.Forget(t.Context(), d.now()))
	if n := d.number(`SELECT count(*) FROM allowance`); n != 0 {
		t.Errorf("%d allowances of earlier days are kept", n)
	}
}

// Whoever votes on the same message has its file kept that there was no space for. It makes no difference what they say: an admin
// who knows that nobody else has space left could tell it by the file.
func TestAnotherVoterHasSpace(t *testing.T) {
	t.Parallel()
	for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		d := newDesk(t)
		first := d.report(anna, 41)
		for part := range filmsADay {
			d.keepFile(first, part, film, "")
		}
		id := d.report(anna, 42)
		d.finds(id, moderation.MaxFile, moderation.NoSpaceReporter)
		fetches := func() (n int) {
			for _, kind := range d.waiting() {
				if kind == "fetch "+id {
					n++
				}
			}
			return n
		}
		if n := fetches(); n != 0 {
			t.Errorf("%d fetches before", n)
		}
		d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: side}))
		if n := fetches(); n != 0 || d.cs(id).Unkept {
			t.Errorf("%d fetches at once, which tells when that was", n)
		}
		d.pass(2 * moderation.ListedAfter)
		if n := fetches(); n != 1 {
			t.Errorf("%d fetches for who says %s", n, side)
		}
		d.keepFile(id, 0, film, "")
	}
}

// A file that comes with an edit is looked for later too: an author who edits again and again would see, by which of the files is
// kept, when somebody reported who has space left.
func TestFileOfAnEditTellsNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.pass(9 * time.Minute)
	s := d.wrote(mallory, 41)
	s.Edited, s.Counts, s.Said = true, false, moderation.Evidence{Text: "Buy", Files: []moderation.Medium{{ID: "f", Kind: "photo", Size: 10}}}
	d.observe(s)
	if slices.Contains(d.waiting(), "fetch "+id) {
		t.Error("it is looked for at once")
	}
	d.pass(11 * time.Minute)
	if !slices.Contains(d.waiting(), "fetch "+id) {
		t.Error("it is not looked for")
	}
}

// What files take is counted as it is stored, for each group and all, and is free again when they are deleted.
func TestSpaceOfGroupAndInstance(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.close()
	d.opts.EvidenceLimit = 12 * filmSize
	d.open()
	d.prove("AAAA", moderation.Dismissed, moderation.Evidence{Text: "Buy"})
	d.prove("BBBB", moderation.Upheld, moderation.Evidence{Text: "Buy"})
	d.keepFile("AAAA", 0, film, "")
	d.keepFile("BBBB", 0, film, "")
	d.keepFile("BBBB", 1, bytes.Repeat(film, 2), moderation.NoSpaceGroup)
	if c := d.cs("BBBB"); c.Unkept {
		t.Error("a final case waits for somebody who says that it breaks the rules")
	}
	c := moderation.Case{ID: "CCCC", CaseMessage: moderation.CaseMessage{Message: 7, Author: moderation.Author{ID: mallory}}, Verdict: moderation.Open, Opened: d.now(), Deadline: d.now()}
	d.decide(moderation.Key{Chat: chess - 1}, moderation.Outcome{Case: &c, CaseChanges: moderation.CaseChanges{Evidence: &moderation.Evidence{Text: "Buy"}}})
	d.keepFileIn(chess-1, "CCCC", 0, film, "")
	s := d.space()
	if s.All < 3*moderation.MaxFile || s.Group != s.All/3*2 || s.Limit != d.opts.EvidenceLimit {
		t.Errorf("%+v", s)
	}
	_, err := d.ForgetEvidence(t.Context(), d.now().Add(8*day), 90*day)
	d.must(err)
	if s := d.space(); s.Group != s.All/2 {
		t.Errorf("after some was deleted: %+v", s)
	}
	d.keepFile("BBBB", 1, film, "")
	d.keepFile("BBBB", 2, make([]byte, 30<<20), moderation.NoSpaceInstance)
}

// What is left of the disk is left for ballots.
func TestDiskIsNearlyFull(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.close()
	disk := moderation.Disk{Free: 1 << 30, Size: 1 << 40}
	d.opts.Disk = func() (moderation.Disk, error) { return disk, nil }
	d.open()
	id := d.report(anna, 41)
	d.keepFile(id, 0, film, moderation.NoSpaceDisk)
	d.finds(id, 10, moderation.NoSpaceDisk)
	disk.Free = 2 << 30
	d.keepFile(id, 0, film, "")
	disk.Free, d.opts.Disk = 0, func() (moderation.Disk, error) { return disk, fmt.Errorf("no such device") }
	d.close()
	d.open()
	d.keepFile(id, 1, film, "")
	if _, err := d.Space(t.Context()); err == nil {
		t.Error("nobody hears that the disk does not tell")
	}
}

// Several replicas, or several deliveries of one, never keep more together than one would.
func TestSpaceIsSharedByReplicas(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := make([]string, 6)
	for i := range ids {
		ids[i] = d.report(anna, 41+int64(i))
	}
	desks := []*desk{d, d}
	if cluster != nil {
		desks[1] = d.replica()
	}
	var all sync.WaitGroup
	for i, id := range ids {
		for part := range 3 {
			all.Go(func() {
				if _, err := desks[i%2].KeepMedium(t.Context(), chess, id, part, film); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if n := d.number(`SELECT count(*) FROM medium`); n != filmsADay {
		t.Errorf("%d files are kept of one reporter, want %d", n, filmsADay)
	}
	d.space()
	d.keepFile(ids[0], 9, film, moderation.NoSpaceReporter)
}

// However files go, they are not counted any more: their case is withdrawn, their author is forgotten, or their time is over.
// What two groups have that become one is counted together.
func TestDeletedFilesTakeNoSpace(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, second, third := d.report(anna, 41), d.report(anna, 42), d.report(bob, 43)
	for _, id := range []string{first, second, third} {
		d.keepFile(id, 0, film, "")
		d.keepFile(id, 1, []byte("a photo"), "")
	}
	one := d.space().All / 3
	d.takeBack(first, anna)
	if s := d.space(); s.All != 2*one {
		t.Errorf("after a withdrawal: %+v", s)
	}
	_, err := d.ForgetPerson(t.Context(), mallory, "", func(moderation.Kept) moderation.Erasure { return moderation.Erasure{Cases: []string{second}} })
	d.must(err)
	if s := d.space(); s.All != one || s.Group != one {
		t.Errorf("after an erasure: %+v", s)
	}
	const fresh = chess - 9
	c := moderation.Case{ID: "CCCC", CaseMessage: moderation.CaseMessage{Message: 7, Author: moderation.Author{ID: mallory}}, Verdict: moderation.Dismissed, Opened: d.now(), Deadline: d.now(), Decided: d.now()}
	d.decide(moderation.Key{Chat: fresh}, moderation.Outcome{Case: &c, CaseChanges: moderation.CaseChanges{Evidence: &moderation.Evidence{Text: "Buy"}}})
	d.keepFileIn(fresh, "CCCC", 0, film, "")
	d.must(d.court.Migrate(t.Context(), d.next(), chess, fresh))
	if chat, err := d.Chat(t.Context(), fresh); err != nil || chat.Former != chess {
		t.Errorf("the group was %d before, %v", chat.Former, err)
	}
	if n := d.number(`SELECT count(*) FROM space`); n != 2 || d.space().All <= one {
		t.Errorf("%d counts after two groups became one", n)
	}
	_, err = d.ForgetEvidence(t.Context(), d.now().Add(8*day), 90*day)
	d.must(err)
	if s := d.space(); s.All != one {
		t.Errorf("after its time: %+v", s)
	}
}

// The database of the release before has its files counted.
func TestReleaseBeforeHasItsFilesCounted(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.caseOf("AAAA", "upheld", 0, 1)
	b.run(`INSERT INTO evidence (case_id, sealed) VALUES (1, ?)`, []byte("x"))
	b.run(`INSERT INTO medium (case_id, part, sealed) VALUES (1, 0, ?), (1, 3, ?)`, make([]byte, 5000), make([]byte, 700))
	b.open()
	if s := b.space(); s.All != 5700 || s.Group != 5700 {
		t.Errorf("%+v", s)
	}
	if c, err := b.Chat(t.Context(), chess); err != nil || c.Former != 0 || b.cs("AAAA").Unkept {
		t.Errorf("%+v, %v", c, err)
	}
}
