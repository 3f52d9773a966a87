package storage_test

import (
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// gather has each admin of a group told that a case ended.
func (d *desk) gather(chat int64, id string) {
	d.t.Helper()
	e := moderation.TellAdmins{Waiting: moderation.Waiting{Chat: chat}, Entry: moderation.CaseEntry{What: moderation.TopicDecided, Case: id}}
	d.must(d.court.Gather(d.t.Context(), e))
}

// gathered is what a row has gathered.
func (d *desk) gathered(r outbox.Row) moderation.GatherEntries {
	d.t.Helper()
	_, body, err := d.OpenRow(r)
	d.must(err)
	e, err := moderation.ReadEffect(body, moderation.Waiting{Chat: r.Chat, Ref: moderation.OutboxRef{ID: r.ID, Revision: r.Revision}})
	d.must(err)
	return e.(moderation.GatherEntries)
}

// cases are those that a row tells of.
func casesOf(e moderation.GatherEntries) (ids []string) {
	for _, n := range e.Told.Entries {
		ids = append(ids, n.About())
	}
	return ids
}

func (d *desk) tellGathered(e moderation.GatherEntries) {
	d.t.Helper()
	_, err := d.court.TellGathered(d.t.Context(), e, []moderation.Person{{ID: boss}, {ID: carl}})
	d.must(err)
}

// What the admins are told is stored, told once, and gathered for a quarter of an hour after that.
func TestGathered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.Status(t.Context(), d.next(), chess, moderation.Supergroup, moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}))
	d.must(d.Drop(t.Context(), d.row())) // the introduction
	d.gather(chess, "A")
	d.want("gather")
	first := d.gathered(d.row())
	d.gather(chess, "B") // while the first is on its way
	d.tellGathered(first)
	d.tellGathered(first) // another replica had it too
	d.want("admin", "admin")
	for range 2 {
		d.must(d.Drop(t.Context(), d.row()))
	}

	d.gather(chess, "C")
	d.want()
	d.close()
	d.open()
	d.gather(chess, "D")
	d.want()
	if _, next := d.ready(allClasses...); !next.Equal(d.soon(noon.Add(moderation.AdminsCalm))) {
		t.Errorf("it is due at %s", next)
	}
	d.pass(moderation.AdminsCalm)
	d.want("gather")
	second := d.gathered(d.row())
	if ids := casesOf(second); !slices.Equal(ids, []string{"C", "D"}) {
		t.Errorf("gathered are %q", ids)
	}
	d.tellGathered(second)
	d.want("admin", "admin")
	for range 2 {
		d.must(d.Drop(t.Context(), d.row()))
	}
	d.pass(moderation.AdminsCalm)
	d.tellGathered(d.gathered(d.row()))
	if n := d.number(`SELECT count(*) FROM outbox`); n != 0 {
		t.Errorf("after a quiet quarter of an hour %d rows wait", n)
	}
}

// What waits goes when the bot leaves, and comes along when the group becomes a supergroup.
func TestGatheredGoesWithItsGroup(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.Status(t.Context(), d.next(), chess, moderation.Basic, moderation.Rights{Member: true}))
	d.gather(chess, "A")
	d.gather(super, "B") // it was faster than word of the move
	d.migrate()
	var found []moderation.GatherEntries
	rows, _ := d.ready(allClasses...)
	for _, r := range rows {
		if d.effect(r).Kind == moderation.EffectGather {
			found = append(found, d.gathered(r))
		}
	}
	if len(found) != 1 || found[0].Chat != super || !slices.Equal(casesOf(found[0]), []string{"A", "B"}) {
		t.Errorf("after the move there is %+v", found)
	}
	d.must(d.court.Status(t.Context(), d.next(), super, moderation.Supergroup, moderation.Rights{}))
	if n := d.number(`SELECT count(*) FROM outbox WHERE name LIKE 'gather/%'`); n != 0 {
		t.Errorf("%d rows wait though the bot left", n)
	}
}
