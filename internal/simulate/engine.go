package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// engine is the real one, with a memory that is not a database.
type engine struct {
	policy moderation.Policy
	bare   bool // without ties and brigades: weights only
	tracks []moderation.Track
	alike  []moderation.Trace // by pair, see index
	cases  moderation.Trace

	ballots []moderation.Ballot
	ties    moderation.Ties
}

func fullEngine(s *Script, p moderation.Policy) bench {
	n := len(s.Members)
	return &engine{
		policy: p, tracks: make([]moderation.Track, n), alike: make([]moderation.Trace, n*(n-1)/2),
		ties: moderation.Ties{Tracks: map[int64]moderation.Track{}, Alike: map[moderation.Pair]moderation.Trace{}},
	}
}

// weightsOnly is the engine without what it knows of crowds: credibility and the discount on newcomers.
func weightsOnly(s *Script, p moderation.Policy) bench {
	n := len(s.Members)
	return &engine{
		policy: p, tracks: make([]moderation.Track, n), bare: true,
		ties: moderation.Ties{Tracks: map[int64]moderation.Track{}},
	}
}

// index is where a pair's trace is.
func index(p moderation.Pair) int { return int(p.B*(p.B-1)/2 + p.A) }

func (e *engine) track(voter int) moderation.Track { return e.tracks[voter] }

func (e *engine) open(at time.Time) { e.reset(moderation.DayOf(at)) }

func (e *engine) reset(day int64) {
	e.ballots = nil
	clear(e.ties.Tracks)
	clear(e.ties.Alike)
	e.ties.Day, e.ties.Cases = day, e.cases
}

func (e *engine) cast(b moderation.Ballot) moderation.Judgement {
	e.meet(b)
	if e.bare {
		b.Joined, b.Face = time.Time{}, b.Weight
	}
	e.ballots = append(e.ballots, b)
	return moderation.Judge(e.ballots, e.ties, e.policy)
}

// meet adds what is known of a voter and of how they hang together with those before.
func (e *engine) meet(b moderation.Ballot) {
	e.ties.Tracks[b.Voter] = e.tracks[b.Voter]
	if e.bare {
		return
	}
	for _, o := range e.ballots {
		p := moderation.PairOf(b.Voter, o.Voter)
		if t := e.alike[index(p)]; t.Sum > 0 {
			e.ties.Alike[p] = t
		}
	}
}

func (e *engine) settle(cs moderation.Case, _ bool, ballots []moderation.Ballot, day int64) {
	e.reset(day)
	for _, b := range ballots {
		e.meet(b)
		if e.bare {
			b.Joined, b.Face = time.Time{}, b.Weight
		}
		e.ballots = append(e.ballots, b)
	}
	closing := moderation.Closing{Chat: moderation.Chat{Policy: e.policy}, Case: cs, Ballots: e.ballots, Ties: e.ties}
	s := closing.Settle(day)
	e.cases = s.Cases
	for voter, t := range s.Tracks {
		e.tracks[voter] = t
	}
	if e.bare {
		return
	}
	for p, t := range s.Alike {
		e.alike[index(p)] = t
	}
}
