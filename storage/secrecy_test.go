package storage_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// month is a stretch of life in a group: people talk, report, vote, are punished and written to.
// There are admins, who are reported too, and who punish and forgive. Some of it still waits to be
// delivered, and one case is open.
func month(d *desk) {
	d.t.Helper()
	ctx := d.t.Context()
	d.must(d.court.Status(ctx, d.next(), chess, moderation.Basic, moderation.Rights{Member: true, Admin: true}))
	d.must(d.court.Joined(ctx, d.next(), chess, moderation.Basic, []moderation.Person{{ID: bob}}, d.now().Add(-time.Hour)))
	for i, who := range []int64{anna, bob, carl, mallory} {
		s := d.wrote(who, int64(61+i))
		s.Name, s.Said.Text, s.Album, s.Handle = names[who], secretWords, "album-"+secretWords, handleOf(who)
		s.Public = publicName
		d.observe(s)
		d.must(d.court.Private(ctx, d.next(), who, true))
	}
	d.must(d.court.ReportPrivately(ctx, d.next(), moderation.LookupMessage{
		To: moderation.Person{ID: anna, Private: true}, Message: moderation.MessageRef{Author: mallory, At: 1, Content: secretWords}, Typed: secretWords,
	}))
	d.must(d.court.Administered(ctx, chess, []int64{anna, bob, carl, mallory}))
	d.must(d.court.Appointed(ctx, d.next(), chess, moderation.Basic, bob, false))
	for m := range int64(4) {
		r := d.reportBy(person(anna), 71+m)
		r.Evidence = moderation.Evidence{Name: names[mallory], Handle: handleOf(mallory), Text: secretWords, Media: "photo", SentAt: d.now()}
		got, err := d.court.Report(ctx, r)
		d.must(err)
		id := got.Case
		d.must(d.court.CardShown(ctx, moderation.DrawCard{Waiting: moderation.Waiting{Chat: chess}, Case: id}, 81+m, 1))
		d.keepFile(id, 0, []byte(secretWords), "")
		d.must(d.court.Vote(ctx, moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: moderation.Fine}))
		if m < 3 {
			d.uphold(id)
		}
	}
	d.reportAlbum(bob, 64, "album-"+secretWords)
	d.must(d.FlushLog(ctx))
	late := d.wrote(anna, 65)
	late.Name, late.Said.Text, late.Public = names[anna], secretWords, publicName
	d.observe(late)
	for _, who := range []int64{anna, bob, carl} {
		d.complain(who, 91)
	}
	d.sit(mallory, d.punish(chess, 92))
	d.must(d.court.Free(ctx, moderation.Release{
		Update: d.next(), Chat: chess, By: admin(carl), Author: moderation.Author{ID: mallory}, Name: names[mallory], Penalty: ladder.Mute,
	}))
	_, err := d.court.Pardon(ctx, moderation.Key{Update: d.next(), Chat: chess}, moderation.Author{ID: mallory}, admin(carl))
	d.must(err)
	d.period()
	d.must(d.CloseLedger(ctx))
	_, rule, err := d.court.Amend(ctx, moderation.Amendment{
		Update: d.next(), Chat: chess, By: admin(carl), Change: rulebook.Amendment{Kind: rulebook.AmendAdded, Text: "Not " + secretWords, Why: secretWords + " bovi"},
	})
	d.must(err)
	_, _, err = d.court.Amend(ctx, moderation.Amendment{
		Update: d.next(), Chat: chess, By: admin(carl), Change: rulebook.Amendment{Kind: rulebook.AmendBreaks, Rule: rule, Text: names[mallory] + " " + secretWords},
	})
	d.must(err)
	d.report(anna, 95)
	d.uphold(d.report(carl, 95))
	d.pass(9 * day)
	_, err = d.court.Settle(ctx)
	d.must(err)
	d.pass(-9 * day)
	for m := range int64(3) { // and what is not settled yet: appealed, about to be, and open
		id := d.report(boss, 96+m)
		if m < 2 {
			d.uphold(id)
		}
		plea := moderation.Plea{Update: d.next(), Chat: chess, Case: id, Author: mallory, Words: secretWords}
		switch m {
		case 0:
			_, err = d.court.Appeal(ctx, plea)
		case 1:
			_, err = d.court.AskWhy(ctx, plea)
		}
		d.must(err)
	}
	d.remembers(chess, map[int64]moderation.JuryRecord{anna: fullJuryRecord(d.now())})
	put := moderation.Restriction{Denied: []string{"can_send_messages"}, Until: d.now().Add(day)}
	d.must(d.court.Restrain(ctx, chess, mallory, moderation.Restraint{Put: put}, nil))
	d.must(d.HoldChat(ctx, chess, d.now()))
	d.must(d.PutCall(ctx, storage.Deferred{Chat: chess, Class: moderation.Personal, Body: fmt.Appendf(nil, "sendMessage %d %s", anna, secretWords)}))
	d.must(d.court.AskKept(ctx, d.next(), moderation.Person{ID: anna, Language: "es", Private: true}))
	d.must(d.court.AskWipe(ctx, d.next(), moderation.Person{ID: carl}, moderation.Shown{Chat: carl, Message: 51}))
	d.must(d.court.AskErase(ctx, d.next(), moderation.Person{ID: mallory, Private: true}, handleOf(mallory)))
	d.sweeps(98)
	d.practise(chess, moderation.Practice{Began: d.now(), Verdict: moderation.Open, Ballots: []moderation.PracticeBallot{{Voter: anna, Side: moderation.Fine}}})
	d.must(d.Keep(ctx, []storage.KeptUpdate{{Update: d.next(), Chat: anna, Came: d.now(), Raw: fmt.Appendf(nil, "%s: %s", names[anna], secretWords)}}))
}

