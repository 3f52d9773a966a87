package digest

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

var few = Count{Few: true}

func n(i int) Count { return Count{N: i} }

func before(i int) *Count { return &Count{N: i} }

// week is a digest as a group of some size has it.
func week() Picture {
	return Picture{Groups: [][]Bar{
		{
			{Red, n(14), before(9)},
			{Green, n(31), before(38)},
			{White, few, before(6)},
			{Black, n(5), &few},
		},
		{
			{Orange, n(22), before(12)},
			{Yellow, n(9), before(15)},
			{Blue, n(3), nil},
			{Purple, few, &few},
		},
		{
			{Brown, n(6), before(4)},
			{Red, n(0), before(3)},
			{Purple, n(11), before(0)},
		},
	}}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]Picture{
		"week": week(),
		"first": {Groups: [][]Bar{
			{{Red, n(1240), nil}, {Green, n(43210), nil}, {White, few, nil}},
			{{Black, n(8000), nil}, {Purple, n(0), nil}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", name+".png")
			got := mustPNG(t, p)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := difference(decode(t, want), decode(t, got)); d != "" {
				t.Errorf("%s; if it is meant so: go test ./internal/digest -update", d)
			}
		})
	}
}

// Lines are as long as the numbers say, whatever group they stand in.
func TestLengths(t *testing.T) {
	t.Parallel()
	img := decode(t, mustPNG(t, Picture{Groups: [][]Bar{
		{{Red, n(10), before(40)}, {Green, n(20), before(5)}},
		{{Blue, n(40), before(0)}, {White, n(0), before(10)}},
		nil,
	}}))
	type line struct{ now, before int }
	var got []line
	for i, m := range []Mark{Red, Green, Blue, White} {
		y := margin + i*pitch + i/2*gap
		if c := img.RGBAAt(margin+side/2, y+side/2); c != marks[m].full {
			t.Errorf("the square of line %d has the colour %v, want that of %s", i, c, m.Emoji())
		}
		got = append(got, line{
			now:    run(img, y+thick/2, marks[m].full),
			before: run(img, y+side-thin/2, marks[m].pale),
		})
	}
	unit := float64(got[2].now) / 40
	for i, want := range []line{{10, 40}, {20, 5}, {40, 0}, {0, 10}} {
		near := func(got, want int) bool { return math.Abs(float64(got)-unit*float64(want)) <= 1 }
		if !near(got[i].now, want.now) || !near(got[i].before, want.before) {
			t.Errorf("line %d is %v pixels long, want %v times %.2f", i, got[i], want, unit)
		}
	}
	if unit < 14 {
		t.Errorf("the longest bar, %d pixels, leaves the picture empty", got[2].now)
	}
}

func TestSmallestIsSeen(t *testing.T) {
	t.Parallel()
	img := decode(t, mustPNG(t, Picture{Groups: [][]Bar{{{Red, n(1_000_000), nil}, {Blue, n(1), nil}, {Green, n(0), nil}, {Brown, n(2), nil}}}}))
	for i, want := range []struct {
		mark    Mark
		visible bool
	}{{Red, true}, {Blue, true}, {Green, false}} {
		if got := run(img, margin+i*pitch+side/2, marks[want.mark].full) > 0; got != want.visible {
			t.Errorf("the bar %s is visible: %t", want.mark.Emoji(), got)
		}
	}
}

