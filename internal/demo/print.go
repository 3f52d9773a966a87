package demo

import (
	"fmt"
	"io"
	"strings"
)

// Printer writes frames to a terminal: the screens of the first of the cast side by side, and
// beneath them what others see that nobody else does.
type Printer struct {
	out    io.Writer
	width  int
	colour bool
}

// NewPrinter returns a printer for a terminal so many cells wide. Without colour it writes plain text.
func NewPrinter(out io.Writer, width int, colour bool) *Printer {
	return &Printer{out, min(max(width, narrowest), widest), colour}
}

const (
	narrowest = 20
	widest    = 200
	stacked   = 60 // below, one screen stands above the other
	roomy     = 36 // with so many cells for each there are more than three screens
)

// Frame writes a frame.
func (p *Printer) Frame(f Frame) error {
	var b strings.Builder
	at := f.At.UTC().Format("15:04")
	for i, line := range wrap(f.Tell, p.width-len(at)-2, 0) {
		if i > 0 {
			at = strings.Repeat(" ", len(at))
		}
		fmt.Fprintln(&b, p.paint(faint, at)+"  "+p.paint(title, line))
	}
	shown := min(len(f.Screens), max(3, p.width/roomy))
	if p.width < stacked {
		p.stack(&b, f.Screens[:shown])
	} else {
		p.beside(&b, f.Screens[:shown])
	}
	for _, s := range f.Screens[shown:] {
		p.alone(&b, s)
	}
	fmt.Fprintln(&b)
	_, err := io.WriteString(p.out, b.String())
	return err
}

// stack writes screens one above the other; those on which nothing is new are left out.
func (p *Printer) stack(b *strings.Builder, screens []Screen) {
	for _, s := range screens {
		if len(s.Lines) == 0 {
			continue
		}
		p.line(b, header(s, p.width))
		for _, r := range s.rows(p.width - 1) {
			p.line(b, append(row{{" ", plain}}, r...))
		}
	}
}

// beside writes screens side by side.
func (p *Printer) beside(b *strings.Builder, screens []Screen) {
	n := len(screens)
	cell := (p.width - (n - 1)) / n // each begins with a space, and lines stand between them
	columns := make([][]row, n)
	rows := 0
	var top row
	for i, s := range screens {
		columns[i] = s.rows(cell - 2)
		rows = max(rows, len(columns[i]))
		if i > 0 {
			top = append(top, piece{"┬", rule})
		}
		top = append(top, header(s, cell)...)
	}
	p.line(b, top)
	for y := range rows {
		for x, column := range columns {
			var r row
			if y < len(column) {
				r = column[y]
			}
			p.cell(b, r, x, cell, x == n-1)
		}
		fmt.Fprintln(b)
	}
}

// cell writes one row of a column, and the line at its right.
func (p *Printer) cell(b *strings.Builder, r row, column, cell int, last bool) {
	if last && len(r) == 0 {
		return
	}
	b.WriteString(" ")
	p.pieces(b, r)
	if last {
		return
	}
	b.WriteString(strings.Repeat(" ", max(0, cell-1-r.width())))
	if p.colour {
		// Terminals differ about the width of some emoji; all know how to go to a column.
		fmt.Fprintf(b, "\x1b[%dG", (column+1)*(cell+1))
	}
	b.WriteString(p.paint(rule, "│"))
}

// alone writes what somebody without a column sees and nobody else does.
func (p *Printer) alone(b *strings.Builder, s Screen) {
	var said []string
	for _, l := range s.Lines {
		if l.Private && l.Kind != Gone {
			said = append(said, strings.Join(strings.Fields(l.Text), " "))
		}
	}
	if len(said) == 0 {
		return
	}
	head := row{{eye + " only ", private}, {s.Name + ": ", who(s.Name)}}
	for _, r := range paragraph(head, strings.Join(said, " · "), plain, p.width-1) {
		p.line(b, append(row{{" ", plain}}, r...))
	}
}

// rows is what is new on a screen.
func (s Screen) rows(room int) (rows []row) {
	for _, l := range s.Lines {
		rows = append(rows, l.rows(room)...)
	}
	if len(rows) == 0 {
		return []row{{{"·", faint}}}
	}
	return rows
}

// header names a screen's owner on a line.
func header(s Screen, cell int) row {
	role := ", " + s.Role + " "
	r := row{{"─ ", rule}, {s.Name, who(s.Name)}, {role, faint}}
	return append(r, piece{strings.Repeat("─", max(0, cell-r.width())), rule})
}

func (p *Printer) line(b *strings.Builder, r row) {
	p.pieces(b, r)
	b.WriteString("\n")
}

func (p *Printer) pieces(b *strings.Builder, r row) {
	for _, piece := range r {
		b.WriteString(p.paint(piece.style, piece.text))
	}
}
