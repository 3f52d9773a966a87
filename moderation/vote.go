package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Votes takes ballots from the card.
type Votes struct{ *runner }

// Vote is a tap on the vote card.
type Vote struct {
	Update int64
	Chat   int64
	Case   string
	Voter  Member
	Side   Side
}

// Vote takes a ballot from the card, which may decide the case. A member may change theirs while
// the case is open. One that says what theirs said before is taken like any other: a refusal would tell whoever makes
// them tap which side they took.
func (c *Votes) Vote(ctx context.Context, v Vote) error {
	key := Key{Update: v.Update, Chat: v.Chat, Case: v.Case, Actor: v.Voter.ID}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) { return vote(d, v, now) })
	return err
}

func vote(d Docket, v Vote, now time.Time) (Outcome, error) {
	if err := mayVote(d, v.Voter, now); err != nil {
		return Outcome{}, err
	}
	record, met := d.firstSeen(now)
	d.Record = record
	ballot := d.voter(v.Voter).Ballot(v.Side, d.Case.SentAt, now)
	out := cast(d, *d.Case, d.inPlace(ballot), now)
	if met {
		out.Record = &record
	}
	return out, nil
}

// inPlace is a ballot that takes the place of its voter's earlier one, if there is one: how they came to vote stays as it was.
func (d Docket) inPlace(b Ballot) Ballot {
	if i := find(d.Ballots, b.Voter); i >= 0 {
		was := d.Ballots[i]
		b.Rule, b.Reported, b.NoCard, b.Drawn = was.Rule, was.Reported, was.NoCard, was.Drawn
		_, b.Quiet = d.forgotten(b.Voter)
	}
	return b
}

func mayVote(d Docket, voter Member, now time.Time) error {
	switch {
	case d.Case == nil || d.Case.Verdict == Withdrawn:
		return refuse(RefuseNoCase, "")
	case d.Case.Verdict.Final() || d.Case.Over(now):
		return refuse(RefuseDecided, d.Case.ID)
	case d.Case.Reopens != "":
		return refuse(RefuseJudged, d.Case.ID)
	case !voter.Present:
		return refuse(RefuseOutsider, d.Case.ID)
	case voter.ID == d.Case.Author.ID:
		return refuse(RefuseAuthor, d.Case.ID)
	case d.Record.Late(d.Case.SentAt):
		return refuse(RefuseLate, d.Case.ID)
	case d.Record.Conduct.Tier(DayOf(now)).Weight() == 0:
		return refuse(RefuseStanding, d.Case.ID)
	}
	return nil
}

// cast puts the ballot into the case and lets the ballots decide.
func cast(d Docket, cs Case, b Ballot, now time.Time) Outcome {
	b.Drawn = b.Drawn || d.helps(b.Voter) // also if they answer on the card
	ballots := with(d.Ballots, b)
	out := Outcome{CaseChanges: CaseChanges{Cast: &ballots[len(ballots)-1]}}
	if cs.Unkept { // whatever they say: else the file would tell the admins
		cs.Unkept = false
		out.Effects = append(out.Effects, FetchFiles{Waiting: Waiting{Due: Unhurried(now)}, Case: cs.ID})
	}
	if d.helps(b.Voter) {
		d.Jury = d.answered(b)
		out.Jury = d.Jury
	}
	decide(&out, d, cs, ballots, now)
	if out.Jury != nil && out.Jury == d.Jury {
		out.Case.lookAtOnce(d.Jury, now)
	}
	return out
}

// decide ends the case if its ballots are enough for that; else it goes on. In a pause it goes on in any case.
func decide(out *Outcome, d Docket, cs Case, ballots []Ballot, now time.Time) {
	terms := cs.terms(d.Chat) // before its clock starts, those of this moment
	if cs.runs() {
		cs.Terms = terms
	}
	if cs.Reopens != "" {
		gather(out, d, cs, ballots, now)
		return
	}
	verdict := Judge(ballots, d.Ties, terms)
	if verdict.Final() && !d.Chat.PausedAt(now) {
		conclude(out, d, cs, ballots, decision{verdict: verdict}, now)
		return
	}
	recount(out, d, cs, ballots, now)
}

// recount brings an open case and its card up to date with its ballots.
func recount(out *Outcome, d Docket, cs Case, ballots []Ballot, now time.Time) {
	tally := Count(ballots)
	cs.Votes, cs.Breaks = tally.Votes(), tally.Breaks
	paused := d.Chat.PausedAt(now)
	if cs.CardAfter < 0 && !cs.CardWanted && !paused && enough(ballots, d.Ties, cs.Terms.CardAfter) { // it is of an earlier release
		cs.wantCard(d, now)
	} else if !cs.Carded() && !cs.Listed && paused {
		list(out, cs, Unhurried(now))
	}
	redraw(out, d, cs, now)
}

