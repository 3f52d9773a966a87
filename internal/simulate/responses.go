package simulate

import "fmt"

// responses are the parts of jurors that answer, which have rows of their own.
var responses = []float64{0.2, 0.4, 0.7}

// byResponse names those rows.
func byResponse() []string {
	var rows []string
	for _, r := range responses {
		rows = append(rows, answering(r))
	}
	return rows
}

// answering names a row by the part of jurors that answer.
func answering(part float64) string { return fmt.Sprintf("%.0f %% answer", 100*part) }

// juried is a group whose jurors answer as often as one row says. Nobody decides but members.
func juried(p Params, c chance) (t *town, row int) {
	p.AdminLooks = 0
	row = c.group % len(responses)
	t = newTown(p, c)
	t.script.Response, t.script.NoAdmins = responses[row], true
	return t, row
}

// forAll is about as many groups, and as many for each row.
func forAll(rows, groups int) int { return rows * max(1, groups/rows) }

// settler is an honest established member.
func (t *town) settler(day int) int {
	for {
		if i := t.someone(noon(day)); established(t.script.Members[i], noon(day)) {
			return i
		}
	}
}
