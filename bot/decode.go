package bot

import (
	"encoding/json"
	"fmt"
	"slices"
)

// DecodeUpdate reads one update. If it cannot, the update it returns still has
// its ID, as far as that can be found, so that it can be confirmed and forgotten.
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
			u.Press = r.press()
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

func (r *reader) press() *Press {
	if r.null() {
		return nil
	}
	p := new(Press)
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

// member reads a ChatMember and completes what Telegram leaves out: the owner's
// rights, and that those who are not restricted may write.
func (r *reader) member() (m Member) {
	r.object(func(key []byte) {
		switch string(key) {
		case "status":
			m.Status = r.word()
		case "user":
			m.User = r.user()
		case "until_date":
			m.Until = r.whole()
		case "is_member":
			m.IsMember = r.flag()
		case "can_send_messages":
			m.CanSend = r.permission(&m, key)
		case "is_anonymous":
			m.Anonymous = r.flag()
		default:
			r.right(&m, key)
		}
	})
	if m.Status != "restricted" {
		m.IsMember = m.InChat()
		m.CanSend = m.IsMember
	}
	if slices.Sort(m.Denied); m.Status != "restricted" {
		m.Denied = nil
	}
	if m.Status == "creator" {
		m.CanDelete, m.CanRestrict, m.CanInvite, m.CanPin, m.CanPromote, m.CanPost = true, true, true, true, true, true
	}
	if !m.Admin() {
		m.CanDelete, m.CanRestrict, m.CanInvite, m.CanPin, m.CanPromote, m.CanPost = false, false, false, false, false, false
	}
	return m
}

// permission reads one permission of somebody who may be restricted.
func (r *reader) permission(m *Member, key []byte) bool {
	has := r.flag()
	if !has {
		m.Denied = append(m.Denied, string(key))
	}
	return has
}

// right reads one right of an admin, or a permission. Some are both.
func (r *reader) right(m *Member, key []byte) {
	switch string(key) {
	case "can_delete_messages":
		m.CanDelete = r.flag()
	case "can_restrict_members":
		m.CanRestrict = r.flag()
	case "can_invite_users":
		m.CanInvite = r.permission(m, key)
	case "can_pin_messages":
		m.CanPin = r.permission(m, key)
	case "can_promote_members":
		m.CanPromote = r.flag()
	case "can_post_messages":
		m.CanPost = r.flag()
	default:
		if slices.Contains(permissions, string(key)) {
			r.permission(m, key)
		} else {
			r.skip()
		}
	}
}

func (r *reader) chat() (c Chat) {
	r.object(func(key []byte) {
		switch string(key) {
		case "id":
			c.ID = r.whole()
		case "type":
			c.Type = r.word()
		case "title":
			c.Title = r.text()
		case "username":
			c.Username = r.text()
		case "is_forum":
			c.Forum = r.flag()
		case "is_direct_messages":
			c.Direct = r.flag()
		case "linked_chat_id":
			c.Linked = r.whole()
		default:
			r.skip()
		}
	})
	return c
}

func (r *reader) user() (u User) {
	r.object(func(key []byte) { r.userField(&u, key) })
	return u
}

func (r *reader) userField(u *User, key []byte) {
	switch string(key) {
	case "id":
		u.ID = r.whole()
	case "is_bot":
		u.Bot = r.flag()
	case "first_name":
		u.FirstName = r.text()
	case "last_name":
		u.LastName = r.text()
	case "username":
		u.Username = r.text()
	case "language_code":
		u.Language = r.word()
	case "can_read_all_group_messages":
		u.ReadsAll = r.flag()
	default:
		r.skip()
	}
}

// maybe reads a value behind a pointer; null is nil.
func maybe[T any](r *reader, read func(*reader) T) *T {
	if r.null() {
		return nil
	}
	value := read(r)
	return &value
}

// list reads an array.
func list[T any](r *reader, read func(*reader) T) (out []T) {
	r.array(func() { out = append(out, read(r)) })
	return out
}
