package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// charged is what an author is to be sentenced for.
type charged struct {
	step      ladder.Step // the penalty that an admin chose; zero = what the ladder brings
	severity  int         // of the rule
	confirmed bool        // members drawn by lot found it, and were enough for that by themselves
}

// sentence moves the author up the ladder, and gives them the step that is there, or the chosen one. It
// costs them standing; who had no more than a last chance of that is banned. Votes alone may not do all of that; see
// [Case.limit].
func sentence(out *Outcome, d Docket, of charged, now time.Time) {
	cs, day := out.Case, DayOf(now)
	t := cs.terms(d.Chat)
	most := cs.limit(d, of.confirmed, now)
	points := standing.CostOf(of.severity)
	if most != nil {
		points = most.points(points, d.Conduct.Score(day))
	}
	conduct, cost := d.Conduct.Fall(points, day)
	out.Conduct, out.Turns = &conduct, d.Conduct.Earned(day)
	if cost > 0 { // or there was nothing left to take
		out.Turns = append(out.Turns, standing.Change{Day: day, Points: -cost, Cause: standing.CauseUpheld, Case: cs.ID})
	}
	out.Offence = &Offence{Case: cs.ID, Steps: of.severity, Severity: of.severity, Cost: cost, At: now}
	chosen := of.step
	switch {
	case chosen.Kind != "":
	case d.Conduct.Tier(day) == standing.TierLastChance:
		chosen = ladder.Step{Kind: ladder.Ban}
	default:
		level := Level(append(d.History[:len(d.History):len(d.History)], *out.Offence), t.Lapse, now)
		chosen = t.Ladder.At(level)
	}
	cs.Penalty = fit(chosen, cs.Author, d.Chat.Kind)
	if most != nil {
		before := Level(d.History, t.Lapse, now)
		out.Offence.Steps = min(of.severity, max(0, t.Ladder.LevelOf(most.step)-before))
		out.Offence.Limited = true
		most.apply(out, d, now)
	}
	cs.Until = cs.Penalty.Until(now)
	if cs.Jury == jury.Heavy {
		hold(out, d, now)
	}
	enforce(out, d, Notice{}, now)
}

// fit is what a step comes to for this author in this kind of group. A channel cannot be muted or
// thrown out, only banned, and the bot lifts the ban when its time is over. A basic group knows
// no ban that outlasts the removal.
func fit(s ladder.Step, a Author, k Kind) ladder.Step {
	switch {
	case a.Channel && s.Kind == ladder.Kick:
		return ladder.Step{Kind: ladder.Ban, For: ladder.MinPenalty}
	case a.Channel && s.Kind == ladder.Mute:
		return ladder.Step{Kind: ladder.Ban, For: s.For}
	case k == Basic && s.Kind == ladder.Ban && !a.Channel:
		return ladder.Step{Kind: ladder.Kick}
	default:
		return s
	}
}

// enforce carries out the case's penalty and tells the author. Who is thrown out is told just before,
// because afterwards they could not see it; for the rest enforcement comes first. The notice says what is told beside that.
func enforce(out *Outcome, d Docket, notice Notice, now time.Time) {
	cs := out.Case
	cs.Put = ProgressNone
	leaves := cs.Penalty.Removes()
	notice.Case, notice.Step, notice.Until, notice.Rule, notice.First = cs.ID, cs.Penalty, cs.Until, cs.Rule, leaves
	if o := out.Offence; o != nil && out.Conduct != nil {
		notice.Standing = &Score{Cost: o.Cost, Now: out.Conduct.Score(DayOf(now)), Tier: out.Conduct.Tier(DayOf(now))}
	}
	if leaves {
		out.Effects = append(out.Effects, notice.toAuthor(d, cs.Author)...)
	}
	put := PutPenalty{Case: cs.ID, Author: cs.Author, Step: cs.Penalty, Until: cs.Until}
	switch {
	case cs.Penalty.Kind == ladder.Warn, cs.Penalty.Kind == ladder.Remove:
	case cs.Penalty.Kind == ladder.Mute && d.Chat.Kind == Basic:
		out.Silence = &Silence{Author: cs.Author.ID, Until: cs.Until}
		out.Effects = append(out.Effects, TellAdmins{Entry: Trouble{What: TopicBasicMute, Case: cs.ID}})
	default:
		out.Effects = append(out.Effects, put)
	}
	if cs.Author.Channel && cs.Penalty.Kind == ladder.Ban && !cs.Until.IsZero() {
		out.Effects = append(out.Effects, LiftBan{Waiting: Waiting{Due: cs.Until}, Case: cs.ID, Author: cs.Author})
	}
	if cs.Penalty.Kind == ladder.Kick && d.Chat.Kind == Supergroup {
		// A row of its own, so that trying it again does not throw them out again.
		out.Effects = append(out.Effects, LiftBan{Case: cs.ID, Author: cs.Author})
	}
	if !leaves {
		bind(out, d, cs.Author, cs.Until, now)
		out.Effects = append(out.Effects, notice.toAuthor(d, cs.Author)...)
	}
}

// bind has what the author may send brought into line with their standing, if that is or was so low that
// it matters. It does so at once, or when a mute is over, since all restrictions end with it. Who is out
// of the group is bound when they come back.
func bind(out *Outcome, d Docket, a Author, from, now time.Time) {
	conduct, day := d.Conduct, DayOf(now)
	if out.Conduct != nil {
		conduct = *out.Conduct
	}
	before := standing.TierOf(standing.FullStanding - d.Conduct.Lost) // as it was carried out: a day that counts only now was not
	if a.Channel || !before.Bound() && !conduct.Tier(day).Bound() {
		return
	}
	out.Effects = append(out.Effects, LimitSending{Waiting: Waiting{Due: from}, Author: a})
}

// closeCard turns the card into the outcome and has it taken away after a while.
func closeCard(out *Outcome, ttl time.Duration) {
	cs := out.Case
	if !cs.CardWanted { // one that has not appeared does not any more
		return
	}
	out.Effects = append(out.Effects, DrawCard{Case: cs.ID})
	if ttl > 0 {
		out.Effects = append(out.Effects, RemoveCard{Waiting: Waiting{Due: cs.Decided.Add(ttl)}, Case: cs.ID})
	}
}

// tellReporters tells all who reported the message, whatever their ballots say now. Who only voted on the card saw it.
func tellReporters(out *Outcome, ballots []Ballot, e SendOutcome) {
	for _, b := range ballots {
		if b.Reported && !b.Quiet {
			e.Cast = b.At
			e.To = Person{ID: b.Voter, Language: b.Language, Private: b.Private}
			out.Effects = append(out.Effects, e)
		}
	}
}

func removeMessage(out *Outcome, d Docket) {
	if out.Case.Message == 0 || len(d.Messages) == 0 {
		out.Case.Removal = ProgressLate // it is out of reach
		return
	}
	out.Removed = d.Messages
	out.Effects = append(out.Effects, DeleteMessages{Case: out.Case.ID, Messages: d.Messages})
}

// whole makes an offence count for as much as its severity says.
func whole(out *Outcome, d Docket, o Offence, now time.Time) {
	day := DayOf(now)
	conduct, more := d.Conduct.Fall(standing.CostOf(o.Severity)-o.Cost, day)
	o.Steps, o.Cost, o.Limited = o.Severity, o.Cost+more, false
	out.Offence, out.Conduct, out.Turns = &o, &conduct, d.Conduct.Earned(day)
	if more > 0 {
		out.Turns = append(out.Turns, standing.Change{Day: day, Points: -more, Cause: standing.CauseUpheld, Case: o.Case})
	}
}
