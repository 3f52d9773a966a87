package moderation

// Reversal says what became of an upheld case afterwards.
type Reversal string

// The reversals. Both take the steps back and end the penalty.
const (
	Overturned Reversal = "overturned" // the verdict was wrong
	Pardoned   Reversal = "pardoned"   // it was right, and is forgiven
)
