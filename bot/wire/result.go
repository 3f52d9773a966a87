package wire

import (
	"encoding/json"
	"fmt"
)

// Result is what Telegram answered to a call that succeeded.
type Result struct {
	Raw json.RawMessage
}

// Sent names a message of ours: an ordinary one by MessageID, an ephemeral one
// by EphemeralID (its MessageID is 0).
type Sent struct {
	MessageID   int64
	EphemeralID int64
}

// Sent reads the answer to a sending or editing call. Some edits are answered with a plain
// "true", which gives zeros.
func (r Result) Sent() (Sent, error) {
	if string(r.Raw) == "true" {
		return Sent{}, nil
	}
	return answer(r, func(in *reader) (s Sent) {
		in.object(func(key []byte) {
			switch string(key) {
			case "message_id":
				s.MessageID = in.whole()
			case "ephemeral_message_id":
				s.EphemeralID = in.whole()
			default:
				in.skip()
			}
		})
		return s
	})
}

// Member reads the answer to [GetChatMember].
func (r Result) Member() (Member, error) { return answer(r, (*reader).member) }

// Members reads the answer to [GetChatAdministrators].
func (r Result) Members() ([]Member, error) {
	return answer(r, func(in *reader) []Member { return list(in, (*reader).member) })
}

// WebhookInfo is where Telegram sends updates, and how that goes.
type WebhookInfo struct {
	URL     string   // empty = no webhook
	Waiting int64    // updates that Telegram has not delivered yet
	Failed  int64    // when a call failed last, unix seconds; 0 = never
	Why     string   // the last error in Telegram's words
	Allowed []string // kinds of update that are sent; empty = the usual ones
}

// Webhook reads the answer to [GetWebhookInfo].
func (r Result) Webhook() (WebhookInfo, error) {
	return answer(r, func(in *reader) (w WebhookInfo) {
		in.object(func(key []byte) {
			switch string(key) {
			case "url":
				w.URL = in.text()
			case "pending_update_count":
				w.Waiting = in.whole()
			case "last_error_date":
				w.Failed = in.whole()
			case "last_error_message":
				w.Why = Scrub(in.text())
			case "allowed_updates":
				w.Allowed = list(in, (*reader).text)
			default:
				in.skip()
			}
		})
		return w
	})
}

// Number reads the answer to [GetChatMemberCount].
func (r Result) Number() (int64, error) { return answer(r, (*reader).whole) }

// Chat reads the answer to [GetChat].
func (r Result) Chat() (Chat, error) { return answer(r, (*reader).chat) }

// File reads the answer to [GetFile]: the path for Client.Download of package bot, and the size in bytes, 0 if unknown.
func (r Result) File() (path string, size int64, err error) {
	path, err = answer(r, func(in *reader) (path string) {
		in.object(func(key []byte) {
			switch string(key) {
			case "file_path":
				path = in.text()
			case "file_size":
				size = in.whole()
			default:
				in.skip()
			}
		})
		return path
	})
	return path, size, err
}

// Updates reads the answer to [GetUpdates]; each update is still to be decoded.
func (r Result) Updates() ([]json.RawMessage, error) {
	return answer(r, func(in *reader) []json.RawMessage {
		return list(in, func(in *reader) json.RawMessage { return in.raw() })
	})
}

// Link reads the answer to [InviteLink].
func (r Result) Link() (string, error) {
	return answer(r, func(in *reader) (link string) {
		in.object(func(key []byte) {
			if string(key) == "invite_link" {
				link = in.text()
			} else {
				in.skip()
			}
		})
		return link
	})
}

// answer reads the whole result as one value.
func answer[T any](r Result, read func(*reader) T) (T, error) {
	in := newReader(r.Raw)
	value := read(in)
	in.end()
	if in.bad != nil {
		return value, fmt.Errorf("telegram's answer: %w", in.bad)
	}
	return value, nil
}

// SplitAnswer finds the result in an answer that says ok.
func SplitAnswer(body []byte) (result json.RawMessage, ok bool) {
	r := newReader(body)
	r.object(func(key []byte) {
		switch string(key) {
		case "ok":
			ok = r.flag()
		case "result":
			result = r.raw()
		default:
			r.skip()
		}
	})
	r.end()
	return result, ok && r.bad == nil
}

// DateOf is the date of a message; 0 if it has none.
func DateOf(message []byte) (date int64) {
	r := newReader(message)
	r.object(func(key []byte) {
		if string(key) == "date" {
			date = r.whole()
			return
		}
		r.skip()
	})
	return date
}
