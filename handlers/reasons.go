package handlers

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// reasonLines say why a final case ended as it did: who stood for it, by how they counted, as far as that
// tells nobody's vote; and why it was left to the admins, if it was.
func reasonLines(p locale.Printer, cs moderation.Case) []string {
	if !cs.Verdict.Final() || cs.Hand {
		return nil
	}
	if cs.Handed {
		return []string{p.Text("case.was_handed", nil)}
	}
	if cs.ByAdmin || !cs.CardWanted { // else it would tell how many voted, which nobody was told
		return nil
	}
	groups, others := cs.Reasons.Told(cs.Verdict)
	var parts []string
	for _, g := range groups {
		args := locale.Args{"count": g.Size}
		if g.Kind.Discounted() {
			args = locale.Args{"count": moderation.Round(g.Size)}
		}
		parts = append(parts, p.Text("reason."+string(g.Kind), args))
	}
	if others > 0 {
		parts = append(parts, p.Text("reason.others", locale.Args{"count": others}))
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{p.Text("case.reasons", locale.Args{"who": strings.Join(parts, "; ")})}
}