var names = map[int64]string{anna: "Anna-Eleonora", bob: "Bob-Bonaventura", carl: "Carl-Cassiodor", mallory: "Mallory-Melusine", boss: "Boss-Balthasar"}

const (
	secretWords = "quod licet iovi"
	publicName  = "quod_licet_iovi"
)

// handleOf is somebody's username.
func handleOf(who int64) string { return strings.ReplaceAll(names[who], "-", "_") }

// A month that left a table empty would show nothing of it.
func TestMonthTouchesEverything(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	empty := map[string]bool{}
	for _, name := range d.tables() {
		empty[name] = true
	}
	month(d)
	for _, r := range d.rows() {
		delete(empty, r.table)
	}
	if len(empty) != 0 {
		t.Errorf("nothing is in %v", empty)
	}
}

func TestNoColumnNamesAnybody(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	month(d)
	for _, r := range d.rows() {
		for _, value := range r.values {
			if n, ok := value.(int64); ok && names[n] != "" {
				t.Errorf("a column of %s is the number of %s", r.table, names[n])
			}
			text := fmt.Sprintf("%s", value)
			for _, secret := range secrets() {
				if strings.Contains(text, string(secret)) {
					t.Errorf("a column of %s holds %q", r.table, secret)
				}
			}
		}
	}
}

func TestNoFileNamesAnybody(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	month(d)
	inUse := d.raw()
	d.must(storage.Backup(t.Context(), d.opts.DSN, d.path+".copy"))
	d.close()
	for name, raw := range map[string][]byte{"in use": inUse, "closed": d.raw(), "copy": (&desk{t: t, path: d.path + ".copy"}).raw()} {
		if len(raw) == 0 {
			t.Errorf("%s: no file", name)
		}
		for _, secret := range secrets() {
			if bytes.Contains(raw, secret) {
				t.Errorf("%s: the database holds %q", name, secret)
			}
		}
	}
}

// secrets are what must not be found: numbers in all ways to write them, names, and words.
func secrets() [][]byte {
	all := [][]byte{[]byte(secretWords)}
	for id, name := range names {
		big := binary.BigEndian.AppendUint64(nil, uint64(id))
		all = append(all, []byte(handleOf(id)), []byte(strings.ToLower(handleOf(id))))
		all = append(all, []byte(name), []byte(strconv.FormatInt(id, 10)), big[3:], binary.LittleEndian.AppendUint64(nil, uint64(id))[:5])
	}
	return all
}

// sharedTags are the tables in which the same tag may stand twice, and what it says there.
var sharedTags = map[string]string{
	"cases": "case", "offence": "case", // whose offences, which album, and all that is about one person
	"turn":  "standing", // several changes of one
	"admin": "admin of several groups", "private": "private chat",
}

// Rows of different tables cannot be laid beside each other without the key: what names somebody in
// one says nothing in another, and mostly not in another group either.
func TestTagsHaveNothingInCommon(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	month(d)
	d.enter(chess - 1)
	d.must(d.court.Administered(t.Context(), chess-1, []int64{anna, bob, carl, mallory}))
	for i, who := range []int64{anna, bob, carl, mallory} {
		s := d.named(who, int64(61+i), "album-"+secretWords)
		s.Chat, s.Album = chess-1, "album-"+secretWords
		d.observe(s)
		d.complainIn(chess-1, who, 91)
		d.decide(moderation.Key{Chat: chess - 1, Actor: who}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &moderation.Record{Joined: d.now()}}})
	}
	homes := map[string]string{}
	for _, r := range d.rows() {
		for i, v := range r.values {
			blob, ok := v.([]byte)
			if !ok || isText(blob) {
				continue
			}
			home := fmt.Sprintf("%s, group %v, column %d", r.table, r.values[0], i)
			if of, ok := sharedTags[r.table]; ok {
				home = of
			}
			if was, ok := homes[string(blob)]; ok && was != home {
				t.Errorf("%x is in %s and in %s", blob, was, home)
			}
			homes[string(blob)] = home
		}
	}
	if len(homes) < 50 {
		t.Errorf("%d tags and sealed things; so few show nothing", len(homes))
	}
}

