package view

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// exportColumns are the columns of the file. Scripts read them: they are added to, never renamed.
var exportColumns = []string{"case", "opened", "decided", "rule", "outcome", "votes", "by", "penalty", "reversed", "rule_name", "in_force"}

// CasesCSV writes the cases that the group could see. Decisions are given to the hour, reports to the day, and votes
// are rounded. So no row tells when somebody reported, or how few did.
func CasesCSV(closed []moderation.Closed, zone *time.Location, name func(rulebook.RuleID) string) (file []byte, rows int, err error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.Write(exportColumns); err != nil {
		return nil, 0, fmt.Errorf("write the export: %w", err)
	}
	for _, c := range closed {
		if !c.Shown {
			continue
		}
		rows++
		if err := w.Write(exportRow(c, zone, name)); err != nil {
			return nil, 0, fmt.Errorf("write the export: %w", err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, 0, fmt.Errorf("write the export: %w", err)
	}
	return out.Bytes(), rows, nil
}

func exportRow(c moderation.Closed, zone *time.Location, called func(rulebook.RuleID) string) []string {
	by := "votes"
	switch {
	case c.Manual:
		by = "hand"
	case c.ByAdmin:
		by = "admin"
	case c.Verdict == moderation.Expired:
		by = "time"
	case c.Again:
		by = "jury"
	}
	rule, name, penalty := "", "", ""
	if c.Verdict == moderation.Upheld {
		rule, name, penalty = string(c.Rule), NoFormula(called(c.Rule)), c.Penalty.String()
	}
	return []string{
		c.ID, dayOf(c.Opened, zone), hourOf(c.Decided, zone), rule, string(c.Verdict), votesOf(c), by, penalty, string(c.Reversed), name, inForce(c),
	}
}

// inForce says whether the penalty of a case ever was in force; nothing of words, and of what no release noted.
func inForce(c moderation.Closed) string {
	switch {
	case c.Verdict != moderation.Upheld || c.Penalty.Kind == ladder.Warn:
		return ""
	case c.Put == moderation.ProgressDone:
		return "yes"
	case c.Put == moderation.ProgressWaits, c.Put.Never():
		return "no"
	default:
		return ""
	}
}

// NoFormula quotes a text that a spreadsheet would take for a formula.
func NoFormula(text string) string {
	if text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
		return "'" + text
	}
	return text
}

func dayOf(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

func hourOf(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02T15:00Z07:00")
}

// votesOf is how many votes the side had that won, rounded, as far as the card told. Else it is how many voted. Of a case without
// a card nobody was told how many reported it.
func votesOf(c moderation.Closed) string {
	votes := c.Votes
	switch {
	case !c.Card:
		return ""
	case c.Sided() && c.Verdict == moderation.Upheld:
		votes = c.Breaks
	case c.Sided():
		votes = c.Votes - c.Breaks
	}
	round := stats.Round(votes)
	if round == 0 {
		return "under 3"
	}
	return strconv.Itoa(round)
}
