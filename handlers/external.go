package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// findReplied finds the message of this group that a command replies to from another topic. Telegram then says its number
// and who wrote the original, which for a forwarded message is somebody else. So only a message that the bot saw counts.
// Of a message in another chat the number means nothing here.
func (s resolver) findReplied(ctx context.Context, a *ask) error {
	to := a.m.External
	if to == nil || repliesTo(a) != nil || to.Chat != a.m.Chat.ID || to.MessageID == 0 {
		return nil
	}
	was, found, err := s.seen.Sighting(ctx, a.m.Chat.ID, to.MessageID)
	if err == nil && found {
		a.m.ReplyTo, a.seen = seenMessage(a.m.Chat, was), &was
	}
	return err
}

// seenMessage is a message as far as it is remembered.
func seenMessage(chat bot.Chat, s moderation.Sighting) *bot.Message {
	m := &bot.Message{
		ID: s.Message, Chat: chat, Date: s.At.Unix(), Thread: s.Thread, Topic: s.Thread != 0, Album: s.Album,
		Text: s.Said.Text, Media: s.Said.Media,
	}
	if s.Author.Channel {
		m.SenderChat, m.AutomaticForward = &bot.Chat{ID: s.Author.ID, Title: s.Name}, s.Role == moderation.RoleLinked
	} else {
		m.From = &bot.User{ID: s.Author.ID, Bot: s.Author.Bot, Language: s.Author.Language, FirstName: s.Name}
	}
	return m
}

// evidence is what the message says that a command replies to.
func (a *ask) evidence(to *bot.Message) moderation.Evidence {
	if a.seen != nil {
		return sightedEvidence(*a.seen)
	}
	return evidence(to)
}
