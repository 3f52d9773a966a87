package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Practice is a message of the bot's own, which the members of a group may report and vote on to see how that goes. It is no
// case: each ballot counts as one, whoever cast it, and nothing of it is kept when it is over. It is stored as JSON.
type Practice struct {
	Began   time.Time        `json:"began"` // when somebody asked for it; see [Practice.Number]
	Thread  int64            `json:"thread,omitempty"`
	Seed    uint64           `json:"seed,omitempty"` // on which it depends when its card comes and changes; see [CaseMoments]
	Message int64            `json:"message,omitempty"`
	Posted  time.Time        `json:"posted,omitzero"`
	Ballots []PracticeBallot `json:"ballots,omitempty"`
	Seen    bool             `json:"seen,omitempty"` // everybody saw a command that reported it

	Card        int64     `json:"card,omitempty"`
	CardDue     time.Time `json:"card_due,omitzero"` // when the card comes; zero if nobody reported, or once it is there
	Appeared    time.Time `json:"appeared,omitzero"`
	CardVotes   int       `json:"card_votes,omitempty"`
	EditDue     time.Time `json:"edit_due,omitzero"`     // when the card shows another number
	WithdrawDue time.Time `json:"withdraw_due,omitzero"` // when the card goes, since nobody votes any more

	Verdict Verdict         `json:"verdict"`
	Rule    rulebook.RuleID `json:"rule,omitempty"`
	Decided time.Time       `json:"decided,omitzero"`
	Told    bool            `json:"told,omitempty"` // its card says how it ended
	Gone    bool            `json:"gone,omitempty"` // all of it vanished. What is left keeps the next from coming too soon
}

// PracticeBallot is what one person says in a practice.
type PracticeBallot struct {
	Voter    int64           `json:"voter"`
	Language string          `json:"language,omitempty"`
	Side     Side            `json:"side"`
	Rule     rulebook.RuleID `json:"rule,omitempty"`
	Reported bool            `json:"reported,omitempty"`
}

// PracticeEvery is how long a group waits for its next practice.
const PracticeEvery = time.Hour

// The times of a practice. They are short, so that one person alone can try all of it while they wait.
const (
	practicePost  = 2 * time.Minute  // when it is given up, because Telegram does not take its message
	practiceStays = 5 * time.Minute  // if nobody reports it
	practiceDelay = 8 * time.Second  // in which its card comes after a report
	practiceVote  = time.Minute      // from its card until most ballots decide
	practiceTold  = 30 * time.Second // until all of it vanishes after that
)

const (
	// practiceLead is by how many ballots a side must lead to decide it before its time is over, once there is a card.
	practiceLead = 2
	// practiceMost is how many may vote; then it is over. So a large group does not store long lists for a game.
	practiceMost = 20
)

// newPractice is one that begins now.
func newPractice(thread int64, seed uint64, now time.Time) Practice {
	return Practice{Began: now, Thread: thread, Seed: seed, Verdict: Open}
}

// Number tells the practices of a group apart. It is 0 if there is none.
func (p Practice) Number() int64 {
	if p.Began.IsZero() {
		return 0
	}
	return p.Began.Unix()
}

// Live reports whether its message stands in the group and can be reported.
func (p Practice) Live() bool { return p.Message != 0 && !p.Gone && !p.Verdict.Final() }

// Tally is how many voted.
func (p Practice) Tally() Tally {
	var t Tally
	for _, b := range p.Ballots {
		if b.Side == Breaks {
			t.Breaks++
		} else {
			t.Fine++
		}
	}
	return t
}

// PracticeDue is what is to be done about a practice next.
type PracticeDue int

// What may be due.
const (
	PracticeNothing  PracticeDue = iota
	PracticePost                 // post its message
	PracticeAsk                  // show its card
	PracticeEdit                 // show on its card how many voted
	PracticeWithdraw             // take the card away, since there is no ballot any more
	PracticeDecide               // its time is over
	PracticeTell                 // show on its card how it ended
	PracticeEnd                  // take all of it away
	PracticeForget               // forget it
)

// Due says what is to be done next, and when: at once if that is not after now.
func (p Practice) Due(now time.Time) (what PracticeDue, at time.Time) {
	switch {
	case p.Number() == 0:
		return PracticeNothing, time.Time{}
	case p.Gone:
		return PracticeForget, p.Began.Add(PracticeEvery)
	case p.Message == 0 && now.After(p.Began.Add(practicePost)):
		return PracticeEnd, now
	case p.Message == 0:
		return PracticePost, p.Began
	case p.Verdict.Final() && p.Card != 0 && !p.Told:
		return PracticeTell, p.Decided
	case p.Verdict.Final():
		return PracticeEnd, p.Decided.Add(practiceTold)
	case p.Card == 0 && p.CardDue.IsZero():
		return PracticeEnd, p.Posted.Add(practiceStays)
	case p.Card == 0:
		return PracticeAsk, p.CardDue
	}
	return p.dueOfCard(now)
}

