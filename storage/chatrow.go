package storage

import (
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// chatRow is a group and its number in this database.
type chatRow struct {
	id      int64
	settled weight.Trace // final cases
	counted int64        // the day on which those who write were counted
	watched int64        // until when copies of removed messages are looked for
	moderation.Chat
}
