package view

import (
	"cmp"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// ExamplesOf returns the examples of a rule as the quiz needs them.
func ExamplesOf(p locale.Printer, r rulebook.Rule) moderation.Examples {
	breaks, fine := RuleExamples(p, r)
	return moderation.Examples{Breaks: breaks, Fine: fine}
}

// RuleName is what a rule is called.
func RuleName(p locale.Printer, r rulebook.Rule) string {
	return cmp.Or(unturned(r.Name), p.Text("rule."+string(r.ID), nil))
}

// ruleWhy says a rule in a sentence.
func ruleWhy(p locale.Printer, r rulebook.Rule) string {
	return cmp.Or(unturned(r.Why), p.Text("rule."+string(r.ID)+".why", nil))
}

// RuleExamples returns messages that break a rule, and messages that look like it but are fine. They are the group's
// own examples. Rules that every group starts with have examples in the locale too.
func RuleExamples(p locale.Printer, r rulebook.Rule) (breaks, fine []string) {
	breaks, fine = allUnturned(r.Breaks), allUnturned(r.Fine)
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

func allUnturned(texts []string) []string {
	var all []string
	for _, text := range texts {
		all = append(all, unturned(text))
	}
	return all
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
