package simulate

import "github.com/ostrakon-bot/ostrakon/moderation"

// Policy is a way to decide cases.
type Policy struct {
	Name string

	seat func(g *group) bench
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
		fullPolicy,
	}
}

var fullPolicy = Policy{fullName, fullEngine}

// rules is the rule book of every simulated group.
var rules = moderation.DefaultBook()
