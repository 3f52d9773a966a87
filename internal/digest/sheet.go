package digest

import (
	"bytes"
	"image/color"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// A sheet is what is drawn on. It counts pixels from the top, as pictures do.
type sheet struct {
	canvas *vgimg.Canvas
	height int
	face   font.Face
}

// A box reaches from its left upper pixel to its right lower one, which is no part of it.
type box struct{ x0, y0, x1, y1 int }

func newSheet(height int, f font.Face) *sheet {
	return &sheet{
		canvas: vgimg.NewWith(
			vgimg.UseDPI(72), // a point is a pixel
			vgimg.UseWH(width, vg.Length(height)),
			vgimg.UseBackgroundColor(ground),
		),
		height: height,
		face:   f,
	}
}

func (s *sheet) png() ([]byte, error) {
	var b bytes.Buffer
	_, err := vgimg.PngCanvas{Canvas: s.canvas}.WriteTo(&b)
	return b.Bytes(), err
}

func (s *sheet) at(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(x), Y: vg.Length(float64(s.height) - y)}
}

// fill paints a box with round corners.
func (s *sheet) fill(c color.Color, b box, radius int) {
	s.canvas.SetColor(c)
	s.canvas.Fill(s.outline(b, 0, float64(radius)))
}

// hatch draws a box as an outline with slanting lines in it: something is there, how much is not
// said.
func (s *sheet) hatch(c color.Color, b box, pen, step int) {
	half := float64(pen) / 2
	s.canvas.SetColor(c)
	s.canvas.SetLineWidth(vg.Length(pen))
	s.canvas.Stroke(s.outline(b, half, min(corner, float64(b.y1-b.y0)/2)-half))

	x, y := float64(b.x0)+half, float64(b.y1)-half
	w, h := float64(b.x1-b.x0)-2*half, float64(b.y1-b.y0)-2*half
	for d := float64(step) - h; d < w; d += float64(step) { // where a line would meet the lower side
		from, to := max(0, -d), min(h, w-d)
		var p vg.Path
		p.Move(s.at(x+d+from, y-from))
		p.Line(s.at(x+d+to, y-to))
		s.canvas.Stroke(p)
	}
}

// outline goes round a box with round corners, some way inside its edge.
func (s *sheet) outline(b box, inside, radius float64) vg.Path {
	x0, y0 := float64(b.x0)+inside, float64(b.y0)+inside
	x1, y1 := float64(b.x1)-inside, float64(b.y1)-inside
	r, quarter := vg.Length(radius), math.Pi/2
	var p vg.Path
	p.Move(s.at(x0+radius, y0))
	p.Line(s.at(x1-radius, y0))
	p.Arc(s.at(x1-radius, y0+radius), r, quarter, -quarter)
	p.Line(s.at(x1, y1-radius))
	p.Arc(s.at(x1-radius, y1-radius), r, 0, -quarter)
	p.Line(s.at(x0+radius, y1))
	p.Arc(s.at(x0+radius, y1-radius), r, -quarter, -quarter)
	p.Line(s.at(x0, y0+radius))
	p.Arc(s.at(x0+radius, y0+radius), r, 2*quarter, -quarter)
	p.Close()
	return p
}

// text writes digits, their left at x and their middle at y.
func (s *sheet) text(str string, x, y int) {
	s.canvas.SetColor(ink)
	s.canvas.FillString(s.face, s.at(float64(x), float64(y+digitHeight/2)), str)
}
