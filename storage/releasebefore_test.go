package storage_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// before is a database of that release, which is not open yet, and its key.
type before struct {
	*desk
	key  *seal.Key
	last int64 // number of a case
	keys map[string]*seal.Key
}

// releaseBefore makes such a database, and the four groups in it.
func releaseBefore(t *testing.T) *before {
	t.Helper()
	d := deskAt(t, filepath.Join(scratch.Dir(t), "ostrakon.db"))
	key, err := seal.Create(d.opts.KeyFile)
	d.must(err)
	b := &before{desk: d, key: key, keys: map[string]*seal.Key{}}
	b.shape()
	b.run(`INSERT INTO meta (name, value) VALUES ('key', ?)`, key.Fingerprint())
	for i, g := range []struct {
		policy string
		admin  int
	}{
		{`{"Threshold":1,"Quorum":1,"Window":86400000000000,"Ladder":"warn, mute 1h, ban","Language":"de"}`, 1},
		{`{"Threshold":2.5,"Quorum":3,"Window":3600000000000}`, 0}, {`{"Threshold":7,"Quorum":2}`, 1}, {`{"Language":"es"}`, 1},
	} {
		b.run(`INSERT INTO chat (id, number, kind, is_member, is_admin, policy) VALUES (?, ?, 'supergroup', 1, ?, ?)`, i+1, chess-int64(i), g.admin, g.policy)
	}
	return b
}

// shape runs the migrations of that release, and no later ones.
func (b *before) shape() {
	b.t.Helper()
	kind := "sqlite"
	if sqldb.IsPostgres(b.opts.DSN) {
		kind = "postgres"
		b.run(`CREATE TABLE shape (one INTEGER PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL)`)
		b.run(`INSERT INTO shape (one, number) VALUES (1, 14)`)
	} else {
		b.run(`PRAGMA user_version = 14`)
	}
	files, err := filepath.Glob("sqldb/migrations/" + kind + "/*.sql")
	b.must(err)
	slices.Sort(files)
	last := slices.IndexFunc(files, func(name string) bool { return filepath.Base(name) > "0015" })
	db := b.sql()
	for _, name := range files[:last] {
		text, err := os.ReadFile(name)
		b.must(err)
		_, err = db.DB.ExecContext(b.t.Context(), string(text))
		b.must(err)
	}
}

func (b *before) run(query string, args ...any) {
	b.t.Helper()
	_, err := b.sql().ExecContext(b.t.Context(), query, args...)
	b.must(err)
}

func (b *before) json(v any) []byte {
	b.t.Helper()
	text, err := json.Marshal(v)
	b.must(err)
	return text
}

// caseOf keeps a case of Mallory's in the first group.
func (b *before) caseOf(short, verdict string, handed, wanted int) {
	b.t.Helper()
	own, err := seal.Random()
	b.must(err)
	b.last++
	b.keys[short] = own
	decided := int64(0)
	if verdict != "open" {
		decided = noon.Add(-time.Hour).Unix()
	}
	b.run(`INSERT INTO cases (id, chat, short, anchor, is_album, message, thread, sent, author_tag, author, key, verdict, opened, deadline, decided,
		card_wanted, card, handed, votes, breaks, subject) VALUES (?, 1, ?, ?, 0, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 3, 2, ?)`,
		b.last, short, []byte{'4', '0' + byte(b.last)}, 40+b.last, noon.Add(-2*time.Hour).Unix(), b.key.Tag("offence", 1, mallory),
		b.key.Seal("author", b.json(moderation.Author{ID: mallory, Language: "en"})), b.key.Wrap("case key", own), verdict,
		noon.Add(-90*time.Minute).Unix(), noon.Add(day).Unix(), decided, wanted, 60*wanted, handed, b.key.Tag("subject", mallory))
}

// ballot seals a ballot as it was sealed then.
func (b *before) ballot(short string, voter int64, side moderation.Side, face, weight float64) {
	b.t.Helper()
	own := b.keys[short]
	text := b.json(map[string]any{"v": voter, "l": "en", "s": side, "w": weight, "f": face, "j": noon.Add(-5 * day).Unix(), "p": true, "r": "scam", "t": noon.Add(-time.Hour).Unix()})
	b.run(`INSERT INTO ballot (case_id, tag, sealed) SELECT id, ?, ? FROM cases WHERE short = ?`, own.Tag("voter", voter), own.Seal("ballot", text), short)
}

