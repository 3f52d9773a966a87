package storage_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// punish has an admin mute Mallory by hand, for a message or for none.
func (d *desk) punish(chat, message int64) string {
	d.t.Helper()
	c, err := d.court.Punish(d.t.Context(), moderation.ManualPenalty{
		Update: d.next(), Chat: chat, Kind: moderation.Supergroup, By: admin(carl), Step: muteHour, Rule: rulebook.Spam,
		Target:   moderation.Target{Message: message, SentAt: d.now(), Role: moderation.RoleMember, Author: moderation.Author{ID: mallory}},
		Evidence: moderation.Evidence{Name: names[mallory], Text: secretWords},
	})
	d.must(err)
	return c.ID
}

// reportIn reports a message of another group.
func (d *desk) reportIn(chat, who, message int64) string {
	d.t.Helper()
	r := d.reportBy(person(who), message)
	r.Chat, r.Target.SentAt = chat, d.now()
	got, err := d.court.Report(d.t.Context(), r)
	d.must(err)
	return got.Case
}

func TestPenaltiesByHandAreInTheWayOfNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	ids := map[string]bool{}
	for name, id := range map[string]string{
		"by hand": d.punish(chess, 41), "by hand again": d.punish(chess, 41),
		"by hand, for no message": d.punish(chess, 0), "and again": d.punish(chess, 0),
		"reported": d.report(anna, 41),
	} {
		if c := d.cs(id); ids[id] || c.Manual != (name != "reported") {
			t.Errorf("%s it is %+v; want a case of its own", name, c)
		}
		ids[id] = true
	}
	open := d.docket(moderation.Key{Chat: chess, Message: 41}).Case
	if open == nil || open.Manual || open.Verdict != moderation.Open {
		t.Fatalf("the message's case is %+v", open)
	}
	d.uphold(open.ID)
	if id := d.punish(chess, 41); ids[id] {
		t.Errorf("by hand, after the verdict, it is case %s again", id)
	}
	if n := len(d.history()); n != 6 {
		t.Errorf("%d offences; want 6", n)
	}
}

// An admin who punishes while the case is open ends that one.
func TestPenaltyByHandEndsTheOpenCase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	r := d.reportBy(person(anna), 41)
	r.Evidence.Text = "Buy pills"
	got, err := d.court.Report(t.Context(), r)
	d.must(err)
	if id := d.punish(chess, 41); id != got.Case {
		t.Errorf("it is case %s; want %s", id, got.Case)
	}
	if c := d.cs(got.Case); c.Manual || c.Verdict != moderation.Upheld || c.Penalty != muteHour || c.Rule != rulebook.Spam {
		t.Errorf("case %+v", c)
	}
	if e, _ := d.evidence(got.Case); e.Text != "Buy pills" {
		t.Errorf("the evidence is %+v; want the report's", e)
	}
}

func TestPenaltiesByHandAreKeptWhenTheGroupMoves(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	old := []string{d.punish(chess, 41), d.punish(chess, 41), d.punish(chess, 0), d.report(anna, 41)}
	d.migrate()
	fresh := []string{d.punish(super, 41), d.reportIn(super, anna, 41), d.punish(super, 0)}
	for i, id := range append(old, fresh...) {
		c, err := d.Case(t.Context(), super, id)
		if err != nil || c.Chat != super || c.Manual != (i != 3 && i != 5) || (c.Message == 0) != (i < 4 || i == 6) {
			t.Errorf("case %d is %+v, %v", i, c, err)
		}
	}
	if e, found, err := d.Evidence(t.Context(), super, old[0]); err != nil || !found || e.Text != secretWords {
		t.Errorf("the evidence is %+v, %v", e, err)
	}
	if n := len(d.docket(moderation.Key{Chat: super, Author: mallory}).History); n != 5 {
		t.Errorf("%d offences; want 5", n)
	}
}

// Two groups may have drawn the same id for what was done by hand; as one group they need two.
func TestMigrationTellsPenaltiesByHandApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	d.enter(super)
	old, fresh := d.punish(chess, 41), d.punish(super, 43)
	d.alter(`UPDATE cases SET short = '` + old + `', anchor = CAST('hand/` + old + `' AS BLOB) WHERE short = '` + fresh + `'`)
	d.migrate()
	for id, message := range map[string]int64{old: 0, old + "0": 43} {
		if c, err := d.Case(t.Context(), super, id); err != nil || !c.Manual || c.Message != message {
			t.Errorf("case %s is %+v, %v", id, c, err)
		}
	}
	if n := d.number(`SELECT count(*) FROM evidence`); n != 2 {
		t.Errorf("evidence of %d; want 2", n)
	}
}
