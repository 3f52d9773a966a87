package wire

import (
	"encoding/json"
	"fmt"
)

// DecodeUpdate reads one update. If that fails, the update it returns still has its ID,
// if there is one, so that it can be confirmed and skipped.
func DecodeUpdate(raw json.RawMessage) (Update, error) {
	r := newReader(raw)
	u := r.update()
	if u.ID == 0 {
		r.fail("update_id")
	}
	r.end()
	if r.bad != nil {
		return Update{ID: findID(raw)}, fmt.Errorf("update: %w", r.bad)
	}
	return u, nil
}

// findID looks for the number of an update that is otherwise unreadable.
func findID(raw []byte) (id int64) {
	r := newReader(raw)
	r.object(func(key []byte) {
		if string(key) == "update_id" {
			id = r.whole()
		} else {
			r.skip()
		}
	})
	return id
}

func (r *reader) update() (u Update) {
	r.object(func(key []byte) {
		switch string(key) {
		case "update_id":
			u.ID = r.whole()
		case "message":
			u.Message = r.message(true)
		case "edited_message":
			u.Message, u.Edited = r.message(true), true
		case "callback_query":
			u.Callback = r.callback()
		case "chat_member":
			u.Membership = r.membership()
		case "my_chat_member":
			u.MyStatus = r.membership()
		default:
			r.skip()
		}
	})
	return u
}

func (r *reader) callback() *CallbackQuery {
	if r.null() {
		return nil
	}
	p := new(CallbackQuery)
	r.object(func(key []byte) {
		switch string(key) {
		case "id":
			p.ID = r.text()
		case "from":
			p.From = r.user()
		case "message":
			p.Message = r.message(true)
		case "data":
			p.Data = r.text()
		default:
			r.skip()
		}
	})
	return p
}

func (r *reader) membership() *Membership {
	if r.null() {
		return nil
	}
	m := new(Membership)
	r.object(func(key []byte) {
		switch string(key) {
		case "chat":
			m.Chat = r.chat()
		case "from":
			m.By = r.user()
		case "date":
			m.Date = r.whole()
		case "old_chat_member":
			m.Old = r.member()
		case "new_chat_member":
			m.New = r.member()
		default:
			r.skip()
		}
	})
	m.User = m.New.User
	if m.Chat.ID == 0 {
		r.fail("chat")
	}
	return m
}
