package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// renewed is a case as a report finds it. As long as nobody but its reporters knows of it, each report is judged by the settings
// of its own moment. Else somebody who changes one and reports could tell by those that hold whether there was a report before.
func (c Case) renewed(d Docket) Case {
	if c.runs() && c.Hidden() && c.Reopens == "" {
		c.Terms = d.Chat.Terms()
	}
	return c
}

// bringCard notes that a report brings a card, or the case before the admins. The settings of the moment say so, whatever
// they were at the first report, for the same reason. Nothing but a report does: neither a vote, nor a setting that is changed.
func bringCard(out *Outcome, d Docket, now time.Time) {
	if out.Case == nil || out.Case.Verdict != Open || out.Case.Reopens != "" || out.Case.CardWanted {
		return
	}
	cs := *out.Case
	switch after := d.Chat.Policy.CardAfter; {
	case after == 0 && cs.CardAfter != 0 && !cs.Listed:
		cs.CardAfter, cs.Opened, cs.Terms = 0, now, Terms{} // to the admins it looks like one that begins now
		cs.ClockDue = nextPeriod(now)
		cs.Deadline = d.deadline(cs.ClockDue)
		out.Case = &cs
	case enough(with(d.Ballots, *out.Cast), d.Ties, after):
		cs.wantCard(d, now)
		redraw(out, d, cs, now)
	}
}

// enough reports whether so many voices want a card as are needed, 0 = never.
func enough(ballots []Ballot, ties weight.Ties, after int) bool {
	return after > 0 && cardVoices(ballots, ties) >= after
}

// cardVoices is how many voices want a card: they reported the message, and were not held back by [CardsBrought].
func cardVoices(ballots []Ballot, ties weight.Ties) int {
	var reports []Ballot
	for _, b := range ballots {
		if b.Side == Breaks && b.Reported && !b.NoCard {
			reports = append(reports, b)
		}
	}
	return VoicesOf(reports, ties).Count
}

// wantCard notes that a case gets a card, and sees to it that its time is not over before that comes.
func (c *Case) wantCard(d Docket, now time.Time) {
	if c.CardAfter < 0 { // it is of an earlier release
		c.CardAfter = c.Terms.CardAfter
	}
	c.CardWanted, c.CardDelay = true, d.Chat.CardDelay()
	c.leaveTime(d, now)
}

// leaveTime sees to it that the time of a case is not over before the card comes that is wanted, in a pause after that.
func (c *Case) leaveTime(d Docket, now time.Time) {
	if d.Chat.PausedAt(now) {
		now = d.Chat.Paused
	}
	if latest := now.Add(c.CardDelay + cardSlack); c.CardWanted && !c.Carded() && c.Deadline.Before(latest) {
		c.Deadline = latest
	}
}

// cardSlack is how much later than at its moment a card may come, for Telegram may be slow.
const cardSlack = 5 * time.Minute

// cardless reports whether the admins are shown the case without a card.
func (c Case) cardless() bool {
	if c.CardAfter < 0 { // it is of an earlier release
		return c.Terms.CardAfter == 0
	}
	return c.CardAfter == 0
}
