package handlers

import (
	"cmp"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// ruleName is what a rule is called.
func ruleName(p locale.Printer, r moderation.Rule) string {
	return cmp.Or(r.Name, p.Text("rule."+string(r.ID), nil))
}

// ruleWhy says a rule in a sentence.
func ruleWhy(p locale.Printer, r moderation.Rule) string {
	return cmp.Or(r.Why, p.Text("rule."+string(r.ID)+".why", nil))
}

// ruleExamples are messages that break a rule, and some that do not though one might think so: those
// that the group wrote, else those that the locale has for the rules every group starts with.
func ruleExamples(p locale.Printer, r moderation.Rule) (breaks, fine []string) {
	breaks, fine = r.Breaks, r.Fine
	rule := "rule." + string(r.ID)
	if !p.Has(rule + ".why") {
		return breaks, fine
	}
	if len(breaks) == 0 {
		breaks = []string{p.Text(rule+".breaks.1", nil), p.Text(rule+".breaks.2", nil)}
	}
	if len(fine) == 0 {
		fine = []string{p.Text(rule+".fine.1", nil), p.Text(rule+".fine.2", nil)}
	}
	return breaks, fine
}
