package view

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/digest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// drawDigest draws how many reports and cases there were, how the cases ended, and the rules that were broken, beside the period
// before where that may be told.
func drawDigest(p locale.Printer, book rulebook.Book, d stats.Digest) ([]byte, error) {
	lines := []digest.Bar{barOf(p, "digest.reports", d.Reports)}
	if d.Cases != nil {
		lines = append(lines, barOf(p, "digest.cases", *d.Cases))
	}
	outcomes := digest.Part{Name: p.Text("digest.outcomes", nil), Bars: []digest.Bar{
		barOf(p, "digest.upheld", d.Upheld), barOf(p, "digest.dismissed", d.Dismissed), barOf(p, "digest.expired", d.Expired),
	}}
	broken := digest.Part{Name: p.Text("digest.rules", nil)}
	for _, r := range named(p, book, d) {
		broken.Bars = append(broken.Bars, digest.Bar{Name: r.name, Number: r.sign, Now: digest.Count{N: r.number}})
	}
	png, err := digest.Picture{
		Title: period(p, d), Lines: lines, Parts: []digest.Part{outcomes, broken},
		Few: p.Text("digest.few", nil), Now: p.Text("digest.now", nil), Before: p.Text("digest.before", nil), Change: p.Text("digest.change", nil),
	}.PNG()
	if err != nil {
		return nil, fmt.Errorf("draw a digest: %w", err)
	}
	return png, nil
}

// barOf is a figure as it is drawn.
func barOf(p locale.Printer, key string, f stats.Figure) digest.Bar {
	b := digest.Bar{Name: p.Text(key, nil), Now: digest.Count{N: f.N, Few: f.Few}}
	if f.Before != nil {
		b.Before = &digest.Count{N: *f.Before}
	}
	return b
}

// rulesShown is how many rules are told by name: more would make the picture too high for a phone.
const rulesShown = 5

// ruleRow is a rule, or all others together, and how many cases broke it.
type ruleRow struct {
	name   string
	sign   int // stands in the picture in place of a name that cannot be written there; 0: the name can
	number int
}

// named are the rules that are told by name, and the others together.
func named(p locale.Printer, book rulebook.Book, d stats.Digest) (rows []ruleRow) {
	others := d.OtherRules
	for i, r := range d.Rules {
		if i >= rulesShown {
			others += r.N
			continue
		}
		row := ruleRow{name: RuleName(p, book.Rule(rulebook.RuleID(r.Of))), number: r.N}
		if !digest.CanWrite(row.name) {
			row.sign = i + 1
		}
		rows = append(rows, row)
	}
	if others > 0 {
		rows = append(rows, ruleRow{name: p.Text("digest.others", nil), number: others})
	}
	return rows
}
