package rulebook

// Problem says why a rule book cannot be amended so.
type Problem string

// The problems.
const (
	NoRule       Problem = "no_rule"       // none that holds, or it holds already
	OtherStays   Problem = "rule_other"    // [Other] cannot be removed: cases without a category fall under it
	BadName      Problem = "rule_name"     // too long, or no word
	NameTaken    Problem = "rule_taken"    // another rule is called so
	BadWhy       Problem = "rule_why"      // too long, or no sentence
	BadExample   Problem = "rule_example"  // too long, or no message
	BadSeverity  Problem = "rule_severity" // not 1, 2 or 3
	BadSweep     Problem = "rule_sweep"    // neither on nor off
	NoPlace      Problem = "rule_place"    // no such place in the book
	BookFull     Problem = "book_full"     // [MaxRules] hold
	ExamplesFull Problem = "examples_full" // it has [MaxExamples] of that sort
	UnknownKind  Problem = "unknown"       // no such kind of amendment
)

// Error implements error.
func (p Problem) Error() string { return "the rule book cannot be amended so: " + string(p) }
