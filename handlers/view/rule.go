package view

import (
	"cmp"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

func ExamplesOf(p locale.Printer, r moderation.Rule) moderation.Examples {
	breaks, fine := RuleExamples(p, r)
	return moderation.Examples{Breaks: breaks, Fine: fine}
}

// RuleName is what a rule is called.
func RuleName(p locale.Printer, r moderation.Rule) string {
	return cmp.Or(r.Name, p.Text("rule."+string(r.ID), nil))
}

// ruleWhy says a rule in a sentence.
func ruleWhy(p locale.Printer, r moderation.Rule) string {
	return cmp.Or(r.Why, p.Text("rule."+string(r.ID)+".why", nil))
}

// RuleExamples are messages that break a rule, and some that do not though one might think so: those
// that the group wrote, else those that the locale has for the rules every group starts with.
func RuleExamples(p locale.Printer, r moderation.Rule) (breaks, fine []string) {
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

// costName says what an offence costs under a rule of a severity.
func costName(p locale.Printer, severity int) string {
	switch severity {
	case 1:
		return p.Text("cost.one", nil)
	case 2:
		return p.Text("cost.two", nil)
	default:
		return p.Text("cost.three", nil)
	}
}
