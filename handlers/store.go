package handlers

import (
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Store is what handlers look up outside of decisions.
type Store interface {
	chats
	groupsByRef
	offered
	administered
	recentMessages
	request.Messages
	exhibited
	caseFiles
	contested
	personal
	receiptsKept
	decisions
	moderation.Persons
	deliver.Store
}