// redraw has the card of an open case shown, or brought up to date, at the next moment for that.
func redraw(out *Outcome, d Docket, cs Case, now time.Time) {
	draw := DrawCard{Case: cs.ID, Open: true}
	switch {
	case cs.Carded() && (cs.Votes != d.votes() || cs.Card == 0): // its group moved in a pause, and the card with it
		draw.Due = cs.editDue(cs.Appeared, now)
		out.Effects = append(out.Effects, draw)
	case !cs.Carded() && cs.MayAppear(d.Chat, now):
		draw.Due = cs.cardDue(now)
		out.Effects = append(out.Effects, draw)
	}
	out.Case = &cs
}

// votes is how many votes the case had before this decision.
func (d Docket) votes() int {
	if d.Case == nil {
		return 0
	}
	return d.Case.Votes
}

func list(out *Outcome, cs Case, due time.Time) {
	out.Effects = append(out.Effects, TellAdmins{Waiting: Waiting{Due: due}, Entry: CaseEntry{What: TopicUndecided, Case: cs.ID}})
}

// List notes that the admins are shown a case while it is undecided, so that they can decide it. It reports false if
// there is nothing to show: it ended meanwhile.
func (c *Votes) List(ctx context.Context, chat int64, id string) (bool, error) {
	open := false
	_, err := c.update(ctx, Key{Chat: chat, Case: id, Want: Want{Bare: true}}, func(d Docket, now time.Time) (Outcome, error) {
		// Of a case that was withdrawn and is reported again, this may be of the first time.
		open = d.Case != nil && d.Case.Verdict == Open && (d.Case.Shown() || d.Case.cardless() || d.Chat.PausedAt(now))
		if !open || d.Case.Listed {
			return Outcome{}, nil
		}
		cs := *d.Case
		cs.Listed = true
		return Outcome{Case: &cs}, nil
	})
	return open, err
}

// Undo takes a member's ballot back while the case is open, which may decide it the other way. With
// the last ballot goes the case, at a moment of its own: it is withdrawn, its card disappears, and nobody is told. Until
// then it goes on like any other, so that nobody sees when the ballot was taken back.
func (c *Votes) Undo(ctx context.Context, update, chat int64, id string, voter int64) error {
	key := Key{Update: update, Chat: chat, Case: id, Actor: voter}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) { return undo(d, voter, now) })
	return err
}

func undo(d Docket, voter int64, now time.Time) (Outcome, error) {
	switch {
	case !d.knows(voter):
		return Outcome{}, refuse(RefuseNoBallot, "")
	case d.Case.Verdict.Final():
		return Outcome{}, refuse(RefuseDecided, d.Case.ID)
	case d.Case.judged():
		return Outcome{}, refuse(RefuseJudged, d.Case.ID)
	case d.own(voter) < 0:
		return Outcome{}, refuse(RefuseNoBallot, d.Case.ID)
	}
	cs, ballots := *d.Case, without(d.Ballots, voter)
	out := Outcome{CaseChanges: CaseChanges{Retract: voter}}
	if len(ballots) > 0 { // whatever they say: whether the case goes on would tell it
		decide(&out, d, cs, ballots, now)
		return out, nil
	}
	cs.Votes, cs.Breaks = Count(ballots).Votes(), 0
	redraw(&out, d, cs, now)
	out.Effects = append(out.Effects, WithdrawCase{Waiting: Waiting{Due: cs.withdrawnDue(now)}, Case: cs.ID})
	return out, nil
}

// knows reports whether somebody may know that there is the case: it was shown, or they have a ballot in it. Who took back theirs
// learns no more of what became of it. Else they could tell whether somebody else has one, by whether the case goes on.
func (d Docket) knows(voter int64) bool {
	return d.Case != nil && d.Case.Verdict != Withdrawn && (!d.Case.Hidden() || find(d.Ballots, voter) >= 0)
}

// Categorize notes which rule a reporter says the message breaks.
func (c *Votes) Categorize(ctx context.Context, update, chat int64, id string, voter int64, rule rulebook.RuleID) error {
	key := Key{Update: update, Chat: chat, Case: id, Actor: voter}
	_, err := c.update(ctx, key, func(d Docket, _ time.Time) (Outcome, error) {
		switch {
		case !d.knows(voter):
			return Outcome{}, refuse(RefuseNoBallot, "")
		case !d.Chat.Book.Has(rule):
			return Outcome{}, refuse(RefuseNoCase, "")
		}
		if d.Case.Verdict.Final() {
			return Outcome{}, refuse(RefuseDecided, d.Case.ID)
		}
		i := d.own(voter)
		if i < 0 {
			return Outcome{}, refuse(RefuseNoBallot, d.Case.ID)
		}
		b := d.Ballots[i]
		b.Rule = rule
		return Outcome{Case: d.Case, CaseChanges: CaseChanges{Cast: &b}}, nil
	})
	return err
}
