package storage_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// firstShape is a desk whose database, not open yet, is as the first version left it: a group with
// settings of its own, and three cases of Mallory's. What is sealed is sealed as it was then.
func firstShape(t *testing.T) *desk {
	t.Helper()
	d := deskAt(t, filepath.Join(scratch.Dir(t), "ostrakon.db"))
	key, err := seal.Create(d.opts.KeyFile)
	d.must(err)
	text, err := os.ReadFile("sqldb/migrations/sqlite/0001_init.sql")
	d.must(err)
	db := d.sql()
	run := func(query string, args ...any) {
		t.Helper()
		_, err := db.ExecContext(t.Context(), query, args...)
		d.must(err)
	}
	run(string(text))
	run(`PRAGMA user_version = 1`)
	run(`INSERT INTO meta (name, value) VALUES ('key', ?)`, key.Fingerprint())
	run(`INSERT INTO chat (id, number, kind, is_member, policy, intro, greeted) VALUES (3, ?, 'supergroup', 1, ?, 7, ?)`, chess,
		`{"Threshold":7,"Quorum":3,"Window":3600000000000,"Ladder":"warn, mute 1h, ban","Lapse":172800000000000,
		"CardAfter":0,"CardTTL":0,"ReportLimit":5,"Language":"de"}`, noon.Unix())
	author, err := json.Marshal(moderation.Author{ID: mallory, Language: "en"})
	d.must(err)
	for i, c := range []struct {
		short, verdict, deed string
		seconds              int64
	}{
		{"AAAA", "upheld", "mute", 3600}, {"BBBB", "upheld", "ban", 0}, {"CCCC", "dismissed", "", 0},
	} {
		run(`INSERT INTO cases (id, chat, short, anchor, is_album, message, thread, sent, author_tag, author, verdict, rule, deed, deed_for, opened, deadline, decided)
			VALUES (?, 3, ?, ?, 0, ?, 0, ?, ?, ?, ?, 'scam', ?, ?, ?, ?, ?)`,
			i+1, c.short, []byte{'4', '1' + byte(i)}, 41+i, noon.Unix(), key.Tag("offence", 3, mallory), key.Seal("author", author),
			c.verdict, c.deed, c.seconds, noon.Add(-time.Hour).Unix(), noon.Add(day).Unix(), noon.Unix()+int64(i))
	}
	seen, err := json.Marshal(map[string]any{"a": moderation.Author{ID: mallory, Language: "en"}, "n": "Mallory", "w": "Buy pills", "r": moderation.RoleAdmin})
	d.must(err)
	run(`INSERT INTO sighting (chat, slot, message, at, sealed) VALUES (3, 41, 41, ?, ?)`, noon.Unix(), key.Seal("sighting", seen))
	run(`INSERT INTO offence (case_id, chat, tag, steps, at) SELECT id, chat, author_tag, 1, decided FROM cases WHERE verdict = 'upheld'`)
	return d
}

func TestFirstShapeIsBroughtToThePresent(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	def := &d.opts.Defaults
	def.Threshold, def.Digest, def.Timezone, def.Appeals, def.Quiz = 9, "daily 08:00", "Asia/Tokyo", moderation.AppealsAdmins, false
	def.CardDelay = 45 * time.Second
	want := moderation.Chat{
		ID: chess, Ref: 3, Kind: moderation.Supergroup, Rights: moderation.Rights{Member: true}, Intro: 7, Greeted: noon,
		Told: moderation.RightsTold{Lacked: everyRight},
		Policy: moderation.Policy{
			Threshold: 7, Quorum: 3, Window: time.Hour, Ladder: ladder.Ladder{{Kind: ladder.Warn}, muteHour, banEver}, Lapse: 2 * day,
			ReportLimit: 5, Language: "de", // and what the operator wants of those who never said
			CardDelay: 45 * time.Second, Digest: "daily 08:00", Timezone: "Asia/Tokyo", Summon: moderation.DefaultSummon, Heavy: moderation.HeavyJury, Appeals: moderation.AppealsAdmins,
		},
	}
	for _, start := range []string{"first", "second"} {
		d.open()
		if got, err := d.Chat(t.Context(), chess); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s start: %+v, %v\nwant %+v", start, got, err, want)
		}
		if n := d.number(`PRAGMA user_version`); n != 20 { // the last before goose
			t.Errorf("%s start: shape %d", start, n)
		}
		d.close()
	}
	d.open()
	kept := moderation.SeenMessage{
		Chat: chess, Message: 41, At: noon, Author: moderation.Author{ID: mallory, Language: "en"}, Name: "Mallory",
		Said: moderation.Evidence{Text: "Buy pills"}, Role: moderation.RoleAdmin,
	}
	if got, found, err := d.SeenMessage(t.Context(), chess, 41); err != nil || !found || !reflect.DeepEqual(got, kept) {
		t.Errorf("a recent message is %+v, %t, %v", got, found, err)
	}
}

