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
	linkCodes
	administeredGroups
	recentMessages
	request.Messages
	evidenceStore
	caseFiles
	appealStore
	personalData
	receiptStore
	decidedCases
	moderation.Persons
	deliver.Store
}
