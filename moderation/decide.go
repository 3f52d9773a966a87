package moderation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// ruling is how a case ends, and what an admin, if one rules, wants of it.
type ruling struct {
	verdict Verdict
	by      Member      // the admin who rules; zero if votes, a jury or time do
	step    ladder.Step // the penalty they chose; zero = what the ladder brings
	rule    RuleID      // the rule they named; empty = what the ballots name
}

// conclude ends a case: what happens to the message, to its author, to the card, and who is told.
// The order of the effects is the order in which they are carried out within their class.
func conclude(out *Outcome, d Docket, cs Case, ballots []Ballot, r ruling, now time.Time) {
	tally := Count(ballots)
	cs.Terms = cs.terms(d.Chat)
	cs.Verdict, cs.Decided, cs.ByAdmin = r.verdict, now, r.by.Admin
	cs.Votes, cs.Breaks = tally.Votes(), tally.Breaks
	var severity int
	cs.Rule, severity = cs.Terms.Charge(ballots, d.Ties)
	if d.Chat.Book.Has(r.rule) {
		cs.Rule, severity = r.rule, d.Chat.Book.Rule(r.rule).Severity
	}
	if r.by.Admin {
		cs.Judges = append(cs.Judges[:len(cs.Judges):len(cs.Judges)], r.by.ID)
	}
	out.Case = &cs
	endReopened(out, d, r)
	if r.verdict == Upheld {
		removeMessage(out, d)
		sentence(out, d, r.step, severity, now)
	}
	closeCard(out, d.Chat.Policy.CardTTL)
	tellReporters(out, ballots, SendOutcome{Case: cs.ID, Verdict: r.verdict, Step: cs.Penalty, Rule: cs.Rule})
	if cs.Shown() {
		out.Effects = append(out.Effects, TellAdmins{News: CaseNews{What: TopicDecided, Case: cs.ID, By: r.by.Named()}})
	}
}