func TestDigitsAreReadable(t *testing.T) {
	t.Parallel()
	img := decode(t, mustPNG(t, Picture{Groups: [][]Bar{{{Red, n(0), nil}}}}))
	top, low := img.Bounds().Max.Y, 0
	for y := range img.Bounds().Max.Y {
		for x := left; x < width; x++ {
			if img.RGBAAt(x, y) == ink {
				top, low = min(top, y), max(low, y+1)
			}
		}
	}
	if low-top < 28 {
		t.Errorf("a digit is %d pixels high, on a phone that is less than 13", low-top)
	}
	if off := top + low - img.Bounds().Max.Y; off < -2 || off > 2 {
		t.Errorf("a digit from %d to %d is not in the middle of its line", top, low)
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Count{
		"<3": {N: 12345, Few: true}, "0": n(0), "7": n(7), "9999": n(9999),
		"10 000": n(10000), "123 456": n(123456), "1 000 000": n(1000000),
	} {
		if got := strings.ReplaceAll(c.label(), "\u2009", " "); got != want {
			t.Errorf("%+v is labelled %q, want %q", c, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		groups [][]Bar
		want   string
	}{
		"nothing":         {nil, "draw a digest: there is no bar to draw"},
		"empty groups":    {[][]Bar{nil, {}}, "draw a digest: there is no bar to draw"},
		"too many":        {[][]Bar{make([]Bar, MaxBars), make([]Bar, 1)}, "draw a digest: 21 bars are too many, a picture holds 20"},
		"negative":        {[][]Bar{{{Red, n(-1), nil}}}, "draw a digest: a number cannot be negative"},
		"negative before": {[][]Bar{{{Red, n(1), before(-1)}}}, "draw a digest: a number cannot be negative"},
		"unknown mark":    {[][]Bar{{{Black + 1, n(1), nil}}}, "draw a digest: there is no mark 9"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := Picture{Groups: c.groups}.PNG()
			if err == nil || err.Error() != c.want || b != nil {
				t.Errorf("got %d bytes and the error %v, want %q", len(b), err, c.want)
			}
		})
	}
}

// A hidden number leaves no trace.
func TestHidden(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(mustPNG(t, week()), mustPNG(t, disguised(week()))) {
		t.Error("the picture depends on a hidden number")
	}
}

// Any picture is one that Telegram takes and people can read, and hides what is hidden. To compress
// one takes longer than all the rest, so not each is.
func TestAnyPicture(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := Picture{Groups: rapid.SliceOfN(rapid.SliceOfN(bars(), 1, 5), 1, 4).Draw(t, "groups")}
		img := drawn(t, p)
		fits(t, img)
		if d := difference(img, drawn(t, disguised(p))); d != "" {
			t.Errorf("the picture depends on a hidden number: %s", d)
		}
		if rapid.IntRange(0, 9).Draw(t, "compressed") > 0 {
			return
		}
		b := mustPNG(t, p)
		if len(b) > 200<<10 {
			t.Errorf("%d bytes are too many", len(b))
		}
		if d := difference(img, decode(t, b)); d != "" {
			t.Errorf("what is drawn is not what is sent: %s", d)
		}
	})
}

// The pictures at the ends of what there can be.
func TestLimits(t *testing.T) {
	t.Parallel()
	crowd := func(c int) (groups [][]Bar) { // as high as it gets
		for i := range MaxBars {
			groups = append(groups, []Bar{{Mark(i % len(marks)), n(c), before(c)}})
		}
		return groups
	}
	for name, groups := range map[string][][]Bar{
		"one":         {{{Red, n(1), nil}}},
		"nothing":     {{{Red, n(0), before(0)}}},
		"hidden":      {{{Red, few, &few}}},
		"before only": {{{Red, n(0), before(math.MaxInt)}}},
		"widest":      {{{Red, n(math.MaxInt), nil}, {Blue, n(math.MaxInt / 10), nil}}},
		"crowd":       crowd(1_000_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := mustPNG(t, Picture{Groups: groups})
			if len(b) > 200<<10 {
				t.Errorf("%d bytes are too many", len(b))
			}
			fits(t, decode(t, b))
		})
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	want := mustPNG(t, week())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got, err := week().PNG(); err != nil || !bytes.Equal(got, want) {
				t.Errorf("the same picture has other bytes (%v)", err)
			}
		})
	}
	wg.Wait()
}

