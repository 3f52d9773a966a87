package storage

import (
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// rowsAtMost is how many groups, and members, are in one generation of those that are remembered, of half a KB at most each.
const rowsAtMost = 20_000

// chatRow is a group and its number in this database.
type chatRow struct {
	id      int64
	settled weight.Trace // final cases
	counted int64        // the day on which those who write were counted
	moderation.Chat
}