// What the admins of a group were told of the bot's rights they are not told again.
func TestReleaseBeforeSaysWhichRightsAreMissing(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.run(`UPDATE chat SET can_delete = 1, can_restrict = 1, warned = 1 WHERE id = 1`)
	b.run(`UPDATE chat SET warned = 1, is_admin = 1, can_restrict = 1 WHERE id = 2`)
	b.run(`UPDATE chat SET is_admin = 1, can_delete = 1 WHERE id = 3`)
	b.run(`UPDATE chat SET is_member = 0 WHERE id = 4`)
	b.open()
	const del, ban = moderation.RightDelete, moderation.RightRestrict
	for i, want := range []moderation.RightsTold{
		{Missing: []moderation.Right{del, ban}}, {Missing: []moderation.Right{del}}, {Lacked: []moderation.Right{ban}}, {},
	} {
		c, err := b.Chat(t.Context(), chess-int64(i))
		b.must(err)
		if !slices.Equal(c.Told.Missing, want.Missing) || !slices.Equal(c.Told.Lacked, want.Lacked) {
			t.Errorf("group %d: told is %+v, want %+v", i, c.Told, want)
		}
	}
}

func TestReleaseBeforeHasItsSettings(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.opts.Defaults.Threshold, b.opts.Defaults.Quorum = 9, 4
	b.open()
	for i, want := range []struct{ threshold, quorum int }{{2, 2}, {3, 3}, {7, 2}, {9, 4}} {
		c, err := b.Chat(t.Context(), chess-int64(i))
		b.must(err)
		if c.Policy.Threshold != want.threshold || c.Policy.Quorum != want.quorum {
			t.Errorf("group %d: threshold %d, quorum %d; want %+v", i, c.Policy.Threshold, c.Policy.Quorum, want)
		}
		if c.Policy.Language == "" || c.Policy.Heavy != moderation.HeavyJury || i == 0 && (c.Policy.Language != "de" || len(c.Policy.Ladder) != 3 || c.Policy.Window != day) {
			t.Errorf("group %d has the settings %+v", i, c.Policy)
		}
		if watched := time.Since(c.Since) < time.Hour; watched != c.Rights.Admin || c.Rights.Admin == (i == 1) || !watched && !c.Since.IsZero() {
			t.Errorf("group %d is watched since %s", i, c.Since)
		}
		if !c.GapEnded.IsZero() || !c.Paused.IsZero() || c.Size != (moderation.Size{}) {
			t.Errorf("group %d: %+v", i, c)
		}
	}
}

// An open case that was in the hands of the admins is decided by votes again, and its card says so, once.
func TestReleaseBeforeGoesOnByVotes(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.caseOf("AAAA", "open", 1, 1)
	b.caseOf("BBBB", "open", 1, 0)
	b.caseOf("CCCC", "open", 0, 1)
	b.caseOf("DDDD", "dismissed", 1, 1)
	b.ballot("AAAA", anna, moderation.Breaks, 1, 1)
	b.ballot("AAAA", bob, moderation.Breaks, 1, 0.25)
	b.ballot("AAAA", carl, moderation.Fine, 1.5, 1.5)
	b.open()
	b.want("card AAAA")
	for range 2 {
		for len(b.waiting()) > 0 {
			b.must(b.Drop(t.Context(), b.row()))
		}
		b.close()
		b.open()
		b.want()
	}
	for id, listed := range map[string]bool{"AAAA": true, "BBBB": true, "CCCC": false, "DDDD": true} {
		if c := b.cs(id); c.Listed != listed || c.Terms.Set() || c.Reopens != "" || c.Pending.Kind != "" {
			t.Errorf("case %+v", c)
		}
	}
	cast := moderation.Ballot{Language: "en", Ballot: weight.Ballot{Joined: noon.Add(-5 * day), At: noon.Add(-time.Hour)}, Rule: rulebook.Scam}
	ofAnna, ofBob, ofCarl := cast, cast, cast
	ofAnna.Voter, ofAnna.Side, ofAnna.Weight, ofAnna.Reported = anna, moderation.Breaks, 1, true
	ofBob.Voter, ofBob.Side, ofBob.Weight, ofBob.New, ofBob.Reported = bob, moderation.Breaks, 1, true, true
	ofCarl.Voter, ofCarl.Side, ofCarl.Weight = carl, moderation.Fine, 1.5
	got := b.docket(moderation.Key{Chat: chess, Case: "AAAA"}).Ballots
	slices.SortFunc(got, func(a, b moderation.Ballot) int { return int(a.Voter - b.Voter) })
	if want := []moderation.Ballot{ofAnna, ofBob, ofCarl}; !slices.Equal(got, want) {
		t.Errorf("ballots %+v\nwant %+v", got, want)
	}
	for _, voter := range []int64{boss, boss + 1, boss + 2} {
		b.must(b.court.Vote(t.Context(), moderation.Vote{Update: b.next(), Chat: chess, Case: "AAAA", Voter: person(voter), Side: moderation.Breaks}))
	}
	if c := b.cs("AAAA"); c.Verdict != moderation.Upheld || c.ByAdmin || c.Votes != 6 || c.Terms.Threshold != 2 {
		t.Errorf("votes made it %+v", c)
	}
}

