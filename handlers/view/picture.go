package view

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/digest"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// drawDigest draws the outcomes, beside those of the period before, and the rules.
func drawDigest(d stats.Digest) ([]byte, error) {
	var outcomes, rules []digest.Bar
	for _, o := range []struct {
		verdict moderation.Verdict
		figure  stats.Figure
	}{{moderation.Upheld, d.Upheld}, {moderation.Dismissed, d.Dismissed}, {moderation.Expired, d.Expired}} {
		bar := digest.Bar{Mark: outcomeMarks[o.verdict], Now: digest.Count{N: o.figure.N, Few: o.figure.Few}}
		if o.figure.Before != nil {
			bar.Before = &digest.Count{N: *o.figure.Before}
		}
		outcomes = append(outcomes, bar)
	}
	told, others := named(d)
	for i, r := range told {
		rules = append(rules, digest.Bar{Mark: ruleMarks[i], Now: digest.Count{N: r.N}})
	}
	if others > 0 {
		rules = append(rules, digest.Bar{Mark: digest.Black, Now: digest.Count{N: others}})
	}
	groups := [][]digest.Bar{outcomes}
	if len(rules) > 0 {
		groups = append(groups, rules)
	}
	png, err := digest.Picture{Groups: groups}.PNG()
	if err != nil {
		return nil, fmt.Errorf("draw a digest: %w", err)
	}
	return png, nil
}
