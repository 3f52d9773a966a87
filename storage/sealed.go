package storage

import (
	"bytes"
	"encoding/json"
)

// Purposes of what is sealed; see [seal.Key.Seal].
const (
	sealAuthor   = "author"
	sealCaseKey  = "case key"
	sealBallot   = "ballot" // under the case's own key
	sealMessage  = "sighting"
	sealOutbox   = "outbox"
	sealEvidence = "evidence"
	sealMedium   = "medium"
	sealReasons  = "reasons" // of earlier cases
	sealHandle   = "handle"
	sealActive   = "active"
	sealJudges   = "judges"
	sealAsked    = "asked"
	sealAppeal   = "appeal" // under the case's own key
	sealLedger   = "ledger key"
	sealOpening  = "opening"
	sealBook     = "rule book"
	sealQuiz     = "quiz"
	sealBrought  = "brought"
	sealEntry    = "log entry"
	sealInbox    = "inbox"
	sealSpent    = "spent"
	sealShown    = "shown"
	sealWiped    = "wiped"
	sealPractice = "practice"
	sealJuror    = "juror"
)

// The purposes of tags that name people; see [seal.Key.Tag].
const (
	tagMember  = "member"  // chat, user: what the group saw of them
	tagBucket  = "bucket"  // chat, user: how many reports they made
	tagPrivate = "private" // user
	tagOffence = "offence" // chat, author
	tagAlbum   = "album"   // chat, album
	tagVoter   = "voter"   // user, under the case's own key
	tagAdmin   = "admin"   // user
	tagHandle  = "handle"  // chat, username
	tagAgainst = "against" // chat, message, reporter
	tagTrack   = "track"   // chat, user: how often their ballots were right
	tagAlike   = "alike"   // chat, and two users
	tagQuiz    = "quiz"    // chat, user
	tagTurn    = "turn"    // chat, user: how their standing changed
	tagActive  = "active"  // chat, user: that they wrote
	tagBrought = "brought" // chat, reporter, author: that the one's reports brought cards
	tagPutOn   = "put_on"  // chat, user: what the bot put on them
	tagAsked   = "asked"   // user: what they were asked
	tagJuror   = "juror"   // chat, user: how often they were asked to be a juror
	tagSecret  = "secret"  // 0, what it is for
	tagSubject = "subject" // user: what is about them
	tagInbox   = "inbox"   // chat, or user in private: whose updates wait

	tagMoments = "moments" // nothing, under the case's own key: its seed

	tagAllowance = "allowance" // user: how much was kept today for what they reported

	tagDaily     = "daily"      // user, what they ask for once a day
	tagSlot      = "slot"       // user, a part of their groups
	tagInGroup   = "in group"   // chat, user: that something is kept of them there
	tagGroupMask = "group mask" // user, and that tag: what hides the group
	tagShown     = "shown"      // user, a part of what they were shown
	tagWiped     = "wiped"      // user

	tagGroupName   = "group name"   // 0, the public name of a group
	tagChannelName = "channel name" // 0, that of the channel whose posts are a group's own
	tagChannel     = "channel"      // 0, the number of that channel
	tagCopy        = "copy"         // chat, what all copies of a removed message have in common
	tagOriginal    = "original"     // when a message was sent that somebody forwarded
)

// marshalPadded writes v as JSON with blanks behind, so that its length is a multiple of step.
func marshalPadded(step int, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return append(plain, padding(step, len(plain))...), nil
}

// padding is what brings JSON of so many bytes to a multiple of step.
func padding(step, size int) []byte { return bytes.Repeat([]byte(" "), (step-size%step)%step) }

// The steps in which the lengths of some sealed things grow. They are so wide that a length says
// neither how long somebody's number is, nor what they speak, nor which side they took.
const (
	ballotSize = 600
	effectSize = 500
	judgesSize = 120
	shownSize  = 100
	bookSize   = 1000
	jurorSize  = 400
	quizSize   = 3000 // three examples of the greatest length, whatever they are written in

	practiceSize = 4000 // all ballots that there can be
)
