package handlers

import (
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
)

// Store is what handlers look up outside of decisions.
type Store interface {
	chats
	groupsByRef
	linkCodes
	administeredGroups
	recentMessages
	soughtMessages
	request.Messages
	evidenceStore
	caseFiles
	appealStore
	receiptStore
	decidedCases
	allPractices
	deliver.Store
}
