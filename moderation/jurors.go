package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Related reports whether somebody has to do with the case: they wrote the message, reported it or voted on it, were a juror of it
// before, or decided or punished in it.
func (d Docket) Related(person int64) bool {
	return d.judges(person) || find(d.Ballots, person) >= 0 || find(d.Earlier, person) >= 0 || slices.Contains(d.Retracted, person) ||
		d.Jury.Knows(person)
}

// CouldSit reports whether an eligible member can be asked about the case: they have nothing to do with it, and patience left.
func (d Docket) CouldSit(c Candidate, reason jury.Reason, now time.Time) bool {
	return !d.Related(c.Person.ID) && c.Jury.mayBeAsked(reason, now)
}

// NextJury is what a jury is for that is drawn for the case now.
func (c Case) NextJury() jury.Reason {
	switch {
	case c.Jury != jury.NoJury:
		return c.Jury
	case c.Verdict == Open:
		return jury.Stalled
	default:
		return jury.Appeal
	}
}

// judges reports whether somebody is the author, or an admin who acted in the case. Everybody may know that.
func (d Docket) judges(person int64) bool {
	return d.Case != nil && (person == d.Case.Author.ID || slices.Contains(d.Case.Judges, person))
}

// drawnRound is who is to be asked in a round of a jury, and what keeps it from being asked.
type drawnRound struct {
	jurors  []Candidate
	few     bool // fewer than [jury.FewestEligible] are eligible
	drained bool // the patience of too many is used up for a jury about a stalled vote
	spent   bool // appeals have asked so many today that there is to be no jury for another
}

// drawRound draws up to n jurors: the first of the pool, in the order of chance, who have nothing to do with the case, have patience
// left, and are tied neither to each other nor to who sits. A jury about an appeal is asked no more than [AppealShare] leaves.
//
// Those who voted are counted among the eligible, though none of them is drawn. Everybody can count who else is
// eligible, so that whether there is a jury would tell who voted.
func (d Docket) drawRound(reason jury.Reason, n int) (drawnRound, error) {
	pool, err := d.Pool.Read()
	if err != nil {
		return drawnRound{}, err
	}
	var could []Candidate
	patient, appeals := 0, 0
	for _, c := range pool.Candidates {
		if d.judges(c.Person.ID) {
			continue
		}
		could = append(could, c)
		if c.Jury.asked(d.Now) < MostStalled+MostOthers {
			patient++
		}
		if c.Jury.askedAbout(jury.Appeal, d.Now) {
			appeals++
		}
	}
	eligible := len(could)
	spare := max(0, eligible/AppealShare-appeals)
	got := drawnRound{few: apart(could, d.Now) < jury.FewestEligible, drained: DrainedShare*patient < eligible, spent: spare < n}
	if reason == jury.Appeal {
		n = min(n, spare)
	}
	got.jurors = d.firstOf(pool, reason, n)
	return got, nil
}

// apart is how many there are among some of whom no two joined together: a jury has only one of those who did. Else a crowd that joined
// in a minute would make up the number, and the few who sit beside its one seat could all be an attacker's. It looks at nothing but
// when they joined, which everybody could see.
func apart(candidates []Candidate, now time.Time) int {
	var joined []weight.Ballot
	n := 0
	for _, c := range candidates {
		if b := c.ballot(now); b.Joined.IsZero() {
			n++
		} else {
			joined = append(joined, b)
		}
	}
	slices.SortFunc(joined, func(a, b weight.Ballot) int { return a.Joined.Compare(b.Joined) })
	var last weight.Ballot
	for _, b := range joined {
		if last.Joined.IsZero() || !(weight.Ties{}).Tied(last, b) {
			n++
			last = b
		}
	}
	return n
}

// firstOf are the first n of a pool who can be asked. Nobody is looked at of whom it is not known who is tied to them.
func (d Docket) firstOf(pool Pool, reason jury.Reason, n int) []Candidate {
	var first []Candidate
	var sit []weight.Ballot
	for _, c := range pool.Sitting {
		sit = append(sit, c.ballot(d.Now))
	}
	compared := 0
	for _, c := range pool.Candidates {
		if !d.CouldSit(c, reason, d.Now) {
			continue
		}
		if compared++; compared > Compared || len(first) == n {
			break
		}
		b := c.ballot(d.Now)
		if !slices.ContainsFunc(sit, func(other weight.Ballot) bool { return pool.Ties.Tied(b, other) }) {
			first, sit = append(first, c), append(sit, b)
		}
	}
	return first
}

