package moderation_test

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// check compares all that there is with the model.
func (m *model) check(t *rapid.T) {
	if len(m.cases) != len(m.all) {
		t.Fatalf("%d cases, want %d", len(m.cases), len(m.all))
	}
	offences, current := map[member]int{}, map[int64]bool{}
	for i, c := range m.all {
		m.checkCase(t, m.cases[i], c)
		if c.verdict == moderation.Upheld {
			offences[member{club, writer(c.message)}]++
		}
		if c.verdict == moderation.Open && current[c.message] {
			t.Fatalf("message %d has two open cases", c.message)
		}
		current[c.message] = current[c.message] || c.verdict == moderation.Open
	}
	for who, history := range m.history {
		if len(history) != offences[who] {
			t.Fatalf("%d has %d offences, want %d", who.id, len(history), offences[who])
		}
		delete(offences, who)
	}
	if len(offences) > 0 {
		t.Fatalf("offences that are not there: %v", offences)
	}
	m.checkEffects(t)
}

func (m *model) checkCase(t *rapid.T, k *kept, c *simple) {
	final := 0
	if c.verdict != moderation.Open {
		final = 1
	}
	if k.Message != c.message || k.Verdict != c.verdict || k.ended != final {
		t.Fatalf("case %s of message %d is %s and ended %d times, want %s", k.ID, k.Message, k.Verdict, k.ended, c.verdict)
	}
	if k.CardWanted != c.asked || !k.Deadline.Equal(c.deadline) || k.Terms.Threshold != c.threshold || k.Terms.Quorum != c.quorum {
		t.Fatalf("case %+v\nwant %+v", k.Case, c)
	}
	if before := c.reopens; before != nil && (k.Reopens != m.id(before) || c.verdict != moderation.Withdrawn && c.judged != (k.Appeal.Open() || k.appeal != nil)) {
		t.Fatalf("case %+v\nwant %+v, of %s", k.Case, c, m.id(before))
	}
	votes, breaks := len(c.sides), 0
	for _, b := range k.ballots {
		if c.sides[b.Voter] != b.Side || c.fresh[b.Voter] != b.New || c.reported[b.Voter] != b.Reported || b.Weight != 1 {
			t.Fatalf("case %s: ballot %+v, want %s, new: %v, reported: %v", k.ID, b, c.sides[b.Voter], c.fresh[b.Voter], c.reported[b.Voter])
		}
		if b.Side == moderation.Breaks {
			breaks++
		}
	}
	if len(k.ballots) != votes { // of those found above, so that each is there once
		t.Fatalf("case %s has %d ballots, want %d", k.ID, len(k.ballots), votes)
	}
	if c.verdict == moderation.Withdrawn {
		votes, breaks = 0, 0
	}
	if k.Votes != votes || k.Breaks != breaks {
		t.Fatalf("case %s has %d votes, %d against; want %d, %d", k.ID, k.Votes, k.Breaks, votes, breaks)
	}
}

// checkEffects: what the last step brought is about the cases that it ended, and goes to those whom
// it concerns.
func (m *model) checkEffects(t *rapid.T) {
	told, removed, noted := map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, e := range m.effects {
		c := m.ended[e.Case]
		switch e.Kind {
		case moderation.EffectWithdraw:
			if k := m.find(moderation.Key{Chat: club, Case: e.Case}); k.Votes > 0 || k.Verdict != moderation.Open {
				t.Fatalf("to be withdrawn without cause: %+v", k.Case)
			}
		case moderation.EffectCard, moderation.EffectCardGone:
			if e.To.ID != 0 || e.Author.ID != 0 {
				t.Fatalf("a card that names somebody: %+v", e)
			}
		case moderation.EffectOutcome:
			if c == nil || !c.reported[e.To.ID] || e.Verdict != c.verdict {
				t.Fatalf("told without cause: %+v", e)
			}
			told[e.Case]++
		case moderation.EffectDelete:
			if c == nil || c.verdict != moderation.Upheld || !slices.Equal(e.Messages, []int64{c.message}) || removed[e.Case] {
				t.Fatalf("removed without cause: %+v", e)
			}
			removed[e.Case] = true
		case moderation.EffectPunish, moderation.EffectNotice:
			if c == nil || c.verdict != moderation.Upheld || e.Author.ID+e.To.ID != writer(c.message) {
				t.Fatalf("punished without cause: %+v", e)
			}
		case moderation.EffectSweep:
			if c == nil || c.verdict != moderation.Upheld || !e.Tells || noted[e.Case] {
				t.Fatalf("swept without cause: %+v", e)
			}
			noted[e.Case] = true // when that is done
		case moderation.EffectAdmins:
			if e.Topic == moderation.TopicUndecided {
				continue // see [TestEveryCardBringsAQuietEntry]
			}
			if e.Topic != moderation.TopicDecided || c == nil {
				t.Fatalf("the admins are told without cause: %+v", e)
			}
			noted[e.Case] = true
		default:
			t.Fatalf("unforeseen: %+v", e)
		}
	}
	for id, c := range m.ended {
		if told[id] != len(c.reported) || removed[id] != (c.verdict == moderation.Upheld) {
			t.Fatalf("of case %s, %s, %d of %d were told; removed: %v", id, c.verdict, told[id], len(c.reported), removed[id])
		}
		if k := m.find(moderation.Key{Chat: club, Case: id}); noted[id] != k.Shown() {
			t.Fatalf("the admins are told of case %s, %s: %v, want %v", id, c.verdict, noted[id], k.Shown())
		}
	}
	clear(m.ended)
	m.effects = nil
}
