package simulate

import (
	"math"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Result is what one policy made of one row of a scenario.
type Result struct {
	Scenario string
	Row      string
	Share    float64
	Policy   string

	Wrongful Rate // innocent messages that were upheld, of those reported
	Punished Rate // their authors who got any penalty
	Muted    Rate // a mute
	Banned   Rate // a ban
	Caught   Rate // real violations that were upheld
	OfCount  Rate // the same, of those that a count of three upholds
	Sooner   Rate // of those, and decided by votes: with no more votes than it takes the count
	ByAdmin  Rate // cases that admins decided
	Reopened Rate // real violations that were dismissed, and reported again
	Heavy    Rate // innocent messages of established members that brought more than a mute of an hour
	Cost     Rate // cases with ballots of attackers in which these took a voice or weight from a side
	Named    Rate // upheld cases in which one attacker's category made the penalty a day or more
	Alone    Rate // the same, and nobody else named that category
	Guessed  Rate // ballots that an admin guessed rightly

	Tried  Rate // innocent messages of established members for which more waited for a jury or an admin
	Hurt   Rate // established innocents who got more than a mute of an hour at least once
	Held   Rate // messages of theirs that brought a mute which lasted for more than an hour, until a jury spoke
	Fits   Rate // upheld messages of established members for which the ladder says more than that, and that brought it
	Mild   Rate // of the same, those that brought a mute of an hour or more
	Judged Rate // appeals that a jury decided
	Erred  Rate // of these, wrongly

	Cards, Days int // public questions under innocent messages, and the days on which they were counted

	Asked   []int     // how often each member was asked in a week to be a juror
	Votes   []int     // cast until a real violation was upheld by votes
	Minutes []float64 // since the first of them
	Known   float64   // final ballots on record of who voted, summed over cases
}

// MedianVotes is the median of votes until a real violation was upheld, NaN if none was.
func (r *Result) MedianVotes() float64 { return median(r.Votes) }

// MedianMinutes is the median of minutes likewise.
func (r *Result) MedianMinutes() float64 { return median(r.Minutes) }

// MeanKnown is how many ballots on record those who voted had.
func (r *Result) MeanKnown() float64 { return r.Known / float64(max(1, r.ByAdmin.Of)) }

// AskedAWeek is how often a member is asked in a week to be a juror: at the median, and what one in twenty exceeds.
func (r *Result) AskedAWeek() (half, most float64) { return median(r.Asked), quantile(r.Asked, 0.95) }

// CardsADay is how many public questions there were a day, NaN if that was not counted.
func (r *Result) CardsADay() float64 {
	if r.Days == 0 {
		return math.NaN()
	}
	return float64(r.Cards) / float64(r.Days)
}

// median is the lower of the two in the middle.
func median[T int | float64](of []T) float64 { return quantile(of, 0.5) }

// quantile is what so large a part does not exceed.
func quantile[T int | float64](of []T, part float64) float64 {
	if len(of) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(of))
	return float64(sorted[max(0, int(math.Ceil(part*float64(len(sorted))))-1)])
}

// tally counts what a policy made of a script. Plain is what a count of three made of it.
func tally(s *Script, out, plain []Outcome, into []Result) {
	worst, hurt := make([]map[int]ladder.Penalty, len(into)), make([]map[int]bool, len(into))
	for i, o := range out {
		m := s.Messages[i]
		if m.Row < 0 || o.Verdict == "" {
			continue
		}
		r := &into[m.Row]
		r.ByAdmin.count(o.ByAdmin)
		r.Known += o.Known
		if o.Attacked {
			r.Cost.count(o.Cost)
		}
		r.appealed(m, o)
		if m.Breaks {
			var p Outcome
			if plain != nil {
				p = plain[i]
			}
			r.caught(o, p)
			continue
		}
		r.Wrongful.count(o.Verdict == moderation.Upheld)
		r.Cards += o.Cards
		if worst[m.Row] == nil {
			worst[m.Row], hurt[m.Row] = map[int]ladder.Penalty{}, map[int]bool{}
		}
		if o.Established {
			r.Heavy.count(heavy(o.Penalty))
			r.Held.count(o.Held)
			r.Tried.count(heavy(o.Full))
			hurt[m.Row][m.Author] = hurt[m.Row][m.Author] || heavy(o.Penalty)
		}
		worst[m.Row][m.Author] = harder(worst[m.Row][m.Author], o.Penalty.Kind)
	}
	for row := range worst {
		for _, penalty := range worst[row] {
			into[row].Punished.count(penalty != "")
			into[row].Muted.count(penalty == ladder.Mute || penalty == ladder.Ban)
			into[row].Banned.count(penalty == ladder.Ban)
		}
		for _, once := range hurt[row] {
			into[row].Hurt.count(once)
		}
	}
}

