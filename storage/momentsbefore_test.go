package storage_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wait puts an effect into the outbox of a release before, as it was put there.
func (b *before) wait(e moderation.Effect, due time.Time) {
	b.t.Helper()
	text, err := moderation.WriteEffect(e)
	b.must(err)
	at := int64(0)
	if !due.IsZero() {
		at = due.Unix()
	}
	b.run(`INSERT INTO outbox (chat, class, name, due, created, sealed) VALUES (1, ?, ?, ?, ?, ?)`,
		int64(e.Class()), e.Key(), at, noon.Unix(), b.key.Seal("outbox", append([]byte("effect\x00"), text...)))
}

// upgraded is a database of a release before in which cards came at once, opened by this one, in a group with a card delay.
// AAAA has a card, BBBB waits for its card, CCCC has none yet, DDDD was withdrawn, and its card goes.
func upgraded(t *testing.T) *before {
	t.Helper()
	b := releaseBefore(t)
	b.run(`UPDATE chat SET policy = '{"Threshold":5,"Window":86400000000000}' WHERE id = 1`)
	b.caseOf("AAAA", "open", 0, 1)
	b.caseOf("BBBB", "open", 0, 1)
	b.caseOf("CCCC", "open", 0, 0)
	b.caseOf("DDDD", "withdrawn", 0, 1)
	b.run(`UPDATE cases SET card_edited = ? WHERE short IN ('AAAA', 'DDDD')`, noon.Add(-80*time.Minute).UnixMilli())
	b.run(`UPDATE cases SET card = 0 WHERE short = 'BBBB'`)
	b.run(`UPDATE cases SET votes = 1, breaks = 1`)
	for _, short := range []string{"AAAA", "BBBB", "CCCC"} {
		b.ballot(short, anna, moderation.Breaks, 1, 1)
	}
	b.wait(moderation.DrawCard{Case: "BBBB", Open: true}, time.Time{})
	b.wait(moderation.RemoveCard{Case: "DDDD"}, time.Time{})
	b.wait(moderation.TellAdmins{Entry: moderation.CaseEntry{What: moderation.TopicUndecided, Case: "AAAA"}}, noon.Add(time.Minute))
	b.opts.Defaults.CardDelay = 30 * time.Second
	b.open()
	b.court = moderation.NewCourt(b.Store, b.opts.Now)
	return b
}

// Open cases go on: the time of those that ran still runs, and no clock is started for them.
func TestReleaseBeforeHasClocksThatRun(t *testing.T) {
	t.Parallel()
	b := upgraded(t)
	for range 2 {
		for id, appeared := range map[string]time.Time{"AAAA": noon.Add(-80 * time.Minute), "BBBB": {}, "CCCC": {}} {
			if c := b.cs(id); !c.ClockDue.IsZero() || !c.Deadline.Equal(noon.Add(day)) || !c.Appeared.Equal(appeared) || c.CardAfter != -1 {
				t.Errorf("case %+v", c)
			}
		}
		if due, err := b.ClocksDue(t.Context(), noon.Add(2*day), 9); err != nil || len(due) > 0 {
			t.Errorf("clocks start of %v, %v", due, err)
		}
		b.close()
		b.open()
	}
}

// What waited is still due when it was.
func TestReleaseBeforeHasCardsThatWait(t *testing.T) {
	t.Parallel()
	b := upgraded(t)
	b.want("card BBBB")
	card := b.row()
	b.must(b.court.CardShown(t.Context(), moderation.DrawCard{Waiting: moderation.Waiting{Chat: chess, Ref: moderation.OutboxRef{ID: card.ID, Revision: card.Revision}}, Case: "BBBB", Open: true}, 90, 1))
	c := b.cs("BBBB")
	if c.Card != 90 || !c.Appeared.Equal(noon) || !c.Deadline.Equal(noon.Add(day)) || !c.Terms.Set() {
		t.Errorf("when its card appeared the case is %+v", c)
	}
	b.want("card_gone DDDD")
	b.must(b.Drop(t.Context(), b.row()))
	b.want()
	b.pass(time.Minute)
	b.want("admins AAAA")
}

// A vote is shown on a card that was there at a moment for that, and no other.
func TestReleaseBeforeHasCardsThatAreEdited(t *testing.T) {
	t.Parallel()
	b := upgraded(t)
	b.alter(`DELETE FROM outbox`)
	b.must(b.court.Vote(t.Context(), moderation.Vote{Update: b.next(), Chat: chess, Case: "AAAA", Voter: person(carl), Side: moderation.Fine}))
	b.want()
	wait := time.Duration(b.number(`SELECT max(due) FROM outbox`)-noon.Unix()) * time.Second
	if wait <= 0 || wait > 15*time.Second {
		t.Errorf("the card changes after %s", wait)
	}
	b.must(b.court.Vote(t.Context(), moderation.Vote{Update: b.next(), Chat: chess, Case: "AAAA", Voter: person(carl), Side: moderation.Breaks}))
	b.pass(wait)
	b.want("card AAAA")
}

// A case that had no card gets one within the card delay of the report that brings it.
func TestReleaseBeforeHasCardsToCome(t *testing.T) {
	t.Parallel()
	b := upgraded(t)
	b.alter(`DELETE FROM outbox`)
	_, err := b.court.Report(t.Context(), b.reportBy(person(bob), 43))
	b.must(err)
	if c := b.cs("CCCC"); !c.CardWanted || c.CardAfter != 1 || c.CardDelay != 30*time.Second || !c.Deadline.Equal(noon.Add(day)) {
		t.Errorf("case %+v", c)
	}
	wait := time.Duration(b.number(`SELECT max(due) FROM outbox WHERE name = 'card/CCCC'`)-noon.Unix()) * time.Second
	if wait <= 0 || wait > 30*time.Second {
		t.Errorf("the card comes after %s", wait)
	}
}

// Of a case that had a card, a report brings no second one.
func TestReleaseBeforeHasCardsOnlyOnce(t *testing.T) {
	t.Parallel()
	b := upgraded(t)
	_, err := b.court.Report(t.Context(), b.reportBy(person(bob), 42))
	b.must(err)
	b.want("card BBBB") // which waited, and waits no longer for that
	b.must(b.court.Undo(t.Context(), b.next(), chess, "BBBB", bob))
	b.want("card BBBB")
}
