package moderation

import "time"

// SweepQuestion is what a decision about a sweep wants to know.
type SweepQuestion struct {
	Authors  []int64    // of the messages
	Messages []SweptKey // that may go, or be asked about
	Fresh    int        // so many ids for new cases
}

// SweptKey is what a case is found by.
type SweptKey struct {
	Message int64
	Album   string
}

// SweepView is what is known of the messages of a sweep and their authors.
type SweepView struct {
	Authors map[int64]SweptAuthor
	Cases   map[SweptKey]SweptCase // the latest about a message that was not withdrawn
	Asked   int                    // copies about which the group is asked at present
	IDs     []string               // for new cases
}

// SweptAuthor is what is known of the author of such a message.
type SweptAuthor struct {
	Record   Record
	Presence Presence
	Private  bool // they opened the private chat
	Told     bool // of an earlier copy of the same message that was removed
}

// SweptCase is a case that a message has of its own.
type SweptCase struct {
	ID       string
	Verdict  Verdict
	Reversed Reversal
	Again    bool // it is judged anew, after it was found to be fine
}

// SweepChanges are what a sweep changes beside its case.
type SweepChanges struct {
	Watch     *LaterCopies // of the case
	Unwatched string       // the case of which copies go no longer
	Restored  string       // the case along with which messages went that were fine too
	Copies    []CopyCase   // new
}

// LaterCopies has copies of a removed message looked for among those that still come.
type LaterCopies struct {
	Marks []string
	Ends  time.Time
}

// CopyCase is a case that begins with a sweep, and what is kept with it.
type CopyCase struct {
	Case     Case
	Evidence Evidence
	Messages []int64 // of its album, or the one
}
