package handlers

import "github.com/ostrakon-bot/ostrakon/handlers/view"

// Words about what was done.
var (
	CardText      = view.CardText
	NoticeText    = view.NoticeText
	PutStep       = view.PutStep
	ProgressLines = view.ProgressLines
	HarsherText   = view.HarsherText
	WaitedText    = view.WaitedText
)
