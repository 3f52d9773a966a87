package moderation

// Topic is what the admins are told. The key in the locale is "admins." and the topic.
type Topic string

// What admins are told.
const (
	TopicRights      Topic = "rights"       // which rights are back or missing; without Rights, to be looked at when it is due
	TopicTargetAdmin Topic = "target_admin" // the author is an admin now, no penalty possible
	TopicTooOld      Topic = "too_old"      // the message can no longer be removed
	TopicFailed      Topic = "failed"       // Telegram refused the penalty for good
	TopicManualKept  Topic = "by_hand"      // what others put on the author by hand is in force, and stays
	TopicBasicMute   Topic = "basic_mute"   // muting is done by removing messages; upgrade the group
	TopicLogLost     Topic = "log_lost"     // the log channel cannot be written to
	TopicLogPublic   Topic = "log_public"   // outsiders could read the log channel, so it is one no more
	TopicLogForeign  Topic = "log_foreign"  // somebody owns the log channel, or may post there, who is no admin

	TopicDecided      Topic = "decided"       // the case ended
	TopicDelivered    Topic = "delivered"     // something that the case brought had to wait, and does no longer
	TopicUndecided    Topic = "undecided"     // the case is open; quietly, and in the log channel alone if its card is in the group
	TopicAgain        Topic = "again"         // a dismissed case is open again; a jury judges
	TopicAgainAsks    Topic = "again_asks"    // likewise, or the jury did not agree: an admin decides
	TopicConfirmed    Topic = "confirmed"     // By brought a penalty that waited to its full measure
	TopicDropped      Topic = "dropped"       // By let it be
	TopicManual       Topic = "hand"          // By punished by hand
	TopicOverturned   Topic = "overturned"    // By reversed the verdict
	TopicPardoned     Topic = "pardoned"      // By forgave the offence
	TopicHarsher      Topic = "harsher"       // By made the penalty harder
	TopicAppealed     Topic = "appealed"      // the author contests the verdict; a jury judges
	TopicAppealAsks   Topic = "appeal_asks"   // the author contests the verdict, or the jury did not agree: an admin judges
	TopicAppealStands Topic = "appeal_stands" // the verdict stands: the jury says so, or By
	TopicAppealLapsed Topic = "appeal_lapsed" // and this because no admin decided
	TopicJury         Topic = "jury"          // the jury overturned the verdict
	TopicFreed        Topic = "freed"         // By ended a mute or ban
	TopicPurged       Topic = "purged"        // By removed messages
	TopicSetting      Topic = "setting"       // By changed a setting
	TopicRule         Topic = "rule"          // By changed the rule book
	TopicCorrected    Topic = "corrected"     // By put the case under another rule
	TopicDigest       Topic = "digest"        // the digest of a period
	TopicComplaints   Topic = "complaints"    // how often admins were reported; for the owner alone
	TopicSeveral      Topic = "several"       // what happened in a while
)

// once are the topics of which only the latest is worth telling: they say how things stand. All
// others say what somebody did, and nothing of that may be lost.
var once = map[Topic]bool{
	TopicRights: true, TopicTargetAdmin: true, TopicTooOld: true, TopicFailed: true, TopicDelivered: true,
	TopicBasicMute: true, TopicLogLost: true, TopicLogPublic: true, TopicLogForeign: true, TopicDecided: true, TopicUndecided: true,
	TopicAgain: true, TopicAgainAsks: true,
	TopicAppealed: true, TopicAppealAsks: true, TopicAppealStands: true, TopicAppealLapsed: true, TopicJury: true,
}