func BenchmarkPNG(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := week().PNG(); err != nil {
			b.Fatal(err)
		}
	}
}

func bars() *rapid.Generator[Bar] {
	count := rapid.Custom(func(t *rapid.T) Count {
		return Count{
			N:   rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(0, 1_000_000)).Draw(t, "n"),
			Few: rapid.IntRange(0, 3).Draw(t, "few") == 0,
		}
	})
	return rapid.Custom(func(t *rapid.T) Bar {
		return Bar{
			Mark:   Mark(rapid.IntRange(int(Red), int(Black)).Draw(t, "mark")),
			Now:    count.Draw(t, "now"),
			Before: rapid.Ptr(count, true).Draw(t, "before"),
		}
	})
}

// disguised has other numbers where they are hidden, impossible ones too.
func disguised(p Picture) Picture {
	other := func(c Count) Count {
		if c.Few {
			c.N = -1 - c.N*1000
		}
		return c
	}
	var q Picture
	for _, g := range p.Groups {
		var bars []Bar
		for _, b := range g {
			b.Now = other(b.Now)
			if b.Before != nil {
				c := other(*b.Before)
				b.Before = &c
			}
			bars = append(bars, b)
		}
		q.Groups = append(q.Groups, bars)
	}
	return q
}

// fits checks the size, and that nothing touches the edge: a number cut off would.
func fits(t interface{ Errorf(string, ...any) }, img *image.RGBA) {
	const edge = 8
	size := img.Bounds()
	if size.Dx() != width || size.Dy() < minHeight || size.Dy() > maxHeight {
		t.Errorf("the picture is %v", size)
	}
	inner := size.Inset(edge)
	for y := range size.Max.Y {
		for x := 0; x < size.Max.X; x++ {
			if image.Pt(x, y).In(inner) {
				x = inner.Max.X
			}
			if img.RGBAAt(x, y) != ground {
				t.Errorf("something is drawn at (%d, %d), nearer to the edge than %d pixels", x, y, edge)
				return
			}
		}
	}
}

// run is how many pixels of a colour there are in a line, right of the squares.
func run(img *image.RGBA, y int, c color.RGBA) int {
	long := 0
	for x := left; x < width; x++ {
		if img.RGBAAt(x, y) == c {
			long++
		}
	}
	return long
}

func mustPNG(t interface{ Fatal(...any) }, p Picture) []byte {
	b, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// drawn is a picture that was not compressed.
func drawn(t interface{ Fatal(...any) }, p Picture) *image.RGBA {
	s, err := draw(p.Groups)
	if err != nil {
		t.Fatal(err)
	}
	return s.canvas.Image().(*image.RGBA)
}

func decode(t interface{ Fatal(...any) }, b []byte) *image.RGBA {
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	rgba, ok := img.(*image.RGBA) // without transparency, that is
	if !ok {
		t.Fatal("the picture is not opaque")
	}
	return rgba
}

// difference says where two pictures differ. Other processors round otherwise where an edge is
// smoothed, there a shade more or less is no difference.
func difference(want, got *image.RGBA) string {
	if want.Bounds() != got.Bounds() {
		return fmt.Sprintf("the picture is %v, want %v", got.Bounds(), want.Bounds())
	}
	if bytes.Equal(want.Pix, got.Pix) {
		return ""
	}
	shade := 0
	if runtime.GOARCH != "amd64" {
		shade = 3
	}
	far := func(a, b uint8) bool { return max(a, b)-min(a, b) > uint8(shade) }
	for y := range want.Bounds().Max.Y {
		for x := range want.Bounds().Max.X {
			w, g := want.RGBAAt(x, y), got.RGBAAt(x, y)
			if far(w.R, g.R) || far(w.G, g.G) || far(w.B, g.B) {
				return fmt.Sprintf("pixel (%d, %d) is %v, want %v", x, y, g, w)
			}
		}
	}
	return ""
}
