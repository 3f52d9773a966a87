package rulebook

// Sweep says whether more goes than the one message when a message is removed under a rule, such as its copies.
type Sweep string

// The values. A rule of which no admin said anything has none, as in books of releases that knew no sweep.
const (
	SweepByDefault Sweep = ""
	SweepOn        Sweep = "on"
	SweepOff       Sweep = "off"
)

// Of reports whether it holds for a rule. By default it does for those under which messages come in numbers.
func (s Sweep) Of(id RuleID) bool {
	if s == SweepByDefault {
		return id == Spam || id == Scam
	}
	return s == SweepOn
}

// word is the value that has the same effect on a rule, in words.
func (s Sweep) word(id RuleID) string {
	if s.Of(id) {
		return string(SweepOn)
	}
	return string(SweepOff)
}

// Sweeps reports whether more goes than the one message that is removed under the rule.
func (r Rule) Sweeps() bool { return r.Sweep.Of(r.ID) }
