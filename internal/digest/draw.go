package digest

import (
	"fmt"
	"image/color"
	"math"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
)

// Measures of the picture, in pixels. Telegram takes sides that add up to 10 000 and are not twenty
// times each other's; the rest is what looks well.
const (
	width     = 800
	minHeight = 300
	maxHeight = 1600

	margin = 36 // around everything
	pitch  = 72 // from one bar to the next
	gap    = 36 // between groups, with the rule in its middle

	side   = 48 // the square at the left, and the height of all that stands beside it
	thick  = 30 // a bar that has the period before under it; alone it is as high as the square
	thin   = 12 // the period before
	corner = 6  // how round a corner is
	tiny   = 4  // the shortest bar of a number that is not 0
	stub   = 40 // the bar of a hidden number
	left   = margin + side + 20
	right  = width - margin

	textSize    = 42
	digitHeight = 29 // of that
	textGap     = 14 // from a bar to its number
)

// face is parsed when the first picture is drawn: a bot that draws none does not pay.
var face = sync.OnceValues(func() (font.Face, error) {
	f, err := opentype.Parse(liberationsansbold.TTF)
	if err != nil {
		return font.Face{}, fmt.Errorf("parse the font: %w", err)
	}
	return font.Face{Font: font.Font{Size: textSize}, Face: f}, nil
})

// draw draws groups that have bars.
func draw(groups [][]Bar) (*sheet, error) {
	f, err := face()
	if err != nil {
		return nil, err
	}
	l := plan(groups, f)
	s := newSheet(l.height, f)
	y := l.top
	for i, g := range groups {
		if i > 0 {
			mid := y + (l.gap-(l.pitch-side))/2
			s.fill(faint, box{margin, mid - 1, right, mid + 1}, 0)
			y += l.gap
		}
		for _, b := range g {
			s.bar(y, b, l)
			y += l.pitch
		}
	}
	return s, nil
}

// A layout is where everything goes.
type layout struct {
	height, top, pitch, gap int
	scale                   float64 // pixels for one case
	compared                bool    // there is a period before
}

func plan(groups [][]Bar, f font.Face) layout {
	l := layout{pitch: pitch, gap: gap, scale: math.Inf(1)}
	rows := 0
	for _, g := range groups {
		rows += len(g)
		for _, b := range g {
			room := right - left - textGap - float64(f.Width(b.Now.label()))
			l.scale = min(l.scale, room/float64(b.Now.shown()))
			if b.Before != nil {
				l.compared = true
				l.scale = min(l.scale, (right-left)/float64(b.Before.shown()))
			}
		}
	}
	content := side + (rows-1)*pitch + (len(groups)-1)*gap
	if spare, want := maxHeight-2*margin-side, content-side; want > spare {
		l.pitch, l.gap = pitch*spare/want, gap*spare/want
		content = side + (rows-1)*l.pitch + (len(groups)-1)*l.gap
	}
	l.height = max(minHeight, content+2*margin)
	l.top = (l.height - content) / 2
	return l
}

// length is how long the bar of a number is that may be shown.
func (l layout) length(c Count) int {
	n := c.shown()
	if n == 0 {
		return 0
	}
	return max(tiny, int(float64(n)*l.scale))
}

// bar draws a square, what stands beside it, and the number at its end.
func (s *sheet) bar(y int, b Bar, l layout) {
	m := marks[b.Mark]
	s.square(b.Mark, y)
	high := side
	if l.compared {
		high = thick
	}
	end := s.count(b.Now, m.full, y, high, l)
	if end > left {
		end += textGap
	}
	s.text(b.Now.label(), end, y+high/2)
	if b.Before != nil {
		s.count(*b.Before, m.pale, y+side-thin, thin, l)
	}
}

// square draws the label at the left. Black's is black with an edge, or it would not be taken for
// the black square of the caption: black without an edge could not be seen at all.
func (s *sheet) square(m Mark, y int) {
	b := box{margin, y, margin + side, y + side}
	s.fill(marks[m].full, b, corner+2)
	if m == Black {
		const edge = 4
		s.fill(black, box{b.x0 + edge, b.y0 + edge, b.x1 - edge, b.y1 - edge}, corner+2-edge)
	}
}

// count draws a bar without its number and answers where it ends.
func (s *sheet) count(c Count, paint color.Color, y, high int, l layout) int {
	if c.Few {
		s.hatch(paint, box{left, y, left + stub, y + high}, max(2, high/10), max(6, high/3))
		return left + stub
	}
	long := l.length(c)
	if long > 0 {
		s.fill(paint, box{left, y, left + long, y + high}, min(corner, long/2, (high-1)/2))
	}
	return left + long
}
