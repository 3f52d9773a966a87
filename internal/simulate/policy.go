package simulate

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