// TestThiefCannotTellTheReporter plays the same story with two reporters who wrote the same. Without
// the key file the two databases must look alike, although the two people differ in all that they
// can. That is the length of their numbers, their languages, whether they can be written to, and how
// long they are here.
func TestThiefCannotTellTheReporter(t *testing.T) {
	t.Parallel()
	ann := moderation.Member{ID: 77, Present: true}
	bert := moderation.Member{ID: 7333333333333, Language: "zh-hans-cn", Present: true}
	tell := func(reporter moderation.Member) []string {
		d := newDeskAt(t, filepath.Join(scratch.Dir(t), strconv.FormatInt(reporter.ID, 10)))
		d.must(d.court.Private(t.Context(), d.next(), bert.ID, true))
		d.must(d.court.Joined(t.Context(), d.next(), chess, "", []moderation.Person{{ID: bert.ID}}, d.now().Add(-2*day)))
		for m := range int64(6) {
			for i, who := range []moderation.Member{ann, bert} {
				s := d.wrote(who.ID, 61+10*m+int64(i))
				s.Author.Language = who.Language
				s.Handle = []string{"ann", "bert_is_a_much_longer_name_than_hers"}[i]
				d.observe(s)
			}
		}
		for _, ends := range []bool{false, true, true} {
			r := d.reportBy(reporter, 41+d.next())
			r.Rule = ""
			got, err := d.court.Report(t.Context(), r)
			d.must(err)
			d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: got.Case, Voter: person(carl), Side: moderation.Fine}))
			_, err = d.court.Report(t.Context(), d.reportBy(person(boss), r.Target.Message))
			d.must(err)
			if ends {
				d.uphold(got.Case)
			}
		}
		complaint := d.reportBy(reporter, 42)
		complaint.Target.Role = moderation.RoleAdmin
		_, err := d.court.Report(t.Context(), complaint)
		d.must(err)
		d.must(d.court.Administered(t.Context(), chess, []int64{reporter.ID}))
		d.must(d.FlushLog(t.Context()))
		before := d.dump()
		d.pass(9 * day)
		_, err = d.court.Settle(t.Context())
		d.must(err)
		return append(before, d.dump()...)
	}
	one, other := tell(ann), tell(bert)
	if !slices.Equal(one, other) {
		t.Errorf("one reports:   %q\nanother reports: %q", added(other, one), added(one, other))
	}
	for _, table := range []string{"ballot", "outbox", "evidence", "handle", "complaint", "complained", "admin", "track", "alike", "active", "brought"} {
		if !slices.Contains(tablesOf(one), table) {
			t.Errorf("there is nothing to tell by in %s", table)
		}
	}
}

// The side that somebody took is not to be read off the length of a ballot either.
func TestBallotsAreAllOfALength(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	cs := d.docket(moderation.Key{Chat: chess, Case: id}).Case
	for _, b := range []moderation.Ballot{
		{Ballot: weight.Ballot{Voter: 1, Side: moderation.Fine}},
		{
			Ballot: weight.Ballot{Voter: 7333333333333, Side: moderation.Breaks, Weight: 0.25, At: d.now(), Joined: d.now(), New: true, Order: 12345}, Language: "zh-hans-cn", Rule: rulebook.Violence, Reported: true, NoCard: true,
		},
	} {
		d.decide(moderation.Key{Chat: chess, Case: id}, moderation.Outcome{Case: cs, CaseChanges: moderation.CaseChanges{Cast: &b}})
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM ballot`); n != 1 {
		t.Errorf("%d different lengths; want 1", n)
	}
}

// Nor is it to be read off what waits for whom.
func TestLettersAreAllOfALength(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, to := range []moderation.Person{{ID: 1}, {ID: 7333333333333, Language: "zh-hans-cn", Private: true}} {
		e := outcome("7KQ2")
		e.To, e.Verdict, e.Step, e.Rule = to, moderation.Upheld, ladder.Step{Kind: ladder.Mute, For: time.Hour}, rulebook.OffTopic
		d.do(e)
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM outbox`); n != 1 {
		t.Errorf("%d different lengths; want 1", n)
	}
}
