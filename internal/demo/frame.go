package demo

import "time"

// Frame is what one step changed on everybody's screen.
type Frame struct {
	At      time.Time
	Tell    string
	Screens []Screen // in the order of the cast
}

// Screen is what is new for one person.
type Screen struct {
	Name, Role string
	Lines      []Line
}

// Kind is what a line on a screen is.
type Kind string

// The kinds of lines.
const (
	Said    Kind = "said"    // a message
	Edited  Kind = "edited"  // a message that changed
	Gone    Kind = "gone"    // a message that is there no more
	Toast   Kind = "toast"   // the answer to a tapped button
	Status  Kind = "status"  // what Telegram lets them do now
	Refused Kind = "refused" // what they tried to write and could not
	Logged  Kind = "logged"  // an entry of the recent actions
)

// Line is one new thing on a screen.
type Line struct {
	Kind    Kind
	From    string
	Text    string
	Before  string     // of what was edited, the text it had
	Reply   string     // the text of the message replied to
	Buttons [][]string // row by row; of what was edited, only if they changed
	Private bool       // nobody else sees it
}

// Changed reports whether anything is new for anybody.
func (f Frame) Changed() bool {
	for _, s := range f.Screens {
		if len(s.Lines) > 0 {
			return true
		}
	}
	return false
}
