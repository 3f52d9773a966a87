package moderation

// Reasons say why a case ended as it did: in numbers that a machine can read, and without anything that
// names a voter. It is kept as JSON, sealed; fields may be added.
type Reasons struct {
	Threshold float64 `json:"t,omitempty"` // the score that would have decided
	Quorum    int     `json:"q,omitempty"` // voices that upholding would have taken
	Groups    []Group `json:"g,omitempty"` // who voted, by how they counted
}

// Group is ballots of one side that counted in the same way.
type Group struct {
	Side Side      `json:"s"`
	Kind GroupKind `json:"k"`
	Size int       `json:"n"`
}

// GroupKind is how ballots counted.
type GroupKind string

// The kinds of ballots, from those that count most.
const (
	GroupProven   GroupKind = "proven"   // independent members whose ballots have been right
	GroupMembers  GroupKind = "members"  // other independent members
	GroupNewcomer GroupKind = "newcomer" // discounted: newcomers
	GroupJoined   GroupKind = "joined"   // discounted: they joined together
	GroupTogether GroupKind = "together" // discounted: they always vote together
)

// groupKinds are all kinds in the order in which they are told.
var groupKinds = []GroupKind{GroupProven, GroupMembers, GroupNewcomer, GroupJoined, GroupTogether}

// Discounted reports whether such ballots count less than at face value.
func (k GroupKind) Discounted() bool { return k != GroupProven && k != GroupMembers }

// kind is how a ballot counts, given the crowd that it is of, if any.
func (b Ballot) kind(c *Crowd) GroupKind {
	switch {
	case c != nil && c.Joined:
		return GroupJoined
	case c != nil:
		return GroupTogether
	case b.Weight < b.Face:
		return GroupNewcomer
	case b.Proven && b.Weight > 0:
		return GroupProven
	default:
		return GroupMembers
	}
}

func (s side) groups(of Side) []Group {
	var all []Group
	for _, k := range groupKinds {
		if n := s.kinds[k]; n > 0 {
			all = append(all, Group{of, k, n})
		}
	}
	return all
}

// Told is what the admins are told of the reasons: who stood for the verdict. What is small is not told,
// nor what would let it be worked out, and of those who are discounted only a round number: whoever
// knows which four joined together is not to learn that it was them.
func (r Reasons) Told(v Verdict) (groups []Group, others int) {
	for_ := map[Verdict]Side{Upheld: Breaks, Dismissed: Fine}[v]
	sizes := map[GroupKind]int{}
	for _, g := range r.Groups {
		if g.Side == for_ {
			sizes[g.Kind] += g.Size
		}
	}
	parts, others := split(sizes)
	for _, k := range groupKinds {
		for _, part := range parts {
			if part.Of == k {
				groups = append(groups, Group{for_, k, part.N})
			}
		}
	}
	return groups, others
}
