package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// tellUndecided tells the admins of an undecided case.
func tellUndecided(t *testing.T, change func(*desk)) *desk {
	t.Helper()
	d, h := newDesk(t, story(moderation.Open, func(c *moderation.Case) { c.Votes, c.Breaks = 4, 3 }))
	change(d)
	e := moderation.TellAdmins{Waiting: moderation.Waiting{Chat: desksGroup}, News: moderation.CaseNews{What: moderation.TopicUndecided, Case: "7KQ2"}}
	if err := h.Carry(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestUndecidedCaseIsShownQuietlyInTheLog(t *testing.T) {
	d := tellUndecided(t, func(*desk) {})
	if len(d.sent) != 1 || d.sent[0].Chat != desksLog {
		t.Fatalf("sent: %+v", d.sent)
	}
	call := d.sent[0]
	if call.Params["disable_notification"] != true {
		t.Error("the entry makes a sound")
	}
	text := call.Params["text"].(string)
	for _, want := range []string{"Case 7KQ2. Open, until", "Cheap followers!"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	if strings.Contains(text, "vote") || strings.Contains(text, "Rule") {
		t.Errorf("the entry tells of votes or of a rule: %q", text)
	}
	buttons := fmt.Sprint(call.Params["reply_markup"])
	for _, sign := range []string{"🚩", "👌", "🔍"} {
		if strings.Count(buttons, sign) != 1 {
			t.Errorf("the button %s stands there %d times: %s", sign, strings.Count(buttons, sign), buttons)
		}
	}
	if !d.docket.Case.Listed {
		t.Error("it is not noted that the admins see the case")
	}
}

// Whatever the ballots are, the entry is the same.
func TestUndecidedEntryTellsNothingOfBallots(t *testing.T) {
	var first wire.Call
	for i, c := range []struct{ votes, breaks int }{{1, 1}, {40, 2}, {3, 3}} {
		d := tellUndecided(t, func(d *desk) { d.docket.Case.Votes, d.docket.Case.Breaks = c.votes, c.breaks })
		if len(d.sent) != 1 {
			t.Fatalf("sent: %+v", d.sent)
		}
		if i == 0 {
			first = d.sent[0]
		} else if got, want := fmt.Sprint(d.sent[0]), fmt.Sprint(first); got != want {
			t.Errorf("with %d votes: %s\nwith one: %s", c.votes, got, want)
		}
	}
}

func TestUndecidedCaseThatEndedIsNotShown(t *testing.T) {
	for _, v := range []moderation.Verdict{moderation.Upheld, moderation.Dismissed, moderation.Expired, moderation.Withdrawn} {
		d := tellUndecided(t, func(d *desk) { d.docket.Case.Verdict = v })
		if len(d.sent)+len(d.effects) > 0 || d.docket.Case.Listed {
			t.Errorf("%s: sent %+v, committed %+v", v, d.sent, d.effects)
		}
	}
}

// Without a log channel the admins see the card as all do; where there is none, they are told one by one.
func TestUndecidedCaseWithoutALog(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*desk)
		told   int
	}{
		"no log, a card":       {func(d *desk) { d.docket.Chat.Log, d.docket.Case.Card = 0, 40 }, 0},
		"no log, card refused": {func(d *desk) { d.docket.Chat.Log, d.docket.Case.Card = 0, 0 }, 3},
		"no log, no card":      {func(d *desk) { d.docket.Chat.Log, d.docket.Case.CardWanted = 0, false }, 3},
		"a lost log, a card":   {func(d *desk) { d.refuse, d.docket.Case.Card = 403, 40 }, 0},
		"a lost log, no card":  {func(d *desk) { d.refuse, d.docket.Case.CardWanted = 403, false }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			d := tellUndecided(t, c.change)
			told := 0
			for _, e := range d.effects {
				if one, ok := e.(moderation.TellAdmin); ok && one.News.Topic() == moderation.TopicUndecided {
					told++
				}
			}
			if told != c.told || len(d.sent) > 0 {
				t.Errorf("%d admins are told, want %d; sent %+v", told, c.told, d.sent)
			}
			if c.told > 0 && !d.docket.Case.Listed {
				t.Error("admins who are told cannot decide: it is not noted that they see the case")
			}
		})
	}
}

// An admin who is told one by one, but late, is told nothing of a case that was decided meanwhile.
func TestUndecidedEntryForAnAdminThatComesLate(t *testing.T) {
	d, h := newDesk(t, story(moderation.Upheld, func(c *moderation.Case) {}))
	e := moderation.TellAdmin{Waiting: moderation.Waiting{Chat: desksGroup}, News: moderation.CaseNews{What: moderation.TopicUndecided, Case: "7KQ2"}, To: moderation.Person{ID: admin}}
	if err := h.Carry(t.Context(), e); err != nil || len(d.sent) > 0 {
		t.Errorf("sent %+v, %v", d.sent, err)
	}
	d.docket.Case.Verdict = moderation.Open
	if err := h.Carry(t.Context(), e); err != nil || len(d.sent) != 1 {
		t.Errorf("sent %+v, %v", d.sent, err)
	}
}

