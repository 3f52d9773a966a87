package handlers

// Words about what was done.
var (
	CardText      = cardText
	NoticeText    = noticeText
	PutStep       = putStep
	ProgressLines = progressLines
	HarsherText   = harsherText
	WaitedText    = waitedText
)
