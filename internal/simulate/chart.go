package simulate

import (
	"bytes"
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// chart is lines over two axes.
type chart struct {
	title  string
	x, y   string // what the axes say
	xTicks []plot.Tick
	yMax   float64
	yTicks []plot.Tick
	lines  []line
}

// line is what one policy or attack came to.
type line struct {
	name   string
	style  draw.LineStyle
	points []point
}

// point has a range if low or high differ from y.
type point struct{ x, y, low, high float64 }

// styles tell lines apart by colour, and by dashes for those who do not tell colours apart. The colours are
// Okabe and Ito's.
var styles = []draw.LineStyle{
	{Color: color.RGBA{0x56, 0xb4, 0xe9, 0xff}, Width: 2},
	{Color: color.RGBA{0x00, 0x72, 0xb2, 0xff}, Width: 2, Dashes: []vg.Length{7, 4}},
	{Color: color.RGBA{0xe6, 0x9f, 0x00, 0xff}, Width: 2.5, Dashes: []vg.Length{2, 3}},
	{Color: color.RGBA{0x00, 0x9e, 0x73, 0xff}, Width: 2, Dashes: []vg.Length{9, 3, 2, 3}},
	{Color: color.RGBA{0xd5, 0x5e, 0x00, 0xff}, Width: 3},
	{Color: color.RGBA{0xcc, 0x79, 0xa7, 0xff}, Width: 2, Dashes: []vg.Length{4, 4}},
}

// Measures of a chart, in pixels.
const (
	chartWidth, chartHeight = 740, 400

	legendWidth = 170
	legendTop   = 40
	margin      = 10
	fontSize    = 13
)

// png draws the chart, with its legend on the right.
func (c chart) png() ([]byte, error) {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = c.title, c.x, c.y
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.ConstantTicks(c.xTicks), plot.ConstantTicks(c.yTicks)
	grid := plotter.NewGrid()
	grid.Vertical.Color = nil
	p.Add(grid)
	legend := plot.NewLegend()
	legend.Top, legend.Left, legend.Padding, legend.ThumbnailWidth = true, true, 6, 30
	for _, f := range []*font.Font{
		&p.Title.TextStyle.Font, &p.X.Label.TextStyle.Font, &p.Y.Label.TextStyle.Font,
		&p.X.Tick.Label.Font, &p.Y.Tick.Label.Font, &legend.TextStyle.Font,
	} {
		*f = font.Font{Typeface: "Liberation", Variant: "Sans", Size: fontSize}
	}
	for _, l := range c.lines {
		if err := l.add(p, &legend); err != nil {
			return nil, err
		}
	}
	p.X.Min, p.X.Max = c.xTicks[0].Value, c.xTicks[len(c.xTicks)-1].Value
	p.Y.Min, p.Y.Max = 0, c.yMax
	canvas := vgimg.NewWith(vgimg.UseDPI(72), vgimg.UseWH(chartWidth, chartHeight), vgimg.UseBackgroundColor(color.White))
	sheet := draw.New(canvas)
	p.Draw(draw.Crop(sheet, margin, -legendWidth, margin, -margin))
	legend.Draw(draw.Crop(sheet, chartWidth-legendWidth+margin, 0, 0, -legendTop))
	var b bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return b.Bytes(), nil
}

// add adds the line, and its points' ranges.
func (l line) add(p *plot.Plot, legend *plot.Legend) error {
	ranges := struct {
		plotter.XYs
		plotter.YErrors
	}{}
	xys := make(plotter.XYs, len(l.points))
	for i, q := range l.points {
		xys[i] = plotter.XY{X: q.x, Y: q.y}
		if q.low != q.y || q.high != q.y {
			ranges.XYs = append(ranges.XYs, xys[i])
			ranges.YErrors = append(ranges.YErrors, struct{ Low, High float64 }{q.y - q.low, q.high - q.y})
		}
	}
	drawn, err := plotter.NewLine(xys)
	if err != nil {
		return fmt.Errorf("draw %s: %w", l.name, err)
	}
	drawn.LineStyle = l.style
	p.Add(drawn)
	legend.Add(l.name, drawn)
	if len(ranges.XYs) == 0 {
		return nil
	}
	bars, err := plotter.NewYErrorBars(ranges)
	if err != nil {
		return fmt.Errorf("draw %s: %w", l.name, err)
	}
	bars.Color, bars.CapWidth = l.style.Color, 0
	p.Add(bars)
	return nil
}
