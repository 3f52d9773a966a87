package demo

import "strings"

// A row is one line of a column: pieces in different styles.
type row []piece

type piece struct {
	text  string
	style style
}

func (r row) width() (w int) {
	for _, p := range r {
		w += width(p.text)
	}
	return w
}

// eye stands before what nobody else sees; it asks for the wide form, to be of one width everywhere.
const eye = "👁️"

// rows is how a line looks in a column of a width.
func (l Line) rows(room int) []row {
	var rows []row
	text, kind := l.Text, plain
	head := row{{l.From + ": ", who(l.From)}}
	switch l.Kind {
	case Gone:
		const sign = "✗ gone: "
		return []row{{{sign, warning}, {short(l.Text, room-width(sign)), gone}}}
	case Status:
		head, kind = row{{"⛔ ", warning}}, warning
	case Refused:
		head, kind = row{{"✗ not sent: ", warning}}, gone
	case Toast:
		head = row{{"(toast) ", private}}
	case Logged:
		head = row{{l.From + " ", faint}}
	case Edited:
		head, text = row{{l.From + ", edited: ", who(l.From)}}, newPart(l.Before, l.Text)
	}
	if l.Private && (l.Kind == Said || l.Kind == Edited || l.Kind == Toast) {
		rows = append(rows, row{{eye + " only you", private}})
	}
	if l.Reply != "" {
		rows = append(rows, row{{"↩ " + short(l.Reply, room-2), faint}})
	}
	return append(append(rows, paragraph(head, text, kind, room)...), buttonRows(l.Buttons, room)...)
}

// indent is what the second and later rows of a paragraph begin with.
const indent = "  "

func paragraph(head row, text string, s style, room int) (rows []row) {
	lead := head.width() - len(indent)
	for i, line := range wrap(text, room-len(indent), lead) {
		switch {
		case i == 0 && line == "":
			head[len(head)-1].text = strings.TrimRight(head[len(head)-1].text, " ")
			rows = append(rows, head)
		case i == 0:
			rows = append(rows, append(head, piece{line, s}))
		case line != "": // empty ones cost more room than they give order
			rows = append(rows, row{{indent, plain}, {line, s}})
		}
	}
	return rows
}

// buttonRows puts as many buttons of a row side by side as fit.
func buttonRows(buttons [][]string, room int) (rows []row) {
	for _, labels := range buttons {
		r := row{{indent[1:], plain}}
		for _, label := range labels {
			b := "[" + short(label, room-5) + "]"
			if len(r) > 1 && r.width()+1+width(b) > room {
				rows, r = append(rows, r), row{{indent[1:], plain}}
			}
			r = append(r, piece{" ", plain}, piece{b, button})
		}
		rows = append(rows, r)
	}
	return rows
}

// newPart leaves out the lines with which both texts begin.
func newPart(before, text string) string {
	old, lines := strings.Split(before, "\n"), strings.Split(text, "\n")
	for len(old) > 0 && len(lines) > 1 && old[0] == lines[0] {
		old, lines = old[1:], lines[1:]
	}
	return strings.Join(lines, "\n")
}
