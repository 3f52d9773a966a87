package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// A vote that stalls comes to the members: those who are drawn are asked what the card asks, and their answers are ballots of the
// case. So an honest report is decided in a group in which few look, and a newcomer's report is heard without a card.

// summonAt has the clock look whether a case got no decision, some time after its clock started.
func (c *Case) summonAt(started time.Time, after time.Duration) {
	if c.Jury != jury.NoJury || c.Reopens != "" {
		return
	}
	c.JuryDue = time.Time{}
	if after > 0 {
		c.JuryDue = started.Add(after)
	}
}

// seekHelp draws a jury for a vote that stalled, if somebody's reports may bring one now; else it waits.
func seekHelp(out *Outcome, d Docket, now time.Time) error {
	cs := out.Case
	switch {
	case d.Chat.PausedAt(now):
		cs.JuryDue = d.Chat.Paused
		return nil
	case len(raised(d.Ballots)) == 0: // nobody said that there is something to decide
		cs.JuryDue = nextPeriod(now)
		return nil
	}
	j := jury.New(jury.Stalled, d.Jury, now)
	got, err := d.drawRound(jury.Stalled, j.Left())
	if err != nil {
		return err
	}
	if got.few {
		cs.JuryDue = now.Add(time.Hour) // until then there may be more
		return nil
	}
	if got.drained || len(got.jurors) == 0 {
		cs.JuryDue = nextPeriod(now)
		return nil
	}
	if j.Payer, err = charge(out, d, now); err != nil || j.Payer == 0 {
		cs.JuryDue = nextPeriod(now)
		return err
	}
	cs.Jury, out.Jury = jury.Stalled, j
	out.summon(j, got.jurors, now)
	cs.JuryDue = j.Due()
	return nil
}

// raised are the ballots of who said that the message breaks the rules, also of a reporter who says otherwise by now: else who changes
// their vote could tell by whether there is a jury what others say.
func raised(ballots []Ballot) []Ballot {
	var all []Ballot
	for _, b := range ballots {
		if b.Side == Breaks || b.Reported {
			all = append(all, b)
		}
	}
	return all
}

// Raised are the voters whose [JuryRecord] a decision about a jury of the case looks at.
func (d Docket) Raised() []int64 {
	var all []int64
	for _, b := range raised(d.Ballots) {
		all = append(all, b.Voter)
	}
	return all
}

// charge notes whose report brings the jury: that of a voice who brought the fewest today. If none of them may, that of a new member
// does, if one may. It returns who that is, 0 if nobody's may. So one account, or a crowd of new ones, cannot use up the patience of a group.
func charge(out *Outcome, d Docket, now time.Time) (int64, error) {
	pool, err := d.Pool.Read()
	if err != nil {
		return 0, err
	}
	var voices, others []Ballot
	for _, b := range raised(d.Ballots) {
		if b.New || b.Weight == 0 { // it is no voice
			others = append(others, b)
		} else {
			voices = append(voices, b)
		}
	}
	if out.Case.Jury == jury.NoJury {
		voices = reporters(voices, d.Chat.Policy.Summon, now)
	}
	if payer := pool.payer(voices, now); payer != 0 {
		out.remember(payer, pool.Records[payer].cause(now))
		return payer, nil
	}
	if out.Case.Jury != jury.NoJury { // of what voices upheld or opened again they alone bring one
		return 0, nil
	}
	if payer := pool.payer(others, now); chargeNew(out, d, pool, payer, now) {
		return payer, nil
	}
	return 0, nil
}

// payer is whose report may bring a jury of some who say that the message breaks the rules: who brought the fewest today; 0 if nobody's may.
func (p Pool) payer(ballots []Ballot, now time.Time) int64 {
	payer, least := int64(0), 0
	for _, b := range ballots {
		n := p.Records[b.Voter].caused(now)
		fewest := payer == 0 || n < least || n == least && b.Voter < payer
		if fewest && p.Records[b.Voter].mayCause(p.Ties.Records[b.Voter], now) {
			payer, least = b.Voter, n
		}
	}
	return payer
}

// reporters are those among some ballots at whose expense a jury about a stalled vote is drawn. At first that is only who reported the
// message first: who comes by and votes does not pay for what others report. Later it is any who reported it, and then any who say
// that it breaks the rules: else an account that may bring no jury could keep a message from one by being the first.
func reporters(ballots []Ballot, summon time.Duration, now time.Time) []Ballot {
	var reported []Ballot
	for _, b := range ballots {
		if b.Reported {
			reported = append(reported, b)
		}
	}
	if len(reported) == 0 {
		return ballots
	}
	first := slices.MinFunc(reported, func(a, b Ballot) int { return a.At.Compare(b.At) })
	switch waited := now.Sub(first.At); {
	case waited < 2*summon:
		return []Ballot{first}
	case waited < 4*summon:
		return reported
	default:
		return ballots
	}
}

// chargeNew notes that reports of new members alone bring a jury, if they may now. It is brought by one of them, who may bring no more
// than others: else a single new account could bring one every hour.
func chargeNew(out *Outcome, d Docket, pool Pool, payer int64, now time.Time) bool {
	author := d.Case.Author.ID
	r := pool.Records[author]
	if payer == 0 || now.Sub(d.Chat.NewCaused) < NewCausedEvery || now.Sub(r.Accused) < NewCausedAbout {
		return false
	}
	r.Accused = now
	out.remember(author, r)
	out.remember(payer, pool.Records[payer].cause(now))
	chat := d.Chat
	chat.NewCaused = now
	out.Chat = &chat
	return true
}

// restPayer has the reports of somebody bring no jury for a while, since the one that they brought did not find what they said.
func restPayer(out *Outcome, d Docket, now time.Time) error {
	pool, err := d.Pool.Read()
	if err != nil || d.Jury == nil || d.Jury.Payer == 0 || d.Case.Verdict == Upheld {
		return err
	}
	r := pool.Records[d.Jury.Payer]
	r.Rests = now.Add(RestsFor)
	out.remember(d.Jury.Payer, r)
	return nil
}
