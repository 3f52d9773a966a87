package digest

import (
	"image"
	"strconv"
)

// Measures of the picture, in pixels. On a phone a third of them is left. Telegram takes sides that add up to 10 000 and are not
// twenty times each other's; the rest is what looks well.
const (
	width  = 1080
	margin = 48 // around everything
	inner  = width - 2*margin

	titleHigh  = 92 // from one line to the next
	lineHigh   = 60
	headHigh   = 66
	nameHigh   = 62
	legendHigh = 62
	apart      = 22 // above and below a rule

	thick  = 26 // a bar
	thin   = 10 // that of the period before
	under  = 4  // between the two
	below  = 20 // under a bar
	corner = 5  // how round a corner is
	tiny   = 4  // the shortest bar of a number that is not 0
	stub   = 60 // the bar of a hidden number

	sign   = 26 // a triangle
	badge  = 48 // the sign in place of a name
	column = 28 // between the name, the number and the change
)

// How texts are written. The smallest are 11 pixels high on a phone.
var (
	titleStyle  = style{bold, 54}
	headStyle   = style{bold, 36}
	nameStyle   = style{regular, 41}
	numberStyle = style{bold, 42}
	fewStyle    = style{regular, 38}
	changeStyle = style{bold, 36}
	legendStyle = style{regular, 34}
	badgeStyle  = style{bold, 34}
)

// tints are the colours of the bars of each part, and of the bars of the period before under them.
var tints = [][]struct{ now, before paint }{
	{{orange, paleOrange}, {sky, paleSky}, {grey, paleGrey}},
	{{green, paleSky}},
}

// A drawer draws a picture from top to bottom.
type drawer struct {
	*canvas
	*typesetter
	mirrored bool // names stand at the right
	y        int  // how far it is
	scale    float64
	changes  int // how wide the changes are, 0 if there are none
}

func (p Picture) draw() *canvas {
	mirrored := rightToLeft(p.Title)
	d := &drawer{
		canvas: newCanvas(width, p.height()), typesetter: newTypesetter(mirrored), mirrored: mirrored, y: margin / 2, scale: p.scale(),
	}
	for _, b := range p.all() {
		if change, ok := b.change(); ok {
			d.changes = max(d.changes, sign+8+d.line(digits(max(change, -change)), changeStyle, inner).width)
		}
	}
	d.text(p.Title, titleStyle, ink, d.row(titleHigh), 0, inner)
	for _, b := range p.Lines {
		d.figure(b, p.Few, d.row(lineHigh))
	}
	for i, part := range p.Parts {
		if len(part.Bars) == 0 {
			continue
		}
		d.rule()
		d.text(part.Name, headStyle, muted, d.row(headHigh), 0, inner)
		for j, b := range part.Bars {
			tint := tints[min(i, len(tints)-1)]
			d.figure(b, p.Few, d.name())
			d.bars(b, tint[j%len(tint)].now, tint[j%len(tint)].before)
		}
	}
	if p.compared() {
		d.rule()
		d.legend(p)
	}
	return d.canvas
}

// height is how high the picture will be.
func (p Picture) height() int {
	h := margin + titleHigh + len(p.Lines)*lineHigh
	for _, part := range p.Parts {
		if len(part.Bars) > 0 {
			h += 2*apart + headHigh
		}
		for _, b := range part.Bars {
			h += nameHigh + thick + below
			if b.Before != nil {
				h += under + thin
			}
		}
	}
	if p.compared() {
		h += 2*apart + legendHigh
	}
	return h
}

// compared reports whether anything is compared with the period before.
func (p Picture) compared() bool {
	for _, b := range p.all() {
		if b.Before != nil {
			return true
		}
	}
	return false
}

// scale is how many pixels one case is. The longest bar is as long as there is room.
func (p Picture) scale() float64 {
	most := 0
	for _, part := range p.Parts {
		for _, b := range part.Bars {
			most = max(most, b.Now.shown())
			if b.Before != nil {
				most = max(most, b.Before.shown())
			}
		}
	}
	return inner / float64(max(1, most))
}

// row takes the next pixels from the top, and returns where they begin and end.
func (d *drawer) row(high int) (row [2]int) {
	row = [2]int{d.y, d.y + high}
	d.y += high
	return row
}

// name is the row of a name above its bar. Some letters reach far down, so that there is some room below.
func (d *drawer) name() (row [2]int) {
	const room = 8
	row = d.row(nameHigh)
	row[1] -= room
	return row
}

// rule draws a thin line from side to side.
func (d *drawer) rule() {
	row := d.row(2 * apart)
	d.box(faint, 0, inner, row[0]+apart-1, row[0]+apart+1, 0)
}

// box fills a part of a line. Its place is counted from where lines begin, which is the right if people read from there.
func (d *drawer) box(with paint, from, to, top, low, radius int) {
	var p path
	p.rounded(d.place(from, to, top, low), float32(radius), false)
	d.fill(with, p)
}

func (d *drawer) place(from, to, top, low int) image.Rectangle {
	if d.mirrored {
		from, to = inner-to, inner-from
	}
	return image.Rect(margin+from, top, margin+to, low)
}

// text writes between two places of a row, and returns how wide the text is.
func (d *drawer) text(text string, s style, with paint, row [2]int, from, to int) int {
	l := d.line(text, s, to-from)
	d.put(l, s, with, row, from)
	return l.width
}

