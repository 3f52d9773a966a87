package digest

import (
	"fmt"
	"image/color"
	"math"
	"testing"
)

func TestContrast(t *testing.T) {
	t.Parallel()
	atLeast := func(want float64, what string, c paint) {
		t.Helper()
		if got := contrast(colours[c], ground); got < want {
			t.Errorf("%s has a contrast of %.2f to the ground, want %.1f", what, got, want)
		}
	}
	for name, c := range map[string]paint{"a text": ink, "a smaller text": muted, "a rise": yellow, "a fall": sky} {
		atLeast(7, name, c)
	}
	for i, part := range tints {
		for j, tint := range part {
			what := fmt.Sprintf("bar %d of part %d", j, i)
			atLeast(3, what, tint.now)
			atLeast(3, what+", the period before", tint.before)
			if contrast(colours[tint.now], ground) < 1.5*contrast(colours[tint.before], ground) {
				t.Errorf("%s is hardly paler for the period before", what)
			}
		}
	}
}

// The colours are one byte of a palette.
func TestPalette(t *testing.T) {
	t.Parallel()
	p := palette()
	if len(p) != 1+int(paints)*shades || len(p) > 256 {
		t.Errorf("there are %d colours", len(p))
	}
	for c, want := range colours {
		if got := p[(c+1)*shades]; got != want {
			t.Errorf("the full colour %d is %v, want %v", c, got, want)
		}
	}
}

// The formula is known by its ends.
func TestContrastFormula(t *testing.T) {
	t.Parallel()
	white, black := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	for _, c := range []struct {
		a, b color.RGBA
		want float64
	}{
		{white, black, 21},
		{black, white, 21},
		{white, white, 1},
		{white, color.RGBA{0x76, 0x76, 0x76, 255}, 4.54},
	} {
		if got := contrast(c.a, c.b); math.Abs(got-c.want) > 0.01 {
			t.Errorf("contrast of %v and %v is %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// contrast is that of WCAG 2, from 1 to 21.
func contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
