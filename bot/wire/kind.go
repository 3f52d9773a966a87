package wire

import "strings"

// Kind says what an error of Telegram means for us, and so what to do next.
type Kind string

// The kinds of error. The comment says what helps.
const (
	KindOK            Kind = "ok"              // no error
	KindTemporary     Kind = "temporary"       // network, 5xx, no answer: try again; Telegram may have done it
	KindTooMany       Kind = "too_many"        // 429: try again after RetryAfter
	KindNoRights      Kind = "no_rights"       // the bot lacks a right: tell the admins
	KindTargetIsAdmin Kind = "target_is_admin" // admins cannot be acted upon
	KindGone          Kind = "gone"            // the message, press or person is no longer there
	KindUnsupported   Kind = "unsupported"     // this sort of chat does not know the method
	KindNotModified   Kind = "not_modified"    // it is already as we want it
	KindBlocked       Kind = "blocked"         // the person blocked or never started the bot
	KindRemoved       Kind = "removed"         // the bot is not in that chat, or the chat is deleted
	KindMigrated      Kind = "migrated"        // the group has a new id, MigrateTo
	KindUnauthorized  Kind = "unauthorized"    // the token is wrong
	KindConflict      Kind = "conflict"        // another process polls, or a webhook is set
	KindNotEphemeral  Kind = "not_ephemeral"   // it went out to everybody and was deleted
	KindNoTopic       Kind = "no_topic"        // that topic is closed or deleted; others in the chat may be open
	KindInvalid       Kind = "invalid"         // refused for another reason: do not repeat
)

// phrase ties words in a description, in lower case, to their meaning.
type phrase struct {
	words string
	kind  Kind
}

// phrases are tried from top to bottom: the first whose words occur decides.
// Telegram has no finer codes than the HTTP status, so the words must be read.
var phrases = []phrase{
	{"upgraded to a supergroup", KindMigrated},
	{"not modified", KindNotModified},
	{"chat_not_modified", KindNotModified},

	{"is an administrator of the chat", KindTargetIsAdmin},
	{"user_admin_invalid", KindTargetIsAdmin},
	{"chat owner", KindTargetIsAdmin},
	{"chat creator", KindTargetIsAdmin},
	{"user_creator", KindTargetIsAdmin},

	{"is available only for supergroup", KindUnsupported},
	{"is available for supergroup", KindUnsupported},
	{"is available only in supergroup", KindUnsupported},
	{"can be used only in supergroup", KindUnsupported},
	{"no administrators in the private chat", KindUnsupported},

	{"topic_closed", KindNoTopic},
	{"topic_deleted", KindNoTopic},
	{"message thread not found", KindNoTopic},

	{"not enough rights", KindNoRights},
	{"need to be inviter", KindNoRights}, // in basic groups
	{"have no rights", KindNoRights},
	{"administrator rights", KindNoRights},
	{"must be an administrator", KindNoRights},
	{"is not an administrator", KindNoRights},
	{"chat_admin_required", KindNoRights},
	{"right_forbidden", KindNoRights},
	{"chat_write_forbidden", KindNoRights},
	{"chat_restricted", KindNoRights},
	{"_forbidden", KindNoRights},
	{"message can't be deleted", KindNoRights},

	{"blocked by the user", KindBlocked},
	{"can't initiate conversation", KindBlocked},
	{"user is deactivated", KindBlocked},
	{"can't send messages to bots", KindBlocked},
	{"can't send messages to the user", KindBlocked},
	{"user_is_blocked", KindBlocked},
	{"peer_id_invalid", KindBlocked},

	{"kicked", KindRemoved},
	{"bot is not a member", KindRemoved},
	{"bot was removed", KindRemoved},
	{"chat not found", KindRemoved},
	{"chat was deleted", KindRemoved},
	{"deactivated", KindRemoved},
	{"channel_private", KindRemoved},

	{"message to ", KindGone}, // "message to delete not found" and its siblings
	{"message not found", KindGone},
	{"message_id_invalid", KindGone},
	{"message can't be edited", KindGone},
	{"query is too old", KindGone},
	{"query_id_invalid", KindGone},
	{"query id is invalid", KindGone},
	{"user not found", KindGone},
	{"member not found", KindGone},
	{"participant_id_invalid", KindGone},
	{"user_not_participant", KindGone},
	{"user_id_invalid", KindGone},
	{"invalid user_id", KindGone},
}

// kindOf classifies an answer by its code and words. A private chat that cannot be
// found is a person who never started the bot.
func kindOf(code int, description string, private bool) Kind {
	switch {
	case code == 429 || code == 420:
		return KindTooMany
	case code == 404 && strings.Contains(description, "method not found"):
		return KindUnsupported
	case code == 401 || code == 404:
		return KindUnauthorized
	case code == 409:
		return KindConflict
	case code < 400 || code >= 500:
		return KindTemporary
	}
	kind := kindOfWords(strings.ToLower(description))
	switch {
	case kind == KindRemoved && private:
		return KindBlocked
	case kind != "":
		return kind
	case code == 403 && private:
		return KindBlocked
	case code == 403:
		return KindNoRights
	}
	return KindInvalid
}

func kindOfWords(description string) Kind {
	for _, p := range phrases {
		if strings.Contains(description, p.words) {
			return p.kind
		}
	}
	return ""
}
