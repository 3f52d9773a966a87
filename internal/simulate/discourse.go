package simulate

import (
	"math"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// discourseFlags is Discourse's scoring of flags, as its source computes it (discourse/discourse,
// app/models/reviewable_score.rb: user_flag_score, calc_user_accuracy_bonus; app/models/reviewable.rb:
// sensitivity_score_value, score_required_to_hide_post). A flag is worth 1, the flagger's trust level, and a
// bonus for accuracy; at a sum of 8.33 the post is hidden, which is what counts as upheld here. There is no
// way to say that a post is fine.
//
// Assumed: a new member has trust level 0, a member of less than [basicFor] level 1, any other level 2. Staff
// looks at all flags, rightly, and what they say is known when our own cases are settled.
type discourseFlags struct {
	members []Member
	agreed  []int
	refused []int
}

// What Discourse comes with: a site's typical score of 12.5, of which the medium sensitivity takes 6 parts
// in 9, cut to two places.
const hideAt = 8.33

// basicFor is how long a member is basic: trust level 2 takes visits on fifteen days.
const basicFor = 15 * day

var discourse = seatPlain(func(g *group) flags {
	n := len(g.script.Members)
	f := &discourseFlags{members: g.script.Members, agreed: make([]int, n), refused: make([]int, n)}
	for i, m := range g.script.Members {
		f.agreed[i] = int(m.Right)
	}
	return f
})

func (f *discourseFlags) enough() float64 { return hideAt }

func (f *discourseFlags) worth(b moderation.Ballot) float64 {
	return max(0, 1+f.trust(b)+accuracyBonus(f.agreed[b.Voter], f.refused[b.Voter]))
}

func (f *discourseFlags) trust(b moderation.Ballot) float64 {
	m := f.members[b.Voter]
	known := b.At.Sub(m.Joined)
	switch {
	case m.Joined.IsZero():
		return 2
	case known < moderation.NewFor || m.Fluent.After(b.At):
		return 0
	case known < basicFor:
		return 1
	default:
		return 2
	}
}

// accuracyBonus is what being right is worth: nothing up to five flags, then up to the logarithm of their
// number. It is above 0 for who is right in more than 70 %, and below it for others.
func accuracyBonus(agreed, refused int) float64 {
	total := float64(agreed + refused)
	if total <= 5 {
		return 0
	}
	const axis = 0.7
	right := float64(agreed) / total
	far := (right - axis) / axis
	if right >= axis {
		far = (right - axis) / (1 - axis)
	}
	return math.Round(far*math.Log(total)/math.Log(4)*5*100) / 100
}

func (f *discourseFlags) learn(breaks bool, ballots []moderation.Ballot) {
	for _, b := range ballots {
		switch {
		case b.Side != moderation.Breaks:
		case breaks:
			f.agreed[b.Voter]++
		default:
			f.refused[b.Voter]++
		}
	}
}
