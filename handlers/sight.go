package handlers

import (
	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// sight is what is noted of an ordinary message; it says false for what is none.
func sight(u *bot.Update) (moderation.Sighting, bool) {
	m := u.Message
	if m == nil || m.ID == 0 {
		return moderation.Sighting{}, false
	}
	who, role := author(m)
	if role == moderation.RoleService {
		return moderation.Sighting{}, false
	}
	s := moderation.Sighting{
		Update: u.ID, Chat: m.Chat.ID, Kind: kindOf(&m.Chat), Message: m.ID, Album: m.Album, At: m.Time(),
		Author: who, Role: role, Name: displayName(m), Said: said(m), Edited: u.Edited, Counts: !u.Edited && !who.Channel && !m.Called(), Plain: m.Plain,
	}
	if m.Topic {
		s.Thread = m.Thread
	}
	if user, _ := m.Writer(); user != nil {
		s.Handle = user.Username
	}
	return s, true
}

func displayName(m *bot.Message) string {
	user, chat := m.Writer()
	if chat != nil {
		return view.Shorten(chat.Title, view.WordsKept)
	}
	return view.FirstName(user)
}

// sightedEvidence is the evidence that a message was that somebody picked.
func sightedEvidence(s moderation.Sighting) moderation.Evidence {
	e := s.Said
	e.Name, e.SentAt = s.Name, s.At
	return e
}
