package wire

import (
	"cmp"
	"slices"
)

// message reads a message, and with replies also the one it replies to. Replies
// never nest further.
func (r *reader) message(replies bool) *Message {
	if r.null() {
		return nil
	}
	m := new(Message)
	var beside aside
	r.object(func(key []byte) {
		switch string(key) {
		case "message_id":
			m.ID = r.whole()
		case "date":
			m.Date = r.whole()
		case "chat":
			m.Chat = r.chat()
		case "from":
			m.From = maybe(r, (*reader).user)
		case "sender_chat":
			m.SenderChat = maybe(r, (*reader).chat)
		case "text":
			m.Text = r.text()
		case "entities":
			m.Entities = list(r, (*reader).entity)
		case "caption":
			beside.caption = r.text()
		case "caption_entities":
			beside.entities = list(r, (*reader).entity)
		case "link_preview_options":
			beside.preview = r.preview()
		case "message_thread_id":
			m.Thread = r.whole()
		case "is_topic_message":
			m.Topic = r.flag()
		case "reply_to_message":
			m.ReplyTo = r.reply(replies)
		default:
			r.seldom(m, key)
		}
	})
	if m.Chat.ID == 0 {
		r.fail("chat")
	}
	m.complete(beside)
	return m
}

// aside holds fields that only [Message.complete] needs.
type aside struct {
	caption  string
	entities []Entity
	preview  bool // of a page that the text need not name, which counts as a link
}

// complete sets the fields that depend on several others.
func (m *Message) complete(beside aside) {
	if m.Text == "" {
		m.Text, m.Entities = beside.caption, beside.entities
	}
	bare := m.Media == "" && m.Service == ServiceNone
	if bare && m.Text == "" && !m.Inaccessible() {
		m.Media = "unknown"
	}
	elsewhere := m.External != nil && m.External.Chat != m.Chat.ID
	m.Plain = bare && m.Text != "" && m.Forward == nil && !m.ViaBot && !beside.preview && !elsewhere && !m.richer &&
		!slices.ContainsFunc(m.Entities, Entity.link)
}

// preview reports whether the preview shows a page of its own choice.
func (r *reader) preview() (chosen bool) {
	r.object(func(key []byte) {
		if string(key) == "url" {
			chosen = r.text() != ""
		} else {
			r.skip()
		}
	})
	return chosen
}

func (r *reader) reply(wanted bool) *Message {
	if !wanted {
		r.skip()
		return nil
	}
	return r.message(false)
}

// seldom reads the fields that most messages do not have.
func (r *reader) seldom(m *Message, key []byte) {
	if r.null() {
		return
	}
	switch string(key) {
	case "ephemeral_message_id":
		m.EphemeralID = r.whole()
	case "receiver_user":
		m.Receiver = maybe(r, (*reader).user)
	case "media_group_id":
		m.Album = r.text()
	case "is_automatic_forward":
		m.AutomaticForward = r.flag()
	case "forward_origin":
		m.Forward = maybe(r, (*reader).origin)
	case "guest_bot_caller_user":
		m.Caller = maybe(r, (*reader).user)
	case "guest_bot_caller_chat":
		m.CallerChat = maybe(r, (*reader).chat)
	case "rich_message":
		r.loosely(func(in *reader) { m.rich(readRich(in.raw())) })
	case "reply_markup":
		r.loosely(func(in *reader) { m.Buttons = in.buttons() })
	case "quote":
		r.loosely(func(in *reader) { m.Quote = in.quote() })
	case "external_reply":
		r.loosely(func(in *reader) { m.External = maybe(in, (*reader).external) })
	case "via_bot":
		r.skip()
		m.ViaBot = true
	default:
		if !r.service(m, key) && !r.media(m, key) {
			r.skip()
		}
	}
}

// buttons reads the data of the buttons of an inline keyboard.
func (r *reader) buttons() (data []string) {
	r.object(func(key []byte) {
		if string(key) != "inline_keyboard" {
			r.skip()
			return
		}
		r.array(func() {
			r.array(func() {
				r.object(func(key []byte) {
					if string(key) == "callback_data" {
						data = append(data, r.text())
					} else {
						r.skip()
					}
				})
			})
		})
	})
	return data
}

func (r *reader) origin() (o Origin) {
	r.object(func(key []byte) {
		switch string(key) {
		case "type":
			o.Type = r.word()
		case "date":
			o.Date = r.whole()
		case "sender_user":
			o.User = maybe(r, (*reader).user)
		case "sender_user_name":
			o.Name = r.text()
		case "sender_chat", "chat":
			o.Chat = maybe(r, (*reader).chat)
		case "message_id":
			o.MessageID = r.whole()
		default:
			r.skip()
		}
	})
	return o
}

// service reads a field that makes the message a service message, and reports
// whether it is one.
func (r *reader) service(m *Message, key []byte) bool {
	var kind Service
	switch string(key) {
	case "new_chat_members":
		m.Joined, kind = list(r, (*reader).user), ServiceJoined
	case "left_chat_member":
		m.Left, kind = maybe(r, (*reader).user), ServiceLeft
	case "migrate_to_chat_id":
		m.MigrateTo, kind = r.whole(), ServiceMigratedTo
	case "migrate_from_chat_id":
		m.MigrateFrom, kind = r.whole(), ServiceMigratedFrom
	case "forum_topic_created":
		r.skip()
		kind = ServiceTopicCreated
	default:
		if !otherServices[string(key)] {
			return false
		}
		r.skip()
		kind = ServiceOther
	}
	if m.Service == ServiceNone || kind != ServiceOther {
		m.Service = kind
	}
	return true
}

// media reads a field that holds the medium of the message, and reports whether
// it is one. An animation also comes as a document, and a venue as a location; the
// more specific name is kept.
func (r *reader) media(m *Message, key []byte) bool {
	name, known := mediaFields[string(key)]
	if !known {
		return false
	}
	file := r.mediaFile(name)
	if m.Media != "animation" && m.Media != "venue" && m.Media != "live_photo" {
		m.Media, m.File = name.media, file
	}
	return true
}

// rich sets the text and the files of a rich message.
func (m *Message) rich(said *rich) {
	m.Rich, m.richer = true, said.more
	m.Text, m.Entities = said.said()
	switch {
	case len(said.files) > 0:
		m.Media, m.File, m.More = said.files[0].Media, said.files[0].MediaFile, said.files[1:]
	case m.Text == "":
		m.Media = "rich_message"
	}
}

// quote reads the text that a message quotes.
func (r *reader) quote() (text string) {
	r.object(func(key []byte) {
		switch {
		case string(key) == "text":
			text = cmp.Or(r.loose(), text)
		case string(key) == "rich_texts" && text == "":
			r.loosely(func(in *reader) { text, _ = readRich(in.raw()).said() })
		default:
			r.skip()
		}
	})
	return text
}

func (r *reader) external() (e External) {
	r.object(func(key []byte) {
		switch string(key) {
		case "chat":
			e.Chat = r.chat().ID
		case "message_id":
			e.MessageID = r.whole()
		case "origin":
			e.Origin = r.origin()
		default:
			if kind, known := mediaFields[string(key)]; known {
				e.Media = kind.media
			}
			r.skip()
		}
	})
	return e
}
