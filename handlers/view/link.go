package view

import (
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// AddLink leads whoever opens it to a list of their groups. The app then adds the bot to the one that they choose, as an admin with
// the rights that it needs. The parameter of the link is empty, so that the app does not write "/start" into the group.
func AddLink(username string) string {
	return "https://t.me/" + username + "?startgroup&admin=" + strings.Join(wire.LinkRights(), "+")
}

// AddRows is the button that opens [AddLink]. There is none if Telegram lets nobody add the bot.
func AddRows(p locale.Printer, me wire.Self) [][]wire.Button {
	if me.NoGroups {
		return nil
	}
	return [][]wire.Button{{{Text: p.Text("button.add", nil), URL: AddLink(me.Username)}}}
}

// evidencePrefix begins the start parameter by which an admin comes from the log channel to the
// evidence of a case. It grants nothing; only admins of the group are shown it.
const evidencePrefix = "evidence_"

// EvidenceLink leads an admin to the evidence of a case.
func EvidenceLink(username string, ref int64, id string) string {
	return "https://t.me/" + username + "?start=" + evidencePrefix + strconv.FormatInt(ref, 36) + "_" + id
}

// ParseEvidence reads the start parameter of [EvidenceLink].
func ParseEvidence(payload string) (ref int64, id string, ok bool) {
	rest, found := strings.CutPrefix(payload, evidencePrefix)
	number, id, cut := strings.Cut(rest, "_")
	ref = ParseRef(number)
	return ref, id, found && cut && ref > 0 && id != ""
}

// quizPrefix begins the start parameter by which somebody comes from their notice in the group to the quiz.
// It grants nothing; only the author of that very case is asked.
const quizPrefix = "quiz_"

// QuizLink leads an author to the quiz about their case.
func QuizLink(username string, ref int64, id string) string {
	return "https://t.me/" + username + "?start=" + quizPrefix + strconv.FormatInt(ref, 36) + "_" + id
}

// ParseQuiz reads the start parameter of [QuizLink].
func ParseQuiz(payload string) (ref int64, id string, ok bool) {
	rest, found := strings.CutPrefix(payload, quizPrefix)
	number, id, cut := strings.Cut(rest, "_")
	ref = ParseRef(number)
	return ref, id, found && cut && ref > 0 && id != ""
}

// aboutPrefix begins the start parameter behind "Was this about you?" on an outcome card: the
// group and the case. It grants nothing; only the author of that very case is told more.
const aboutPrefix = "about_"

// AboutLink leads an author to the notice of their case.
func AboutLink(username string, cs moderation.Case) string {
	return "https://t.me/" + username + "?start=" + aboutPrefix + strconv.FormatInt(cs.Chat, 10) + "_" + cs.ID
}

// ParseAbout reads the start parameter of [AboutLink].
func ParseAbout(payload string) (chat int64, id string, ok bool) {
	rest, found := strings.CutPrefix(payload, aboutPrefix)
	number, id, cut := strings.Cut(rest, "_")
	chat, err := strconv.ParseInt(number, 10, 64)
	return chat, id, found && cut && err == nil && chat != 0 && id != ""
}

// PrivacyStart is the start parameter by which somebody comes from a group to what the bot says of itself in private.
const PrivacyStart = "privacy"

// PrivacyWay tells a group where to read what the bot keeps.
func PrivacyWay(p locale.Printer, username string) string {
	return p.Text("command.privacy", nil) + "\nhttps://t.me/" + username + "?start=" + PrivacyStart
}
