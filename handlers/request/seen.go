package request

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// message is a message as far as it is remembered.
func message(chat wire.Chat, s moderation.SeenMessage) *wire.Message {
	m := &wire.Message{
		ID: s.Message, Chat: chat, Date: s.At.Unix(), Thread: s.Thread, Topic: s.Thread != 0, Album: s.Album,
		Text: s.Said.Text, Media: s.Said.Media,
	}
	if s.Author.Channel {
		m.SenderChat, m.AutomaticForward = &wire.Chat{ID: s.Author.ID, Title: s.Name}, s.Role == moderation.RoleLinked
	} else {
		m.From = &wire.User{ID: s.Author.ID, Bot: s.Author.Bot, Language: s.Author.Language, FirstName: s.Name}
	}
	return m
}

// Seen is what is noted of an ordinary message. It returns false for anything else.
func Seen(u *wire.Update) (moderation.SeenMessage, bool) {
	m := u.Message
	if m == nil || m.ID == 0 {
		return moderation.SeenMessage{}, false
	}
	who, role := author(m)
	if role == moderation.RoleService {
		return moderation.SeenMessage{}, false
	}
	s := moderation.SeenMessage{
		Update: u.ID, Chat: m.Chat.ID, Kind: KindOf(&m.Chat), Message: m.ID, Album: m.Album, At: m.Time(),
		Author: who, Role: role, Name: displayName(m), Said: said(m), Edited: u.Edited, Counts: !u.Edited && !who.Channel && !m.Called(), Plain: m.Plain,
	}
	if m.Topic {
		s.Thread = m.Thread
	}
	if m.Forward != nil {
		s.Origin = time.Unix(m.Forward.Date, 0)
	}
	s.Public = m.Chat.Username
	user, chat := m.Writer()
	if user != nil {
		s.Handle = user.Username
	}
	if role == moderation.RoleLinked {
		s.ChannelName = chat.Username
	}
	return s, true
}

func displayName(m *wire.Message) string {
	user, chat := m.Writer()
	if chat != nil {
		return view.Shorten(chat.Title, view.WordsKept)
	}
	return view.FirstName(user)
}
