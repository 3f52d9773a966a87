package wire

import "slices"

// Member is what Telegram says of a user in a chat. The rights are those of an admin; the
// owner has them all.
type Member struct {
	Status      string // creator, administrator, member, restricted, left, kicked
	User        User
	Until       int64    // end of a restriction or ban, Unix time; 0 = none
	IsMember    bool     // whether a restricted user is in the chat
	CanSend     bool     // text messages; false only if restricted or not in the chat
	Denied      []string // permissions that a restricted user does not have, sorted
	Anonymous   bool
	CanDelete   bool
	CanRestrict bool
	CanInvite   bool
	CanPin      bool
	CanPromote  bool
	CanPost     bool // in channels
	CanEdit     bool // in channels: what others posted
}

// InChat reports whether they are in the chat.
func (m Member) InChat() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	case "restricted":
		return m.IsMember
	}
	return false
}

// Admin reports whether they are the owner or an administrator.
func (m Member) Admin() bool { return m.Status == "creator" || m.Status == "administrator" }

// member reads a ChatMember and fills in what Telegram leaves out: the owner's rights, and
// that members who are not restricted may write.
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
		m.CanDelete, m.CanRestrict, m.CanInvite, m.CanPin, m.CanPromote, m.CanPost, m.CanEdit = true, true, true, true, true, true, true
	}
	if !m.Admin() {
		m.CanDelete, m.CanRestrict, m.CanInvite, m.CanPin, m.CanPromote, m.CanPost, m.CanEdit = false, false, false, false, false, false, false
	}
	return m
}

// permission reads one permission of a member who may be restricted.
func (r *reader) permission(m *Member, key []byte) bool {
	has := r.flag()
	if !has {
		m.Denied = append(m.Denied, string(key))
	}
	return has
}

// right reads one right of an admin, or a permission. Some fields are both.
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
	case "can_edit_messages":
		m.CanEdit = r.flag()
	default:
		if slices.Contains(permissions, string(key)) {
			r.permission(m, key)
		} else {
			r.skip()
		}
	}
}