func TestPenaltiesOfTheFirstShapeHaveTheirEnd(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	d.open()
	for id, until := range map[string]time.Time{"AAAA": noon.Add(time.Hour), "BBBB": {}, "CCCC": {}} {
		c := d.cs(id)
		if !c.Until.Equal(until) || c.Author.ID != mallory || c.Manual || c.Listed || c.Reversed != "" || !c.ReversedAt.IsZero() {
			t.Errorf("case %+v; want it to last until %s", c, until)
		}
		if _, found := d.evidence(id); found {
			t.Errorf("there is evidence of case %s", id)
		}
	}
	want := []moderation.Offence{
		{Case: "AAAA", Steps: 1, Severity: 1, At: noon, Penalty: muteHour, Until: noon.Add(time.Hour)},
		{Case: "BBBB", Steps: 1, Severity: 1, At: noon.Add(time.Second), Penalty: banEver},
	}
	if got := d.history(); !slices.Equal(got, want) {
		t.Errorf("history %+v\nwant %+v", got, want)
	}
	if got := d.closed(noon, noon.Add(day)); !slices.Equal(got, []string{"AAAA", "BBBB", "CCCC"}) {
		t.Errorf("closed are %q", got)
	}
}

func TestFirstShapeIsLivedInOn(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	d.open()
	if got, err := d.DigestsDue(t.Context(), noon, 9); err != nil || !slices.Equal(got, []int64{chess}) {
		t.Errorf("digests to be planned: %v, %v", got, err)
	}
	got := d.docket(moderation.Key{Chat: chess, Want: moderation.Want{Period: true}})
	if read(d, got.Period).Closed != nil || !got.Chat.DigestFrom.IsZero() || !got.Chat.DigestDue.IsZero() {
		t.Errorf("a digest before one was planned: %+v", got)
	}
	d.punish(chess, 41)
	d.punish(chess, 99)
	d.complain(anna, 98)
	d.observe(d.named(anna, 97, "anna"))
	if n, who := len(d.history()), d.meant("anna"); n != 4 || who != anna {
		t.Errorf("%d offences, @anna is %d", n, who)
	}
	r := d.reportBy(person(anna), 41)
	if _, err := d.court.Report(t.Context(), r); !isRefused(err, moderation.RefuseDecided) {
		t.Errorf("a message that was judged: %v", err)
	}
}

func isRefused(err error, code moderation.Code) bool {
	var no *moderation.Refusal
	return errors.As(err, &no) && no.Code == code
}

// A database that could not be brought to the present is as it was, so that the old version still runs.
func TestMigrationIsAllOrNothing(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	d.alter(`CREATE TABLE complained (x)`) // the last thing that is made
	before := d.dump()
	if err := d.tryOpen(); err == nil {
		t.Fatal("opened")
	}
	// What goose notes is nothing that the old version looks at.
	got := slices.DeleteFunc(d.dump(), func(row string) bool { return strings.Contains(row, "goose_db_version") })
	if !slices.Equal(got, before) || d.number(`PRAGMA user_version`) != 1 {
		t.Errorf("changed: %q", added(before, got))
	}
	d.alter(`DROP TABLE complained`)
	d.open()
	d.cs("AAAA")
}
