package moderation

// Verdict is how a case stands.
type Verdict string

// The verdicts. A case begins Open and leaves that state once.
const (
	Open      Verdict = "open"
	Upheld    Verdict = "upheld"    // the message breaks the rules
	Dismissed Verdict = "dismissed" // it does not
	Expired   Verdict = "expired"   // neither side was convincing in time; nothing happens to anyone
	Withdrawn Verdict = "withdrawn" // the only ballot was taken back; as if it had never been
)

// Final reports whether v is an end.
func (v Verdict) Final() bool { return v != Open }

// Tally is how many voted.
type Tally struct {
	Breaks int // distinct voters who say it breaks the rules
	Fine   int // distinct voters who say it is fine
}

// Count counts ballots, one per voter. One that weighs nothing is counted too, or its voter would see that
// it does.
func Count(ballots []Ballot) Tally {
	var t Tally
	for _, b := range ballots {
		switch b.Side {
		case Breaks:
			t.Breaks++
		case Fine:
			t.Fine++
		}
	}
	return t
}

// Votes is how many voted, on either side. It is all that the vote card shows.
func (t Tally) Votes() int { return t.Breaks + t.Fine }

// Reversal says what became of an upheld case afterwards.
type Reversal string

// The reversals. Both take the steps back and end the penalty.
const (
	Overturned Reversal = "overturned" // the verdict was wrong
	Pardoned   Reversal = "pardoned"   // it was right, and is forgiven
)

// AppealState says how the appeal against a case stands.
type AppealState string

// The states. An appeal begins before a jury or before the admins, and ends once.
const (
	NoAppeal      AppealState = ""
	BeforeJury    AppealState = "jury"
	BeforeAdmins  AppealState = "admins"
	AppealStands  AppealState = "stands"  // it was judged, and the verdict stands
	AppealGranted AppealState = "granted" // the verdict was overturned, or pardoned meanwhile
	AppealLapsed  AppealState = "lapsed"  // no admin decided in time, so the verdict stands
)

// Open reports whether it is still to be judged.
func (s AppealState) Open() bool { return s == BeforeJury || s == BeforeAdmins }