// summon asks those who were drawn: in the group, and in private if they opened that chat.
func (out *Outcome) summon(j *jury.Jury, drawn []Candidate, now time.Time) {
	var jurors []jury.Juror
	for _, c := range drawn {
		jurors = append(jurors, jury.Juror(c.Person))
		out.remember(c.Person.ID, c.Jury.ask(j.Reason, now))
		out.Effects = append(out.Effects, summonsTo(out.Case.ID, c.Person, now)...)
	}
	j.Ask(jurors, now)
}

// summonsTo asks a juror.
func summonsTo(id string, to Person, drawn time.Time) []Effect {
	group := to
	group.Private = false
	asks := []Effect{SendSummons{Case: id, To: group, Cast: drawn}}
	if to.Private {
		asks = append(asks, SendSummons{Case: id, To: to, Cast: drawn})
	}
	return asks
}

// remember keeps the jury record of somebody.
func (out *Outcome) remember(person int64, r JuryRecord) {
	if out.JuryRecords == nil {
		out.JuryRecords = map[int64]JuryRecord{}
	}
	out.JuryRecords[person] = r
}

// askAgain shows those who have yet to answer their card in the group once more.
func askAgain(id string, j *jury.Jury) []Effect {
	var again []Effect
	for _, s := range j.Seats {
		if s.Waits() {
			again = append(again, SendSummons{Case: id, To: Person{ID: s.Juror.ID, Language: s.Juror.Language}, Cast: s.Drawn})
		}
	}
	return again
}

// dissolve ends the jury of a case, if there is one, and thanks those who answered. How is what became of an appeal, or of what else
// there was to decide about a case that had ended; verdict is how an open case ended, or what became of a heavy penalty.
func dissolve(out *Outcome, d Docket, how AppealState, verdict Verdict) {
	sat := out.Case.Jury != jury.NoJury || d.Case != nil && d.Case.leftToAdmins(d.Jury)
	if out.Case.Jury == jury.Stalled && (verdict == Dismissed || verdict == Expired) {
		defer func() { out.Case.JuryDue = d.Now }() // for [restPayer], which looks at more
	}
	out.Case.Jury, out.Case.JuryDue = jury.NoJury, time.Time{}
	if !sat || d.Jury == nil {
		return
	}
	for _, s := range d.Jury.Seats {
		if s.Ballot != "" {
			out.Effects = append(out.Effects, SendThanks{Case: out.Case.ID, To: Person(s.Juror), Jury: d.Jury.Reason, Appeal: how, Verdict: verdict, Cast: s.Drawn})
		}
	}
}

// leftToAdmins reports whether a jury left to the admins what they decide. There may be none, or an earlier one about something else,
// of which its jurors were told.
func (c Case) leftToAdmins(j *jury.Jury) bool {
	asked := jury.Appeal
	if c.Verdict == Open {
		asked = jury.Reopened
	}
	return c.Appeal == BeforeAdmins && j != nil && j.Reason == asked
}

// dissolveHeavy ends the jury about a penalty that waits no more.
func dissolveHeavy(out *Outcome, d Docket, how AppealState, verdict Verdict) {
	if out.Case.Jury == jury.Heavy {
		dissolve(out, d, how, verdict)
	}
}

func tellAppeal(out *Outcome, topic Topic, by Member) {
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: topic, Case: out.Case.ID, By: by.Named()}})
}

// toAdmins leaves an appeal, or a case that is opened again, to the admins. Nobody is thanked: nothing is decided yet.
func toAdmins(out *Outcome, now time.Time) {
	cs := out.Case
	cs.Appeal, cs.Jury, cs.JuryDue = BeforeAdmins, jury.NoJury, time.Time{}
	if cs.Verdict == Open { // it is no appeal, but opened again
		out.Appeal.Deadline = now.Add(jury.AdminsReopened)
		cs.Deadline = out.Appeal.Deadline // they have their day, though the bot was down for another
		out.Appeal.Ends = cs.Deadline
		tellAppeal(out, TopicAgainAsks, Member{})
	} else {
		out.Appeal.Deadline = now.Add(jury.AdminsAppeal)
		tellAppeal(out, TopicAppealAsks, Member{})
	}
	cs.AppealDue = out.Appeal.Deadline
}