// appealed counts what a jury said of an appeal.
func (r *Result) appealed(m Message, o Outcome) {
	if m.Appealed && o.Verdict == moderation.Upheld {
		r.Judged.count(o.Ruled)
	}
	if o.Ruled {
		r.Erred.count(o.Overruled == m.Breaks)
	}
}

// fits counts whether an established member got what the ladder says.
func (r *Result) fits(o Outcome) {
	full := o.Full
	if full.Kind == "" {
		full = o.Penalty // nothing had to wait
	}
	if o.Verdict != moderation.Upheld || !o.Established || !heavy(full) {
		return
	}
	r.Fits.count(!o.Reversed && !full.HarderThan(o.Penalty))
	r.Mild.count(!o.Reversed)
}

func (r *Result) caught(o, plain Outcome) {
	upheld := o.Verdict == moderation.Upheld
	r.Caught.count(upheld)
	r.Reopened.count(o.Reopened)
	r.fits(o)
	if upheld && o.Attacked {
		r.Named.count(o.Named)
		r.Alone.count(o.Alone)
	}
	byVotes := upheld && !o.ByAdmin
	if byVotes {
		r.Votes = append(r.Votes, o.Votes)
		r.Minutes = append(r.Minutes, o.After.Minutes())
	}
	if plain.Verdict == moderation.Upheld && !plain.ByAdmin {
		r.OfCount.count(upheld)
		if byVotes {
			r.Sooner.count(o.Votes <= plain.Votes)
		}
	}
}

// harder is the harder of two penalties; none is the mildest.
func harder(a, b ladder.Penalty) ladder.Penalty {
	order := []ladder.Penalty{"", ladder.Warn, ladder.Mute, ladder.Kick, ladder.Ban}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

// add adds what was found in another group.
func (r *Result) add(o Result) {
	for _, pair := range []struct{ into, from *Rate }{
		{&r.Wrongful, &o.Wrongful}, {&r.Punished, &o.Punished}, {&r.Muted, &o.Muted}, {&r.Banned, &o.Banned},
		{&r.Caught, &o.Caught}, {&r.OfCount, &o.OfCount}, {&r.Sooner, &o.Sooner},
		{&r.ByAdmin, &o.ByAdmin}, {&r.Reopened, &o.Reopened}, {&r.Heavy, &o.Heavy},
		{&r.Cost, &o.Cost}, {&r.Named, &o.Named}, {&r.Alone, &o.Alone}, {&r.Guessed, &o.Guessed},
		{&r.Hurt, &o.Hurt}, {&r.Held, &o.Held}, {&r.Tried, &o.Tried}, {&r.Fits, &o.Fits}, {&r.Mild, &o.Mild}, {&r.Judged, &o.Judged}, {&r.Erred, &o.Erred},
	} {
		pair.into.add(*pair.from)
	}
	r.Asked = append(r.Asked, o.Asked...)
	r.Votes = append(r.Votes, o.Votes...)
	r.Minutes = append(r.Minutes, o.Minutes...)
	r.Known += o.Known
	r.Cards += o.Cards
	r.Days += o.Days
}