// tellReporters tells all who reported the message, whatever their ballots say now. Who only voted on the card saw it.
func tellReporters(out *Outcome, ballots []Ballot, e SendOutcome) {
	for _, b := range ballots {
		if b.Reported {
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

// sentence moves the author up the ladder, and gives them the step that is there, or the chosen one. It
// costs them standing; who had no more than a last chance of that is banned. Votes alone may not do all of that; see
// [Case.limit].
func sentence(out *Outcome, d Docket, chosen ladder.Step, severity int, now time.Time) {
	cs, day := out.Case, DayOf(now)
	t := cs.terms(d.Chat)
	most := cs.limit(d, now)
	points := standing.CostOf(severity)
	if most != nil {
		points = min(points, max(0, d.Conduct.Score(day)-standing.GoodFrom))
	}
	conduct, cost := d.Conduct.Fall(points, day)
	out.Conduct, out.Turns = &conduct, d.Conduct.Earned(day)
	if cost > 0 { // or there was nothing left to take
		out.Turns = append(out.Turns, standing.Change{Day: day, Points: -cost, Cause: standing.CauseUpheld, Case: cs.ID})
	}
	out.Offence = &Offence{Case: cs.ID, Steps: severity, Severity: severity, Cost: cost, At: now}
	switch {
	case chosen.Deed != "":
	case d.Conduct.Tier(day) == standing.TierLastChance:
		chosen = ladder.Step{Deed: ladder.Ban}
	default:
		level := Level(append(d.History[:len(d.History):len(d.History)], *out.Offence), t.Lapse, now)
		chosen = t.Ladder.At(level)
	}
	chosen = fit(chosen, cs.Author, d.Chat.Kind)
	if most != nil {
		if chosen.HarderThan(most.step) {
			if most.pends {
				cs.Pending, cs.PendingEnds = chosen, now.Add(PendingFor)
			}
			chosen = most.step
		}
		before := Level(d.History, t.Lapse, now)
		out.Offence.Steps = min(severity, max(0, t.Ladder.LevelOf(most.step)-before))
		out.Offence.Limited = true
	}
	cs.Penalty = chosen
	cs.Until = cs.Penalty.Until(now)
	enforce(out, d, false, now)
}

// fit is what a step comes to for this author in this kind of group. A channel cannot be muted or
// thrown out, only banned, and the bot lifts the ban when its time is over. A basic group knows
// no ban that outlasts the removal.
func fit(s ladder.Step, a Author, k Kind) ladder.Step {
	switch {
	case a.Channel && s.Deed == ladder.Kick:
		return ladder.Step{Deed: ladder.Ban, For: ladder.MinPenalty}
	case a.Channel && s.Deed == ladder.Mute:
		return ladder.Step{Deed: ladder.Ban, For: s.For}
	case k == Basic && s.Deed == ladder.Ban && !a.Channel:
		return ladder.Step{Deed: ladder.Kick}
	default:
		return s
	}
}

// enforce carries out the case's penalty and tells the author. Who is thrown out is told just before,
// because afterwards they could not see it; for the rest enforcement comes first.
func enforce(out *Outcome, d Docket, harsher bool, now time.Time) {
	cs := out.Case
	cs.Put = ProgressNone
	leaves := cs.Penalty.Removes()
	notice := Notice{Case: cs.ID, Step: cs.Penalty, Until: cs.Until, Rule: cs.Rule, First: leaves, Harsher: harsher}
	if o := out.Offence; o != nil && out.Conduct != nil {
		notice.Standing = &Score{Cost: o.Cost, Now: out.Conduct.Score(DayOf(now)), Tier: out.Conduct.Tier(DayOf(now))}
	}
	if leaves {
		out.Effects = append(out.Effects, notice.toAuthor(d, cs.Author)...)
	}
	deed := PutPenalty{Case: cs.ID, Author: cs.Author, Step: cs.Penalty, Until: cs.Until}
	switch {
	case cs.Penalty.Deed == ladder.Warn:
	case cs.Penalty.Deed == ladder.Mute && d.Chat.Kind == Basic:
		out.Silence = &Silence{Author: cs.Author.ID, Until: cs.Until}
		out.Effects = append(out.Effects, TellAdmins{News: Trouble{What: TopicBasicMute, Case: cs.ID}})
	default:
		out.Effects = append(out.Effects, deed)
	}
	if cs.Author.Channel && cs.Penalty.Deed == ladder.Ban && !cs.Until.IsZero() {
		out.Effects = append(out.Effects, LiftBan{Waiting: Waiting{Due: cs.Until}, Case: cs.ID, Author: cs.Author})
	}
	if cs.Penalty.Deed == ladder.Kick && d.Chat.Kind == Supergroup {
		// A row of its own, so that trying it again does not throw them out again.
		out.Effects = append(out.Effects, LiftBan{Case: cs.ID, Author: cs.Author})
	}
	if !leaves {
		bind(out, d, cs.Author, cs.Until, now)
		out.Effects = append(out.Effects, notice.toAuthor(d, cs.Author)...)
	}
}

// bind has what the author may send brought into line with their standing, if that is or was so low that
// it matters: at once, or when a mute is over, since with it end all restrictions. Who is out of the group
// is bound when they come back.
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

// addressed lists where the author can be told something: in the group, and in private if they opened that chat.
func addressed(d Docket, a Author) []Person {
	if !a.Reachable() {
		return nil
	}
	places := []Person{{ID: a.ID, Language: a.Language}}
	if d.Private {
		places = append(places, Person{ID: a.ID, Language: a.Language, Private: true})
	}
	return places
}

// toAuthor sends a notice to the author wherever they can be told something. In private it need not come first: it can be
// read afterwards too, and a busy private chat must not put off the ban.
func (n Notice) toAuthor(d Docket, a Author) []Effect {
	var effects []Effect
	for _, n.To = range addressed(d, a) {
		if n.To.Private {
			n.First = false
			effects = append(effects, SendLetter{Notice: n})
		} else {
			effects = append(effects, SendNotice{Notice: n})
		}
	}
	return effects
}

// toAuthor sends news to the author wherever they can be told something.
func (e SendNews) toAuthor(d Docket, a Author) []Effect {
	var effects []Effect
	for _, e.To = range addressed(d, a) {
		effects = append(effects, e)
	}
	return effects
}

// closeCard turns the card into the outcome and has it taken away after a while.
func closeCard(out *Outcome, ttl time.Duration) {
	cs := out.Case
	if !cs.CardWanted {
		return
	}
	out.Effects = append(out.Effects, DrawCard{Case: cs.ID})
	if ttl > 0 {
		out.Effects = append(out.Effects, RemoveCard{Waiting: Waiting{Due: cs.Decided.Add(ttl)}, Case: cs.ID})
	}
}

// Decide is an admin's verdict on an open case, found by its id or by its message. It returns the
// case's id. Upholding punishes, so it needs what punishing by hand needs.
func (c *Reviews) Decide(ctx context.Context, key Key, admin Member, v Verdict) (string, error) {
	return c.decide(ctx, key, ruling{verdict: v, by: admin})
}

// Uphold upholds an open case under the rule that the admin names.
func (c *Reviews) Uphold(ctx context.Context, key Key, admin Member, rule RuleID) (string, error) {
	return c.decide(ctx, key, ruling{verdict: Upheld, by: admin, rule: rule})
}

func (c *Reviews) decide(ctx context.Context, key Key, r ruling) (string, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		switch {
		case !r.by.Admin:
			return Outcome{}, refuse(RefuseNotAdmin, "")
		case r.verdict == Upheld && (!r.by.Restrict || !r.by.Delete):
			return Outcome{}, refuse(RefuseRights, "")
		case d.Case == nil || d.Case.Hidden():
			return Outcome{}, refuse(RefuseNoCase, "") // as if there were none, or admins could find out who was reported
		case d.Case.Verdict.Final():
			return Outcome{}, refuse(RefuseDecided, d.Case.ID)
		}
		out := Outcome{}
		conclude(&out, d, *d.Case, d.Ballots, r, now)
		return out, nil
	})
	if err != nil {
		return "", err
	}
	return out.Case.ID, nil
}

// ExpireDue ends all cases whose deadline has come. It says how many. One that cannot be ended is in
// no other's way.
func (c *Clock) ExpireDue(ctx context.Context) (int, error) {
	const batch = 100
	ended := 0
	for {
		due, err := c.agenda.Due(ctx, c.now(), batch)
		if err != nil {
			return ended, fmt.Errorf("list cases to expire: %w", err)
		}
		var failed error
		for _, ref := range due {
			err := c.expire(ctx, ref)
			if errors.Is(err, ErrUnavailable) {
				return ended, err
			}
			if failed = errors.Join(failed, err); err == nil {
				ended++
			}
		}
		if failed != nil || len(due) < batch {
			return ended, failed
		}
	}
}

func (c *Clock) expire(ctx context.Context, ref CaseRef) error {
	_, err := c.update(ctx, Key{Chat: ref.Chat, Case: ref.ID}, func(d Docket, now time.Time) (Outcome, error) {
		// Somebody may have decided it since it was listed.
		if d.Case == nil || d.Case.Verdict.Final() || d.Case.Deadline.After(now) {
			return Outcome{}, refuse(RefuseDecided, ref.ID)
		}
		if d.Case.Appeal == BeforeJury && d.Appeal != nil { // the bot was down when the admins should have been asked
			cs := *d.Case
			out := Outcome{Case: &cs, Appeal: d.Appeal.copied(cs)}
			seekJury(&out, d, now) // whose time is over
			return out, nil
		}
		out := Outcome{}
		conclude(&out, d, *d.Case, d.Ballots, ruling{verdict: Expired}, now)
		return out, nil
	})
	var no *Refusal
	if err != nil && !errors.As(err, &no) {
		return fmt.Errorf("expire case %s: %w", ref.ID, err)
	}
	return nil
}
