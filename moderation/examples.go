package moderation

import "slices"

// Examples are messages that break a rule, and some that do not.
type Examples struct {
	Breaks, Fine []string
}

// of are those of one sort.
func (e Examples) of(breaks bool) []string {
	if breaks {
		return e.Breaks
	}
	return e.Fine
}

// Enough reports whether a quiz can be made of them: of one sort alone the answers would be known.
func (e Examples) Enough() bool {
	return len(e.Breaks) > 0 && len(e.Fine) > 0 && len(e.Breaks)+len(e.Fine) >= Questions
}

// Dice is chance, as a value: numbers that nobody could foresee. See [Key].
type Dice [6]uint64

// roll is the i-th number, brought below n. So few sides leave no trace of a bias.
func (d Dice) roll(i, n int) int { return int(d[i] % uint64(n)) }

// draw makes a quiz: one example of each sort and a third, in any order; and a number by which its buttons
// are known.
func (e Examples) draw(d Dice) (sheet int64, asked []Question) {
	var pool []Question
	take := func(i int) {
		asked = append(asked, pool[i])
		pool = slices.Delete(pool, i, i+1)
	}
	breaks, fine := len(e.Breaks), len(e.Fine)
	for _, text := range e.Breaks {
		pool = append(pool, Question{Example: text, Breaks: true})
	}
	for _, text := range e.Fine {
		pool = append(pool, Question{Example: text})
	}
	take(d.roll(0, breaks))
	take(breaks - 1 + d.roll(1, fine)) // one that breaks the rule is gone
	take(d.roll(2, len(pool)))
	for i := len(asked) - 1; i > 0; i-- {
		j := d.roll(2+i, i+1)
		asked[i], asked[j] = asked[j], asked[i]
	}
	return int64(d[5]>>16) + 1, asked
}

// Questions is how many there are in a quiz.
const Questions = 3

// Question shows an example of the rule and asks whether it breaks the rule.
type Question struct {
	Example string `json:"example"`
	Breaks  bool   `json:"breaks,omitempty"`
	Answer  Side   `json:"answer,omitempty"` // empty until there is one
}

// Right reports whether the answer is.
func (q Question) Right() bool { return q.Answer == q.side() }

func (q Question) side() Side {
	if q.Breaks {
		return Breaks
	}
	return Fine
}
