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
