package stats

import (
	"cmp"
	"slices"
	"time"
)

// FewerThan is the number below which nothing is told exactly: whoever knows the group could guess
// who is meant. It reads "under 3".
const FewerThan = 3

// Figure is a number as it may be shown.
type Figure struct {
	N      int  `json:"n,omitempty"`   // 0 if there are few
	Few    bool `json:"few,omitempty"` // fewer than [FewerThan], and not told how many, not even if none
	Before *int `json:"before,omitempty"`
}

// show hides a small number. Before is the same of the period before, kept if neither is small: else
// the change would tell the one that is.
func show(n, before int) Figure {
	if n < FewerThan {
		return Figure{Few: true}
	}
	f := Figure{N: n}
	if before >= FewerThan {
		f.Before = &before
	}
	return f
}

// Part is one part of a whole, such as one rule's cases.
type Part struct {
	Of string `json:"of"`
	N  int    `json:"n"`
}

// Digest is what admins are told of a period. Small numbers are not in it, and they cannot be worked
// out from it. Where one could be had by subtracting, something else is left out too.
type Digest struct {
	From           time.Time     `json:"from"`
	To             time.Time     `json:"to"`
	Empty          bool          `json:"empty,omitempty"` // nothing reached [FewerThan]; nobody learns whether there was anything
	Reports        Figure        `json:"reports,omitzero"`
	Votes          *Figure       `json:"votes,omitempty"` // nil if it would tell how few said "is fine"
	Cases          *Figure       `json:"cases,omitempty"` // nil if it would tell a small outcome
	Upheld         Figure        `json:"upheld,omitzero"`
	Dismissed      Figure        `json:"dismissed,omitzero"`
	Expired        Figure        `json:"expired,omitzero"`
	Manual         Figure        `json:"by_hand,omitzero"`
	Appeals        Figure        `json:"appeals,omitzero"`
	Overturned     Figure        `json:"overturned,omitzero"`
	Median         time.Duration `json:"median,omitempty"` // 0 if too few were decided
	Rules          []Part        `json:"rules,omitempty"`  // the most frequent first
	OtherRules     int           `json:"other_rules,omitempty"`
	Penalties      []Part        `json:"penalties,omitempty"`
	OtherPenalties int           `json:"other_deeds,omitempty"`
	Learned        *Figure       `json:"learned,omitempty"` // nil if it would tell how few mutes there were, or it is off
}

// Publish makes of a period's numbers, and of those of the period before, what may be shown.
func Publish(n, before Numbers) Digest {
	d := Digest{From: n.From, To: n.To}
	d.Reports = show(n.Reports, before.Reports)
	d.Upheld, d.Dismissed, d.Expired = show(n.Upheld, before.Upheld), show(n.Dismissed, before.Dismissed), show(n.Expired, before.Expired)
	d.Manual, d.Appeals, d.Overturned = show(n.Manual, 0), show(n.Appeals, 0), show(n.Overturned, 0)
	if n.Votes-n.Reports >= FewerThan && n.Reports >= FewerThan {
		votes := show(n.Votes, 0)
		d.Votes = &votes
	}
	if total := n.Cases(); total >= FewerThan && keepsSecret(total, n.Upheld, n.Dismissed, n.Expired) {
		cases := show(total, 0)
		d.Cases = &cases
	}
	if !d.Upheld.Few || !d.Dismissed.Few { // that it is told says no more of either than they do
		d.Median = n.Median
	}
	d.Rules, d.OtherRules = split(n.Rules)
	d.Penalties, d.OtherPenalties = split(n.Penalties)
	d.Learned = learned(n, d.Penalties)
	if d.Quiet() {
		return Digest{From: n.From, To: n.To, Empty: true}
	}
	return d
}

// Quiet reports whether there is no number to tell. Whether there was nothing, or a little, is not told.
func (d Digest) Quiet() bool {
	for _, f := range []Figure{d.Reports, d.Upheld, d.Dismissed, d.Expired, d.Manual, d.Appeals, d.Overturned} {
		if f.N > 0 {
			return false
		}
	}
	return d.Votes == nil && d.Cases == nil && len(d.Rules) == 0 && len(d.Penalties) == 0
}

// WithoutQuiz is the digest for a group that has no quiz.
func (d Digest) WithoutQuiz() Digest {
	d.Learned = nil
	return d
}

// Mute is the penalty that a quiz can shorten.
const Mute = "mute"

// learned is how many passed a quiz. Each had a mute, so that it says how many of those there were at least: it
// is told only beside their number.
func learned(n Numbers, told []Part) *Figure {
	if !slices.ContainsFunc(told, func(p Part) bool { return p.Of == Mute }) {
		return nil
	}
	f := show(n.Learned, 0)
	return &f
}

// keepsSecret reports whether the sum of parts can be told though those below [FewerThan] are not.
// Whoever subtracts what is shown must still think each of 0, 1 and 2 possible for each hidden part.
func keepsSecret(total int, parts ...int) bool {
	hidden := 0
	for _, p := range parts {
		if p < FewerThan {
			hidden++
		} else {
			total -= p
		}
	}
	most := FewerThan - 1
	return hidden == 0 || total >= most && total <= most*(hidden-1)
}

// split names the parts of a whole that may be told, the largest first. What is small is told only in
// sum, as rest. If that is small too, the smallest of the others is hidden in it, and so on until rest is
// no larger than what is told. Else it could be seen which was hidden, and so what is small.
func split(counts map[string]int) (told []Part, rest int) {
	for of, n := range counts {
		if n >= FewerThan {
			told = append(told, Part{of, n})
		} else {
			rest += n
		}
	}
	slices.SortFunc(told, func(a, b Part) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Of, b.Of)) })
	for rest > 0 && len(told) > 0 && (rest < FewerThan || rest > told[len(told)-1].N) {
		rest += told[len(told)-1].N
		told = told[:len(told)-1]
	}
	if len(told) == 0 {
		return nil, 0 // there is nothing to tell apart
	}
	return told, rest
}

// Round is a number of votes as the log channel and the export give it: to the nearest five, and at
// least five; 0 if there are few.
func Round(votes int) int {
	if votes < FewerThan {
		return 0
	}
	return max(5, (votes+2)/5*5)
}