// dueOfCard is what is to be done next while its card asks the group. Once its time is over it is decided before its card is changed
// once more, or a group that votes on and on, and whose messages wait, would see no end.
func (p Practice) dueOfCard(now time.Time) (what PracticeDue, at time.Time) {
	what, at = PracticeDecide, p.Appeared.Add(practiceVote)
	if !at.After(now) && len(p.Ballots) > 0 {
		return what, at
	}
	if !p.EditDue.IsZero() && p.EditDue.Before(at) {
		what, at = PracticeEdit, p.EditDue
	}
	if !p.WithdrawDue.IsZero() && (len(p.Ballots) == 0 || p.WithdrawDue.Before(at)) {
		what, at = PracticeWithdraw, p.WithdrawDue
	}
	return what, at
}

// moments are those of its card, as those of a case are.
func (p Practice) moments() CaseMoments {
	return CaseMoments{Seed: p.Seed, CardDelay: practiceDelay}
}

// find is the place of somebody's ballot, -1 if they have none.
func (p Practice) find(voter int64) int {
	return slices.IndexFunc(p.Ballots, func(b PracticeBallot) bool { return b.Voter == voter })
}

// take takes a ballot, new or changed. A report is one; again says that they had reported before.
func (p *Practice) take(b PracticeBallot, now time.Time) (again bool, err error) {
	p.Ballots = slices.Clone(p.Ballots)
	switch i := p.find(b.Voter); {
	case i >= 0:
		was := p.Ballots[i]
		again = b.Reported && was.Reported
		b.Reported = b.Reported || was.Reported
		if b.Rule == "" {
			b.Rule = was.Rule
		}
		p.Ballots[i] = b
	case p.full():
		return false, refuse(RefuseDecided, "") // its card will say so as soon as it appears
	default:
		p.Ballots = append(p.Ballots, b)
	}
	p.recount(now)
	switch t := p.Tally(); {
	case p.Card == 0: // there is to be one, for all to see
	case t.Breaks-t.Fine >= practiceLead:
		p.decide(Upheld, now)
	case t.Fine-t.Breaks >= practiceLead:
		p.decide(Dismissed, now)
	case p.full():
		p.expire(now)
	}
	return again, nil
}

// full reports whether nobody else may vote.
func (p Practice) full() bool { return len(p.Ballots) >= practiceMost }

// takeBack takes somebody's ballot back.
func (p *Practice) takeBack(voter int64, now time.Time) error {
	i := p.find(voter)
	if i < 0 {
		return refuse(RefuseNoBallot, "")
	}
	p.Ballots = slices.Delete(slices.Clone(p.Ballots), i, i+1)
	p.recount(now)
	return nil
}

// recount plans what is seen of a change of the ballots, at moments that depend on none of them.
func (p *Practice) recount(now time.Time) {
	empty := len(p.Ballots) == 0
	switch {
	case p.Card == 0 && empty:
		p.CardDue = time.Time{}
	case p.Card == 0 && p.CardDue.IsZero():
		p.CardDue = p.moments().cardDue(now)
	}
	if p.Card == 0 {
		return
	}
	switch {
	case !empty:
		p.WithdrawDue = time.Time{}
	case p.WithdrawDue.IsZero():
		p.WithdrawDue = p.moments().withdrawnDue(now)
	}
	if p.EditDue.IsZero() && len(p.Ballots) != p.CardVotes {
		p.EditDue = p.moments().editDue(p.Appeared, now)
	}
}

// appear notes the card that the group sees from now on, and how many votes it shows.
func (p *Practice) appear(card int64, votes int, now time.Time) {
	p.Card, p.Appeared, p.CardVotes, p.CardDue = card, now, votes, time.Time{}
	p.recount(now)
	if p.full() {
		p.expire(now)
	}
}

// withdraw takes the card away, and returns it.
func (p *Practice) withdraw() (card int64) {
	card = p.Card
	p.Card, p.CardVotes = 0, 0
	p.Appeared, p.EditDue, p.WithdrawDue = time.Time{}, time.Time{}, time.Time{}
	return card
}

// decide ends the vote.
func (p *Practice) decide(v Verdict, now time.Time) {
	p.Verdict, p.Decided = v, now
	p.Rule = p.namedMost()
}

// expire ends the vote when its time is over, or nobody else may vote: the side with more ballots has it.
func (p *Practice) expire(now time.Time) {
	switch t := p.Tally(); {
	case t.Breaks > t.Fine:
		p.decide(Upheld, now)
	case t.Fine > t.Breaks:
		p.decide(Dismissed, now)
	default:
		p.decide(Expired, now)
	}
}

// namedMost is the rule that most named, [rulebook.Other] if nobody named one.
func (p Practice) namedMost() rulebook.RuleID {
	best, most := rulebook.Other, 0
	count := map[rulebook.RuleID]int{}
	for _, b := range p.Ballots {
		if b.Rule == "" || b.Side != Breaks {
			continue
		}
		if count[b.Rule]++; count[b.Rule] > most {
			best, most = b.Rule, count[b.Rule]
		}
	}
	return best
}

// end is what is left of it when all of it vanishes: that there was one, until the next may come. Gone are its messages.
func (p Practice) end() (left Practice, gone []int64) {
	for _, m := range []int64{p.Message, p.Card} {
		if m != 0 {
			gone = append(gone, m)
		}
	}
	return Practice{Began: p.Began, Verdict: Withdrawn, Gone: true}, gone
}
