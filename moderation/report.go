package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Reports takes what members report.
type Reports struct{ *runner }

// Report is a member's word that a message breaks the rules.
type Report struct {
	Update   int64
	Chat     int64
	Kind     Kind
	Reporter Member
	Target   Target
	Rule     rulebook.RuleID // empty if they named none
	Evidence Evidence
	Private  *PrivateReport // of a report in private, which is answered with the same commit
}

// Receipt is what a reporter gets at once.
type Receipt struct {
	Case string
	Rule rulebook.RuleID
	Open bool // the ballot can still be taken back

	Complaint bool // it was about an admin: not voted on, but counted for the owner
	Again     bool // they had reported it before, and need not be told more
}

// Report takes a report: a new case, or one more ballot in an open one, which may decide it.
func (c *Reports) Report(ctx context.Context, r Report) (Receipt, error) {
	key := Key{
		Update: r.Update, Chat: r.Chat, Kind: r.Kind,
		Message: r.Target.Message, Album: r.Target.Album,
		Actor: r.Reporter.ID, Author: r.Target.Author.ID,
	}
	if r.Private != nil {
		key.Done = r.Private.Row
	}
	again := false
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (out Outcome, err error) {
		out, again, err = report(d, r, now)
		if err == nil && r.Private != nil {
			r.Private.receipt(d, r.Rule, again, &out)
		}
		return out, err
	})
	if err != nil {
		return Receipt{}, err
	}
	if out.Case == nil {
		return Receipt{Complaint: true}, nil
	}
	return Receipt{Case: out.Case.ID, Rule: r.Rule, Open: !out.Case.Verdict.Final(), Again: again}, nil
}

// Answer queues the answer to a report in private that brought no ballot.
func (c *Reports) Answer(ctx context.Context, p PrivateReport, r PrivateReceipt) error {
	_, err := c.update(ctx, Key{Actor: p.To.ID, Rows: Rows{Done: p.Row}}, func(Docket, time.Time) (Outcome, error) {
		return Outcome{Effects: []Effect{p.answer(r)}}, nil
	})
	return err
}

func report(d Docket, r Report, now time.Time) (out Outcome, again bool, err error) {
	before := takeEarlier(&d, r)
	if err := mayReport(d, before, r, now); err != nil {
		return Outcome{}, false, err
	}
	if i := d.own(r.Reporter.ID); d.Case != nil && i >= 0 && d.Ballots[i].Reported && !d.Ballots[i].Quiet {
		out, again = reportAgain(d, r, now), true
	} else {
		out, err = reportFirst(d, before, r, now)
	}
	bringCard(&out, d, now)
	return out, again, err
}

// reportAgain takes a report by who reported the message before. It is a vote that the message breaks the rules, and costs
// nothing. It is the same whatever they voted since: an answer that differed would tell it to whoever makes them report again.
func reportAgain(d Docket, r Report, now time.Time) Outcome {
	return cast(d, d.Case.renewed(d), d.inPlace(d.reportBallot(r, *d.Case, now)), now)
}

// reportBallot is the ballot of a report. Who wiped that they voted in the case that this one opens again still has no voice.
func (d Docket) reportBallot(r Report, cs Case, now time.Time) Ballot {
	b := d.voter(r.Reporter).Ballot(Breaks, r.Target.SentAt, now)
	b.New = b.New || cs.Reopens != "" && find(d.Earlier, r.Reporter.ID) >= 0
	return b
}

