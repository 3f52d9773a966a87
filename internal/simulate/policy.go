package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Policy is a way to decide cases.
type Policy struct {
	Name string

	seat func(s *Script, p moderation.Policy) bench
}

// fullName names the whole engine.
const fullName = "full engine"

// Policies are all that are compared, in the order of the tables.
func Policies() []Policy {
	return []Policy{
		{"count of 3", count(3)},
		{"count of 5", count(5)},
		{"Discourse", discourse},
		{"weights only", weightsOnly},
		{fullName, fullEngine},
	}
}

// rules is the rule book of every simulated group.
var rules = moderation.DefaultBook()

// bench decides the cases of one group, one after the other.
type bench interface {
	// track is what is known of a voter.
	track(voter int) moderation.Track
	// open begins a case.
	open(at time.Time)
	// cast adds a ballot to the case, and says what the ballots come to.
	cast(b moderation.Ballot) moderation.Judgement
	// settle is what a case teaches when it is final for good.
	settle(cs moderation.Case, breaks bool, ballots []moderation.Ballot, day int64)
}
