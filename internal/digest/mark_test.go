package digest

import (
	"image/color"
	"math"
	"testing"
)

func TestContrast(t *testing.T) {
	t.Parallel()
	atLeast := func(want float64, what string, c color.RGBA) {
		if got := contrast(c, ground); got < want {
			t.Errorf("%s has a contrast of %.2f to the ground, want %.1f", what, got, want)
		}
	}
	atLeast(7, "a number", ink)
	for m := Red; m.known(); m++ {
		atLeast(3, m.Emoji(), marks[m].full)
		atLeast(3, m.Emoji()+" of the period before", marks[m].pale)
		if contrast(marks[m].full, ground) < 1.15*contrast(marks[m].pale, ground) {
			t.Errorf("%s is hardly paler for the period before", m.Emoji())
		}
	}
	if contrast(marks[White].full, marks[Black].full) < 3 {
		t.Error("the two greys are hardly told apart")
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

func TestEmoji(t *testing.T) {
	t.Parallel()
	all := ""
	for m := Red; m <= Black; m++ {
		all += m.Emoji()
	}
	if want := "🟥🟧🟨🟩🟦🟪🟫⬜⬛"; all != want {
		t.Errorf("got %s, want %s", all, want)
	}
	if Mark(-1).Emoji() != "" || (Black+1).Emoji() != "" {
		t.Error("a mark that there is not has an emoji")
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