func reportFirst(d Docket, before *Case, r Report, now time.Time) (Outcome, error) {
	record, met := d.firstSeen(now) // who is first seen by this report may still make it
	d.Record = record
	bucket, ok := d.Bucket.Take(reportLimit(d, now), now)
	if !ok {
		return Outcome{}, refuse(RefuseLimit, "")
	}
	if r.Target.Role == RoleAdmin {
		return Outcome{ActorChanges: ActorChanges{Bucket: &bucket, Against: r.Target.Message}}, nil
	}
	cs := open(d, before, r, now)
	ballot := d.reportBallot(r, cs, now)
	ballot.Reported = true
	if d.Chat.Book.Has(r.Rule) {
		ballot.Rule = r.Rule
	}
	var brought *CardsBrought
	if was, again := d.forgotten(r.Reporter.ID); again {
		ballot.NoCard = was.NoCard // it brought its card, or none
	} else if !cs.Carded() { // if it is wanted already, nobody may tell that by a card of theirs
		next, may := d.Brought.Take(now)
		ballot.NoCard = !may
		if may {
			brought = &next
		}
	}
	out := cast(d, cs, ballot, now)
	out.Bucket, out.Brought = &bucket, brought
	if met {
		out.Record = &record
	}
	if d.Case == nil {
		out.Evidence = &r.Evidence
		out.Effects = append(out.Effects, r.Evidence.fetch(cs.ID)...)
	}
	return out, nil
}

// reportLimit is how many reports the actor may make in an hour.
func reportLimit(d Docket, now time.Time) int {
	if d.Record.New(now) {
		return min(NewReportLimit, d.Chat.Policy.ReportLimit)
	}
	return d.Chat.Policy.ReportLimit
}

// NewReportLimit is how many reports a new member may make in an hour.
const NewReportLimit = 3

// open is the open case that the docket holds, or a new one.
func open(d Docket, before *Case, r Report, now time.Time) Case {
	if d.Case != nil {
		return d.Case.renewed(d)
	}
	t := r.Target
	cs := Case{
		ID: d.FreshID, Chat: d.Chat.ID, CaseMessage: CaseMessage{Message: t.Message, Thread: t.Thread, Album: t.Album,
			SentAt: t.SentAt, Author: t.Author}, Verdict: Open, Opened: now, ClockDue: nextPeriod(now), Deadline: d.deadline(nextPeriod(now)),
		CaseMoments: CaseMoments{Seed: d.FreshSeed, CardDelay: d.Chat.CardDelay(), CardAfter: d.Chat.Policy.CardAfter},
	}
	if was := d.Withdrawn; was != nil {
		// It is the same case again. Else its reporter could tell by its id whether it was withdrawn meanwhile, so whether
		// nobody else had reported. For the same reason its moments are the same too, and what brings its card.
		cs.ID = was.ID
		if was.CardAfter >= 0 {
			cs.CaseMoments = was.CaseMoments
		}
	}
	if before != nil {
		cs.Reopens = before.reopens()
	}
	return cs
}

// mayReport refuses what nobody may report, then what this member may not.
func mayReport(d Docket, before *Case, r Report, now time.Time) error {
	switch r.Target.Role {
	case RoleService:
		return refuse(RefuseService, "")
	case RoleBot:
		return refuse(RefuseBot, "")
	case RoleLinked:
		return refuse(RefuseLinked, "")
	}
	author := r.Target.Author
	switch {
	case !r.Reporter.Present:
		return refuse(RefuseOutsider, "")
	case author.ID == r.Reporter.ID:
		return refuse(RefuseSelf, "")
	case author.Channel && author.ID == d.Chat.Linked:
		return refuse(RefuseLinked, "")
	case now.Sub(r.Target.SentAt) >= MaxAge:
		return refuse(RefuseOld, "")
	case d.Record.Late(r.Target.SentAt):
		return refuse(RefuseLate, "")
	}
	if r.Target.Role != RoleAdmin { // a complaint is no vote, and no admin can silence those about them
		if d.Record.Conduct.Tier(DayOf(now)).Weight() == 0 {
			return refuse(RefuseStanding, "")
		}
		if until := d.Ties.Records[r.Reporter.ID].Abuse.Paused(now); !until.IsZero() {
			return &Refusal{Code: RefusePaused, Until: until}
		}
	}
	if i := find(d.Earlier, r.Reporter.ID); before != nil && before.reopens() != "" && i >= 0 && !d.wiped(d.Earlier[i].At) {
		return refuse(RefuseVotedBefore, before.ID)
	}
	if d.Case == nil {
		return nil
	}
	if d.Case.Verdict.Final() || d.Case.Over(now) {
		return refuse(RefuseDecided, d.Case.ID)
	}
	if d.Case.judged() {
		return refuse(RefuseJudged, d.Case.ID)
	}
	return nil
}
