package moderation

// Daily is what a person may ask for once a day. It is stored.
type Daily string

// What that is.
const (
	DailyKept  Daily = "kept"  // a file with all that is kept of them
	DailyErase Daily = "erase" // that it is deleted
)