// By which settings a case ended is in its reasons, which stay as they are.
func TestReleaseBeforeKeepsItsReasons(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	for short, reasons := range map[string]string{
		"AAAA": `{"t":2.5,"q":3,"g":[{"s":"breaks","k":"proven","n":2}]}`, "BBBB": `{"t":4,"q":1}`, "CCCC": `{"g":[]}`,
	} {
		b.caseOf(short, "upheld", 0, 1)
		b.ballot(short, anna, moderation.Breaks, 1, 1)
		b.run(`UPDATE cases SET reasons = ? WHERE short = ?`, b.key.Seal("reasons", []byte(reasons)), short)
	}
	b.open()
	check := func() {
		t.Helper()
		for short, want := range map[string]moderation.Terms{"AAAA": {Threshold: 3, Quorum: 3}, "BBBB": {Threshold: 4, Quorum: 1}, "CCCC": {}} {
			if c := b.cs(short); c.Terms.Threshold != want.Threshold || c.Terms.Quorum != want.Quorum {
				t.Errorf("case %s ended by %+v", short, c.Terms)
			}
		}
	}
	check()
	c := b.cs("AAAA")
	c.Card, c.Unheard = 77, true
	b.decide(moderation.Key{Chat: chess, Case: "AAAA"}, moderation.Outcome{Case: &c})
	check()
	if n := b.settled(func(cl moderation.Closing) moderation.Settlement { return cl.Settle(moderation.DayOf(b.now())) }); n != 3 {
		t.Errorf("settled are %d", n)
	}
	check()
}

// Who wrote lately is known to have been there, and on no more days than one.
func TestReleaseBeforeKnowsWhoWrote(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	today := moderation.DayOf(noon)
	for i, who := range []int64{anna, bob} {
		b.run(`INSERT INTO active (chat, tag, sealed, day) VALUES (1, ?, ?, ?)`, b.key.Tag("active", 1, who),
			b.key.Seal("active", b.json(map[string]any{"p": who, "l": "en"})), today-int64(i))
	}
	b.open()
	b.could(chess, anna, bob)
	if got := b.present(bob); got != (moderation.Presence{First: today - 1, Days: 1}) {
		t.Errorf("bob: %+v", got)
	}
	b.written(b.wrote(bob, 7))
	if got := b.present(bob); got != (moderation.Presence{First: today - 1, Days: 2}) {
		t.Errorf("then: %+v", got)
	}
}

// A release before knew of no other bots. What is noted of them from now on is kept.
func TestReleaseBeforeKnowsNoOtherBots(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.open()
	c, err := b.Chat(t.Context(), chess)
	if b.must(err); c.Bots.Any(noon) || !c.Bots.Told.IsZero() {
		t.Errorf("it knows of %+v", c.Bots)
	}
	b.must(b.court.BotsThere(t.Context(), chess, []int64{77}))
	b.close()
	b.open()
	if c, err = b.Chat(t.Context(), chess); err != nil || !c.Bots.Any(noon) {
		t.Errorf("after a restart it knows of %+v, %v", c.Bots, err)
	}
}
