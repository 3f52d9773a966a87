package digest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// A paint is a colour to draw with.
type paint uint8

const (
	ink    paint = iota // names and numbers
	muted               // what matters less
	faint               // rules
	orange              // colours that people tell apart who see few, and their paler kin
	sky
	grey
	green
	yellow
	paleOrange
	paleSky
	paleGrey
	paints
)

// ground is the background. Text is at least 7:1 against it, every bar at least 3:1.
var ground = color.RGBA{0x14, 0x1c, 0x26, 0xff}

// colours are what the paints look like. The strong ones are Okabe and Ito's.
var colours = [paints]color.RGBA{
	ink:        {0xf1, 0xf5, 0xf9, 0xff},
	muted:      {0xb4, 0xc0, 0xcd, 0xff},
	faint:      {0x3a, 0x48, 0x58, 0xff},
	orange:     {0xe6, 0x9f, 0x00, 0xff},
	sky:        {0x56, 0xb4, 0xe9, 0xff},
	grey:       {0xc4, 0xc9, 0xd0, 0xff},
	green:      {0x1f, 0xb8, 0x8c, 0xff},
	yellow:     {0xf0, 0xe4, 0x42, 0xff},
	paleOrange: {0x96, 0x6c, 0x10, 0xff},
	paleSky:    {0x3d, 0x7a, 0xa0, 0xff},
	paleGrey:   {0x7f, 0x87, 0x91, 0xff},
}

// shades is how many steps there are from the ground to a paint, at the edges of what is drawn.
const shades = 23

// palette is the ground, and the shades of each paint. All that is drawn lies on the ground alone, so these are all colours that a
// picture has, and a byte is enough for a pixel.
func palette() color.Palette {
	all := color.Palette{ground}
	for _, c := range colours {
		for s := 1; s <= shades; s++ {
			mix := func(from, to uint8) uint8 { return uint8((int(from)*(shades-s) + int(to)*s) / shades) }
			all = append(all, color.RGBA{mix(ground.R, c.R), mix(ground.G, c.G), mix(ground.B, c.B), 0xff})
		}
	}
	return all
}

// A canvas is what is drawn on. It counts pixels from the top left.
type canvas struct {
	image  *image.Paletted
	raster *vector.Rasterizer
}

func newCanvas(width, height int) *canvas {
	return &canvas{
		image:  image.NewPaletted(image.Rect(0, 0, width, height), palette()),
		raster: vector.NewRasterizer(0, 0),
	}
}

func (c *canvas) png() ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, c.image)
	return b.Bytes(), err
}

// fill paints the inside of a path.
func (c *canvas) fill(with paint, p path) {
	box := p.bounds().Intersect(c.image.Rect)
	if box.Empty() {
		return
	}
	c.raster.Reset(box.Dx(), box.Dy())
	p.to(c.raster, float32(box.Min.X), float32(box.Min.Y))
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	c.raster.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	for y := range box.Dy() {
		row := c.image.Pix[c.image.PixOffset(box.Min.X, box.Min.Y+y):]
		for x, a := range mask.Pix[y*mask.Stride : y*mask.Stride+box.Dx()] {
			if s := (int(a)*shades + 127) / 255; s > 0 {
				row[x] = uint8(int(with)*shades + s)
			}
		}
	}
}

// A path is the outline of what is to be filled: closed rounds of lines and curves.
type path []opentype.Segment

func point(x, y float32) opentype.SegmentPoint { return opentype.SegmentPoint{X: x, Y: y} }

func (p *path) add(op opentype.SegmentOp, points ...opentype.SegmentPoint) {
	s := opentype.Segment{Op: op}
	copy(s.Args[:], points)
	*p = append(*p, s)
}

// letter adds a letter, whose foot is at a place.
func (p *path) letter(l font.GlyphOutline, x, y, scale float32) {
	for _, s := range l.Segments {
		for i, at := range s.Args {
			s.Args[i] = point(x+at.X*scale, y-at.Y*scale) // in fonts, up is up
		}
		*p = append(*p, s)
	}
}

// polygon adds straight lines.
func (p *path) polygon(points ...opentype.SegmentPoint) {
	for i, at := range points {
		op := opentype.SegmentOpLineTo
		if i == 0 {
			op = opentype.SegmentOpMoveTo
		}
		p.add(op, at)
	}
}

// rounded adds a box with round corners. One that is turned the other way round cuts a hole into another.
func (p *path) rounded(b image.Rectangle, radius float32, hole bool) {
	x0, y0, x1, y1 := float32(b.Min.X), float32(b.Min.Y), float32(b.Max.X), float32(b.Max.Y)
	const bend = 0.4477 // how far from the corner a curve is bent to, for a quarter of a circle
	k := radius * bend
	corners := [4][4]opentype.SegmentPoint{ // where it begins, two points that bend it, and where it ends
		{point(x0, y0+radius), point(x0, y0+k), point(x0+k, y0), point(x0+radius, y0)},
		{point(x1-radius, y0), point(x1-k, y0), point(x1, y0+k), point(x1, y0+radius)},
		{point(x1, y1-radius), point(x1, y1-k), point(x1-k, y1), point(x1-radius, y1)},
		{point(x0+radius, y1), point(x0+k, y1), point(x0, y1-k), point(x0, y1-radius)},
	}
	op := opentype.SegmentOpMoveTo
	for i := range corners {
		c := corners[i]
		if hole {
			c = corners[3-i]
			c[0], c[1], c[2], c[3] = c[3], c[2], c[1], c[0]
		}
		p.add(op, c[0])
		p.add(opentype.SegmentOpCubeTo, c[1], c[2], c[3])
		op = opentype.SegmentOpLineTo
	}
}

// bounds are the pixels that a path can touch.
func (p path) bounds() image.Rectangle {
	var box image.Rectangle
	for _, s := range p {
		for _, at := range s.ArgsSlice() {
			x, y := int(at.X), int(at.Y)
			box = box.Union(image.Rect(x-1, y-1, x+2, y+2))
		}
	}
	return box
}

// to draws the path, moved to where the raster begins.
func (p path) to(r *vector.Rasterizer, x, y float32) {
	for i, s := range p {
		a := s.Args
		for j := range a {
			a[j].Move(-x, -y)
		}
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				r.ClosePath()
			}
			r.MoveTo(a[0].X, a[0].Y)
		case opentype.SegmentOpLineTo:
			r.LineTo(a[0].X, a[0].Y)
		case opentype.SegmentOpQuadTo:
			r.QuadTo(a[0].X, a[0].Y, a[1].X, a[1].Y)
		case opentype.SegmentOpCubeTo:
			r.CubeTo(a[0].X, a[0].Y, a[1].X, a[1].Y, a[2].X, a[2].Y)
		}
	}
	r.ClosePath()
}
