package request

import (
	"cmp"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// evidence is what a message says, for the admins.
func evidence(m *wire.Message) moderation.Evidence {
	e := said(m)
	e.SentAt = m.Time()
	e.Name, e.Handle = writerOf(m)
	return e
}

// said is what a message says, without who wrote it.
func said(m *wire.Message) moderation.Evidence {
	e := moderation.Evidence{Text: m.Text, Media: m.Media}
	for _, x := range m.Entities {
		e.Entities = append(e.Entities, moderation.Entity{Type: x.Type, Offset: x.Offset, Length: x.Length, URL: x.URL, Language: x.Language, User: x.User, Emoji: x.CustomEmoji})
	}
	if m.File.ID != "" {
		e.Files = []moderation.Medium{{Kind: m.Media, ID: m.File.ID, Unique: m.File.Unique, Name: m.File.Name, Size: m.File.Size}}
	}
	for _, f := range m.More {
		if f.ID != "" {
			e.Files = append(e.Files, moderation.Medium{Kind: f.Media, ID: f.ID, Unique: f.Unique, Name: f.Name, Size: f.Size})
		}
	}
	e.Reply = repliedTo(m)
	return e
}

// repliedTo is what people see above a message that replies to another: the words that it quotes, or else that message.
func repliedTo(m *wire.Message) *moderation.Replied {
	switch to := m.ReplyTo; {
	case to != nil && to.ID != 0 && to.Service == wire.ServiceNone:
		name, _ := writerOf(to)
		return &moderation.Replied{Name: name, Text: view.Shorten(cmp.Or(m.Quote, to.Text), view.EvidenceShort), Media: to.Media}
	case m.External != nil:
		return &moderation.Replied{Name: originName(m.External.Origin), Text: view.Shorten(m.Quote, view.EvidenceShort), Media: m.External.Media}
	default:
		return nil
	}
}

// originName is who wrote a message that is elsewhere.
func originName(o wire.Origin) string {
	switch {
	case o.Chat != nil:
		return view.Shorten(o.Chat.Title, view.NameKept)
	case o.User != nil:
		return view.FullName(o.User)
	default:
		return view.Shorten(o.Name, view.NameKept)
	}
}

// writerOf is who wrote a message, as Telegram shows them.
func writerOf(m *wire.Message) (name, handle string) {
	user, chat := m.Writer()
	switch {
	case chat != nil:
		return view.Shorten(chat.Title, view.NameKept), chat.Username
	case user != nil:
		return view.FullName(user), user.Username
	default:
		return "", ""
	}
}

// Evidence is what the message says that a command replies to.
func (cmd *Command) Evidence(to *wire.Message) moderation.Evidence {
	if cmd.Seen != nil {
		return SeenEvidence(*cmd.Seen)
	}
	return evidence(to)
}

// SeenEvidence is the evidence that a message was that somebody picked.
func SeenEvidence(s moderation.SeenMessage) moderation.Evidence {
	e := s.Said
	e.Name, e.SentAt = s.Name, s.At
	return e
}
