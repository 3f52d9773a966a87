package simulate

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// chart is lines over two axes. Only the canvas of gonum's plot is used, for the reason that package digest
// gives: the plot package itself would cost the bot, which draws no lines, its fonts at every start.
type chart struct {
	title  string
	x, y   string // what the axes say
	xTicks []tick
	yMax   float64
	yTicks []tick
	lines  []line
}

// tick is a mark on an axis.
type tick struct {
	at    float64
	label string
}

// line is what one policy or attack came to.
type line struct {
	name   string
	style  style
	points []point
}

// point has a range if low or high differ from y.
type point struct{ x, y, low, high float64 }

// style tells lines apart by colour, and by dashes for those who do not tell colours apart. The colours are
// Okabe and Ito's.
type style struct {
	color  color.Color
	dashes []vg.Length
	wide   vg.Length
}

var styles = []style{
	{color.RGBA{0x56, 0xb4, 0xe9, 0xff}, nil, 2},
	{color.RGBA{0x00, 0x72, 0xb2, 0xff}, []vg.Length{7, 4}, 2},
	{color.RGBA{0xe6, 0x9f, 0x00, 0xff}, []vg.Length{2, 3}, 2.5},
	{color.RGBA{0x00, 0x9e, 0x73, 0xff}, []vg.Length{9, 3, 2, 3}, 2},
	{color.RGBA{0xd5, 0x5e, 0x00, 0xff}, nil, 3},
	{color.RGBA{0xcc, 0x79, 0xa7, 0xff}, []vg.Length{4, 4}, 2},
}

// Measures of a chart, in pixels.
const (
	chartWidth, chartHeight = 740, 400

	plotLeft, plotRight = 70, 560
	plotTop, plotBottom = 50, 345
	legendAt            = plotRight + 20
	fontSize            = 13
)

var (
	ink   = color.RGBA{0x22, 0x22, 0x22, 0xff}
	faint = color.RGBA{0xdd, 0xdd, 0xdd, 0xff}
)

var face = sync.OnceValues(func() (font.Face, error) {
	f, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		return font.Face{}, fmt.Errorf("parse the font: %w", err)
	}
	return font.Face{Font: font.Font{Size: fontSize}, Face: f}, nil
})

// pen draws a chart.
type pen struct {
	*vgimg.Canvas

	chart chart
	face  font.Face
}

// png draws the chart.
func (c chart) png() ([]byte, error) {
	f, err := face()
	if err != nil {
		return nil, err
	}
	p := pen{chart: c, face: f, Canvas: vgimg.NewWith(
		vgimg.UseDPI(72), vgimg.UseWH(chartWidth, chartHeight), vgimg.UseBackgroundColor(color.White),
	)}
	p.axes()
	for i, l := range c.lines {
		p.line(l)
		p.legend(i, l)
	}
	var b bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: p.Canvas}).WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return b.Bytes(), nil
}

// at is a place in pixels from the upper left.
func at(x, y float64) vg.Point { return vg.Point{X: vg.Length(x), Y: vg.Length(chartHeight - y)} }

// place is where a point of the chart is.
func (p pen) place(x, y float64) (float64, float64) {
	t := p.chart.xTicks
	from, to := t[0].at, t[len(t)-1].at
	return plotLeft + (plotRight-plotLeft)*(x-from)/(to-from), plotBottom - (plotBottom-plotTop)*y/p.chart.yMax
}

func (p pen) axes() {
	for _, t := range p.chart.yTicks {
		_, y := p.place(p.chart.xTicks[0].at, t.at)
		p.stroke(style{color: faint, wide: 1}, at(plotLeft, y), at(plotRight, y))
		p.text(t.label, plotLeft-8-p.long(t.label), y+4)
	}
	for _, t := range p.chart.xTicks {
		x, y := p.place(t.at, 0)
		p.stroke(style{color: ink, wide: 1}, at(x, y), at(x, y+5))
		p.text(t.label, x-p.long(t.label)/2, y+20)
	}
	p.stroke(style{color: ink, wide: 1}, at(plotLeft, plotBottom), at(plotRight, plotBottom))
	p.text(p.chart.title, plotLeft, 22)
	p.text(p.chart.y, plotLeft-60, 42)
	p.text(p.chart.x, (plotLeft+plotRight)/2-p.long(p.chart.x)/2, plotBottom+44)
}

func (p pen) line(l line) {
	var way []vg.Point
	for _, q := range l.points {
		x, y := p.place(q.x, q.y)
		way = append(way, at(x, y))
		if q.low != q.y || q.high != q.y {
			_, low := p.place(q.x, q.low)
			_, high := p.place(q.x, min(q.high, p.chart.yMax))
			p.stroke(style{color: l.style.color, wide: 1}, at(x, low), at(x, high))
		}
	}
	p.stroke(l.style, way...)
}

func (p pen) legend(i int, l line) {
	y := float64(plotTop + 10 + 24*i)
	p.stroke(l.style, at(legendAt, y), at(legendAt+30, y))
	p.text(l.name, legendAt+38, y+4)
}

func (p pen) stroke(s style, way ...vg.Point) {
	if len(way) < 2 {
		return
	}
	var path vg.Path
	path.Move(way[0])
	for _, w := range way[1:] {
		path.Line(w)
	}
	p.SetColor(s.color)
	p.SetLineWidth(s.wide)
	p.SetLineDash(s.dashes, 0)
	p.Stroke(path)
}

func (p pen) text(s string, x, y float64) {
	p.SetColor(ink)
	p.FillString(p.face, at(math.Round(x), math.Round(y)), s)
}

func (p pen) long(s string) float64 { return float64(p.face.Width(s)) }