// What is pending is settled by who may punish, and by a button that shows what still waits.
func TestPenaltyThatWaits(t *testing.T) {
	const week, confirmed, dropped = "ban 7d", moderation.TopicConfirmed, moderation.TopicDropped
	for name, c := range map[string]struct {
		from  int64
		data  string
		toast string
		topic moderation.Topic
	}{
		"confirmed":                 {admin, "y:7:7KQ2:" + week, "", confirmed},
		"dropped":                   {admin, "n:7:7KQ2:" + week, "", dropped},
		"confirmed by the owner":    {owner, "y:7:7KQ2:" + week, "", confirmed},
		"confirmed, another":        {admin, "y:7:7KQ2:ban", english("refuse.not_pending", nil), ""},
		"dropped, another":          {admin, "n:7:7KQ2:mute 1d", english("refuse.not_pending", nil), ""},
		"forged, without a penalty": {admin, "y:7:7KQ2", english("refuse.not_pending", nil), ""},
		"without the right":         {helper, "y:7:7KQ2:" + week, english("refuse.rights", nil), ""},
		"dropped without the right": {helper, "n:7:7KQ2:" + week, english("refuse.rights", nil), ""},
		"by a member":               {member, "y:7:7KQ2:" + week, english("refuse.not_admin", nil), ""},
		"dropped by its author":     {author, "n:7:7KQ2:" + week, english("refuse.not_admin", nil), ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, h := newDesk(t, cases["pending"])
			d.history = []moderation.Offence{{Case: "7KQ2", Steps: 2, Severity: 3, Cost: 20, At: noon}}
			texts, _ := say(t, h, pressed(c.from, c.data))
			if texts[0] != c.toast {
				t.Errorf("the toast is %q, want %q", texts[0], c.toast)
			}
			if told := slices.Contains(d.topics(), c.topic); c.topic != "" && !told || c.topic == "" && len(d.effects) > 0 {
				t.Errorf("committed: %+v", d.effects)
			}
			if settled := d.docket.Case.Pending.Deed == ""; settled != (c.topic != "") {
				t.Errorf("settled: %v", settled)
			}
			if c.topic == confirmed && d.docket.Case.Penalty.String() != week {
				t.Errorf("the penalty is %s", d.docket.Case.Penalty)
			}
		})
	}
}

// The way back on the card of a case with a penalty that waits: the buttons stand there while it waits, and no longer.
func TestButtonsOfAPenaltyThatWaits(t *testing.T) {
	d, h := newDesk(t, cases["pending"])
	show := func() string {
		_, calls := say(t, h, command(admin, "en", "/case 7KQ2"))
		return fmt.Sprint(calls[0].Params["text"], calls[0].Params["reply_markup"])
	}
	if shown := show(); !strings.Contains(shown, "y:7:7KQ2:ban 7d") || !strings.Contains(shown, "n:7:7KQ2:ban 7d") || !strings.Contains(shown, "a ban for 7 days") {
		t.Error(shown)
	}
	d.docket.Case.PendingEnds = noon
	if shown := show(); strings.Contains(shown, "y:7") || strings.Contains(shown, "n:7") || strings.Contains(shown, "7 days") {
		t.Errorf("its time is over: %s", shown)
	}
}

// Whoever gets the penalty that waited reads what it is and, if that cost them more of their standing, where they stand.
func TestAuthorIsToldOfAConfirmedPenalty(t *testing.T) {
	for _, c := range []struct {
		score *moderation.Score
		want  string
	}{
		{&moderation.Score{Cost: 40, Now: 60, Tier: standing.TierWatched}, "This takes 40 points of your standing, which is now 60 of 100."},
		{nil, ""},
	} {
		d, h := newDesk(t, cases["banned"])
		e := moderation.SendNotice{Waiting: moderation.Waiting{Chat: desksGroup}, Notice: moderation.Notice{Case: "7KQ2", To: moderation.Person{ID: author}, Harsher: true, Standing: c.score, Step: ladder.Step{Deed: ladder.Ban}}}
		if err := h.Carry(t.Context(), e); err != nil || len(d.sent) != 1 {
			t.Fatalf("sent %+v, %v", d.sent, err)
		}
		text := d.sent[0].Params["text"].(string)
		if !strings.Contains(text, "harder: a ban.") || !strings.Contains(text, c.want) || strings.Contains(text, "standing") != (c.want != "") {
			t.Errorf("it says %q", text)
		}
	}
}
