package digest

import (
	"bytes"
	_ "embed" // of the fonts
	"slices"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// The fonts, as fonts/subset.sh makes them.
var (
	//go:embed fonts/latin-regular.ttf
	latinRegular []byte
	//go:embed fonts/latin-bold.ttf
	latinBold []byte
	//go:embed fonts/arabic-regular.ttf
	arabicRegular []byte
	//go:embed fonts/arabic-bold.ttf
	arabicBold []byte
	//go:embed fonts/chinese-regular.otf
	chineseRegular []byte
	//go:embed fonts/chinese-bold.otf
	chineseBold []byte
	//go:embed fonts/devanagari-regular.ttf
	devanagari []byte
)

// A weight is how thick letters are.
type weight int

const (
	regular weight = iota
	bold
)

// fonts are those of each weight. A letter is taken from the first that has it.
var fonts = func() [2][]func() *font.Font {
	hindi := reader(devanagari)
	return [2][]func() *font.Font{
		regular: {reader(latinRegular), reader(arabicRegular), reader(chineseRegular), hindi},
		bold:    {reader(latinBold), reader(arabicBold), reader(chineseBold), hindi},
	}
}()

// reader reads a font when it is first needed: a bot that draws nothing, or only Latin letters, does not pay for others.
func reader(file []byte) func() *font.Font {
	return sync.OnceValue(func() *font.Font {
		face, err := font.ParseTTF(bytes.NewReader(file))
		if err != nil {
			panic(err) // the files are part of the program, and tested
		}
		return face.Font
	})
}

// CanWrite reports whether the fonts have all letters of a text.
func CanWrite(text string) bool {
	for _, r := range text {
		has := func(f func() *font.Font) bool {
			_, has := f().NominalGlyph(r)
			return has
		}
		if !unicode.Is(unicode.Cf, r) && !slices.ContainsFunc(fonts[regular], has) {
			return false
		}
	}
	return true
}

// rightToLeft reports whether a text is written so: whether its first letter is.
func rightToLeft(text string) bool {
	for _, r := range text {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// A typesetter turns texts into lines of letters. Nobody else may use it at the same time.
type typesetter struct {
	faces     [2]faces
	direction di.Direction
	shaper    shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
	wrapper   shaping.LineWrapper
}

// faces are the fonts of a weight, as one typesetter uses them. Those that it does not need are nil.
type faces struct {
	weight weight
	all    [4]*font.Face
}

// ResolveFace implements [shaping.Fontmap].
func (f *faces) ResolveFace(r rune) *font.Face {
	for i, read := range fonts[f.weight] {
		if f.all[i] == nil {
			f.all[i] = font.NewFace(read())
		}
		if _, has := f.all[i].NominalGlyph(r); has {
			return f.all[i]
		}
	}
	return f.all[0]
}

func newTypesetter(rightToLeft bool) *typesetter {
	t := &typesetter{faces: [2]faces{{weight: regular}, {weight: bold}}, direction: di.DirectionLTR}
	if rightToLeft {
		t.direction = di.DirectionRTL
	}
	return t
}

// A style is how a text is written.
type style struct {
	weight weight
	size   int // in pixels
}

// A line is a text in letters, from left to right as they stand on the paper.
type line struct {
	runs  []shaping.Output
	width int
}

// line writes a text. One that is wider than it may be is cut off, with dots.
func (t *typesetter) line(text string, s style, most int) line {
	runes := []rune(text)
	if len(runes) == 0 {
		return line{}
	}
	config := shaping.WrapConfig{Direction: t.direction, TruncateAfterLines: 1, Truncator: t.dots(s)}
	lines, _ := t.wrapper.WrapParagraph(config, most, runes, shaping.NewSliceIterator(t.shape(runes, s)))
	if len(lines) == 0 {
		return line{}
	}
	l := line{runs: slices.Clone(lines[0])}
	slices.SortStableFunc(l.runs, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
	var width fixed.Int26_6
	for _, run := range l.runs {
		width += run.Advance
	}
	l.width = width.Ceil()
	return l
}

// shape chooses the letters of a text, in pieces of one font and one direction each.
func (t *typesetter) shape(runes []rune, s style) []shaping.Output {
	whole := shaping.Input{Text: runes, RunEnd: len(runes), Direction: t.direction, Size: fixed.I(s.size)}
	var shaped []shaping.Output
	for _, piece := range t.segmenter.Split(whole, &t.faces[s.weight]) {
		shaped = append(shaped, t.shaper.Shape(piece))
	}
	return shaped
}

func (t *typesetter) dots(s style) shaping.Output { return t.shape([]rune("…"), s)[0] }

// outline is the line as a path, its left at x and its foot at y.
func (l line) outline(x, y int) path {
	var p path
	at := fixed.I(x)
	for _, run := range l.runs {
		scale := float32(run.Size) / 64 / float32(run.Face.Upem())
		for _, g := range run.Glyphs {
			letter, _ := run.Face.GlyphDataOutline(g.GlyphID)
			p.letter(letter, pixels(at+g.XOffset), float32(y)-pixels(g.YOffset), scale)
			at += g.Advance
		}
	}
	return p
}

func pixels(n fixed.Int26_6) float32 { return float32(n) / 64 }