// end writes a text that ends at a place of a row, and returns where it begins.
func (d *drawer) end(text string, s style, with paint, row [2]int, at int) int {
	l := d.line(text, s, at)
	d.put(l, s, with, row, at-l.width)
	return at - l.width
}

// put writes a line in the middle of a row: capital letters are some seven tenths of their size.
func (d *drawer) put(l line, s style, with paint, row [2]int, from int) {
	foot := (row[0]+row[1])/2 + s.size*7/20
	d.fill(with, l.outline(d.place(from, from+l.width, 0, 0).Min.X, foot))
}

// figure writes a name, its number, and how that changed.
func (d *drawer) figure(b Bar, few string, row [2]int) {
	at := inner
	if d.changes > 0 {
		if change, ok := b.change(); ok {
			d.change(change, row)
		}
		at -= d.changes + column
	}
	if b.Now.Few {
		at = d.end(few, fewStyle, muted, row, at)
	} else {
		at = d.end(digits(b.Now.shown()), numberStyle, ink, row, at)
	}
	if b.Number > 0 {
		d.badge(b.Number, row)
		return
	}
	d.text(b.Name, nameStyle, ink, row, 0, at-column)
}

// change draws the sign and the number of a change at the end of a row. The two directions differ in shape, and in colours
// that all people tell apart.
func (d *drawer) change(by int, row [2]int) {
	switch {
	case by > 0:
		d.triangle(yellow, d.end(digits(by), changeStyle, yellow, row, inner)-8-sign, row, true)
	case by < 0:
		d.triangle(sky, d.end(digits(-by), changeStyle, sky, row, inner)-8-sign, row, false)
	default: // as many as before
		mid := (row[0] + row[1]) / 2
		d.box(muted, inner-sign, inner, mid-8, mid-4, 0)
		d.box(muted, inner-sign, inner, mid+4, mid+8, 0)
	}
}

func (d *drawer) triangle(with paint, from int, row [2]int, up bool) {
	mid := (row[0] + row[1]) / 2
	b := d.place(from, from+sign, mid-sign*4/10, mid+sign*4/10)
	left, right, top, low := float32(b.Min.X), float32(b.Max.X), float32(b.Min.Y), float32(b.Max.Y)
	if !up {
		top, low = low, top
	}
	var p path
	p.polygon(point(left, low), point((left+right)/2, top), point(right, low))
	d.fill(with, p)
}

// badge draws a digit in a ring, for a name that cannot be written.
func (d *drawer) badge(number int, row [2]int) {
	mid := (row[0] + row[1]) / 2
	ring := d.place(0, badge, mid-badge/2, mid+badge/2)
	const pen = 3
	var p path
	p.rounded(ring, badge/2, false)
	p.rounded(ring.Inset(pen), badge/2-pen, true)
	d.fill(ink, p)
	l := d.line(strconv.Itoa(number), badgeStyle, badge)
	d.put(l, badgeStyle, ink, row, (badge-l.width)/2)
}

// bars draws the bar of a number, and the one of the period before under it.
func (d *drawer) bars(b Bar, now, before paint) {
	d.bar(b.Now, now, thick)
	if b.Before != nil {
		d.y += under
		d.bar(*b.Before, before, thin)
	}
	d.y += below
}

func (d *drawer) bar(c Count, with paint, high int) {
	row := d.row(high)
	if c.Few {
		d.hatch(with, d.place(0, stub, row[0], row[1]))
		return
	}
	n := c.shown()
	if n == 0 {
		return
	}
	long := max(tiny, int(float64(n)*d.scale))
	d.box(with, 0, long, row[0], row[1], min(corner, long/2, (high-1)/2))
}

// hatch draws a box as an outline with slanting lines in it: something is there, how much is not said.
func (d *drawer) hatch(with paint, b image.Rectangle) {
	const pen, step, slant = 3, 14, 3
	var p path
	p.rounded(b, corner, false)
	p.rounded(b.Inset(pen), corner-pen, true)
	top, low := float32(b.Min.Y+pen), float32(b.Max.Y-pen)
	lean := low - top
	for x := float32(b.Min.X + pen); x+lean+slant <= float32(b.Max.X-pen); x += step {
		p.polygon(point(x, low), point(x+lean, top), point(x+lean+slant, top), point(x+slant, low))
	}
	d.fill(with, p)
}

// legend explains the two kinds of bars, and the signs.
func (d *drawer) legend(p Picture) {
	const swatch, near = 44, 14
	const signs = 2*swatch + 2*sign + 4 + 3*near
	words := []string{p.Now, p.Before, p.Change}
	room, wide := inner-signs, 0
	for _, word := range words {
		wide += d.line(word, legendStyle, inner).width
	}
	most := room
	if wide+2*near > room { // in no language; but nothing may leave the picture
		most = (room - 2*near) / len(words)
		wide = room
	}
	gap := max(near, min(2*column, (room-wide)/2))
	row := d.row(legendHigh)
	mid := (row[0] + row[1]) / 2
	write := func(i, at int) int { return at + d.text(words[i], legendStyle, muted, row, at, at+most) + gap }

	d.box(orange, 0, swatch, mid-thick/2, mid+thick/2, corner)
	at := write(0, swatch+near)
	d.box(paleOrange, at, at+swatch, mid-thin/2, mid+thin/2, (thin-1)/2)
	at = write(1, at+swatch+near)
	d.triangle(yellow, at, row, true)
	d.triangle(sky, at+sign+4, row, false)
	write(2, at+2*sign+4+near)
}
