package digest

import (
	"bytes"
	"flag"
	"fmt"
	"image"
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
	return Picture{
		Title: "24 Aug to 30 Aug",
		Lines: []Bar{{Name: "Reports", Now: n(97), Before: before(80)}, {Name: "Cases", Now: n(30)}},
		Parts: []Part{
			{Name: "How cases ended", Bars: []Bar{
				{Name: "Broke the rules", Now: n(22), Before: before(24)},
				{Name: "Were fine", Now: n(7), Before: before(7)},
				{Name: "Not enough votes", Now: few},
			}},
			{Name: "Rules broken", Bars: []Bar{
				{Name: "Spam", Now: n(9)},
				{Name: "Violence, illegal goods", Now: n(5)},
				{Number: 3, Now: n(4)},
				{Name: "all others", Now: n(4)},
			}},
		},
		Few: "under 3", Now: "this time", Before: "the time before", Change: "change",
	}
}

// sample is the same week in the words of a language: title, names from top to bottom, and the words of the legend. The
// languages that this package is ready for, and the locale has not, are here so that somebody sees their pictures.
func sample(words ...string) Picture {
	p := week()
	next := func() string {
		w := words[0]
		words = words[1:]
		return w
	}
	p.Title = next()
	for i := range p.Lines {
		p.Lines[i].Name = next()
	}
	for i := range p.Parts {
		p.Parts[i].Name = next()
		for j := range p.Parts[i].Bars {
			if p.Parts[i].Bars[j].Number == 0 {
				p.Parts[i].Bars[j].Name = next()
			}
		}
	}
	p.Few, p.Now, p.Before, p.Change = next(), next(), next(), next()
	return p
}

func samples() map[string]Picture {
	return map[string]Picture{
		"week": week(),
		"first": {
			Title: "August 2026",
			Lines: []Bar{{Name: "Reports", Now: n(43210)}},
			Parts: []Part{
				{Name: "How cases ended", Bars: []Bar{
					{Name: "Broke the rules", Now: n(1240)}, {Name: "Were fine", Now: n(43210)}, {Name: "Not enough votes", Now: few},
				}},
				{},
			},
			Few: "under 3", Now: "this time", Before: "the time before", Change: "change",
		},
		"zh": sample("8月24日至8月30日", "举报", "案件", "处理结果", "违反群规", "没问题", "票数不够", "违反的规则", "垃圾广告", "暴力或违禁品", "其余",
			"不到 3", "本期", "上期", "增减"),
		"ru": sample("24 августа – 30 августа", "Жалобы", "Дела", "Чем закончились дела", "Нарушали правила", "Всё в порядке", "Не хватило голосов",
			"Нарушенные правила", "Спам", "Насилие и криминал", "остальные", "меньше 3", "этот период", "прошлый период", "разница"),
		"ar": sample("24 أغسطس – 30 أغسطس", "البلاغات", "القضايا", "كيف انتهت القضايا", "خالفت القواعد", "كانت سليمة", "الأصوات لم تكفِ", "القواعد المخالَفة",
			"رسائل مزعجة", "عنف أو سلع محظورة", "الباقي", "أقل من 3", "هذه الفترة", "الفترة السابقة", "الفرق"),
		"fa": sample("۲ شهریور تا ۸ شهریور", "گزارش\u200cها", "پرونده\u200cها", "نتیجه", "خلاف قوانین بود", "مشکلی نداشت", "رأی کافی نبود", "قوانین نقض\u200cشده",
			"هرزنامه", "خشونت یا کالای غیرقانونی", "بقیه", "کمتر از ۳", "این دوره", "دورهٔ قبل", "تغییر"),
		"hi": sample("24 अगस्त से 30 अगस्त", "शिकायतें", "मामले", "नतीजा", "नियम तोड़े", "ठीक थे", "पर्याप्त वोट नहीं", "टूटे नियम",
			"स्पैम", "हिंसा, अवैध चीज़ें", "बाकी सब", "3 से कम", "इस बार", "पिछली बार", "बदलाव"),
	}
}

// Look at the golden pictures when they are made anew: no test can see whether Arabic letters are joined.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, p := range samples() {
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

// Each letter of the samples is in the fonts.
func TestLettersOfAllLanguages(t *testing.T) {
	t.Parallel()
	for name, p := range samples() {
		for _, text := range append(names(p), p.Title, p.Few, p.Now, p.Before, p.Change) {
			if !CanWrite(text) {
				t.Errorf("%s: %q cannot be written", name, text)
			}
		}
	}
	for text, want := range map[string]bool{
		"": true, "No ads!": true, "Łódź & Ğüş": true, "Ґанок, їжак": true, "قانون": true, "नियम": true,
		"Dogs 🐕": false, "שלום": false, "한국어": false, "กฎ": false, "\uFFFD": false,
	} {
		if CanWrite(text) != want {
			t.Errorf("%q can be written: want %t", text, want)
		}
	}
}

func names(p Picture) (all []string) {
	for _, part := range p.Parts {
		all = append(all, part.Name)
	}
	for _, b := range p.all() {
		all = append(all, b.Name)
	}
	return all
}

// Arabic letters take the form that their place in the word asks for, and stand from right to left; Hindi ones join. A font without
// the tables for it would leave them as they are.
func TestLettersAreShaped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		glyphs int // -1: as many as letters
	}{{"Spam", -1}, {"سسس", -1}, {"क्ष", 1}, {"سلام", -1}} {
		s := newTypesetter(rightToLeft(c.text))
		l := s.line(c.text, nameStyle, inner)
		if len(l.runs) != 1 {
			t.Fatalf("%q is %d pieces", c.text, len(l.runs))
		}
		want := c.glyphs
		if want < 0 {
			want = len([]rune(c.text))
		}
		seen := map[uint32]bool{}
		for _, g := range l.runs[0].Glyphs {
			seen[uint32(g.GlyphID)] = true
		}
		if got := len(l.runs[0].Glyphs); got != want && c.text != "سلام" {
			t.Errorf("%q is drawn with %d letters, want %d", c.text, got, want)
		}
		if c.text == "سسس" && len(seen) != 3 {
			t.Errorf("the three letters of %q look alike: they are not joined", c.text)
		}
	}
}

// Letters that only say how to read others are not drawn.
func TestInvisibleLetters(t *testing.T) {
	t.Parallel()
	for want, text := range map[string]string{
		"Spam": "\u2068Spam\u2069", "24 Aug": "\u200e24 Aug", "أغسطس": "\u200fأغسطس", "سلام": "\u200f\u2067سلام\u2069\u200e", "垃圾": "\u200e垃\u200d圾",
	} {
		p := Picture{Title: want, Parts: []Part{{Name: want, Bars: []Bar{{Name: want, Now: n(3)}}}}}
		q := Picture{Title: text, Parts: []Part{{Name: text, Bars: []Bar{{Name: text, Now: n(3)}}}}}
		if d := difference(drawn(p), drawn(q)); d != "" {
			t.Errorf("%q: %s", text, d)
		}
		if !CanWrite(text) {
			t.Errorf("%q cannot be written", text)
		}
	}
}

func TestRightToLeft(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"": false, "24 Aug": false, "24–30 أغسطس": true, "۲ شهریور": true, "8月24日": false, "24 अगस्त": false, "123": false, "שלום": true} {
		if rightToLeft(text) != want {
			t.Errorf("%q is written from right to left: want %t", text, want)
		}
	}
}

// Where people read from right to left, the bars grow so too.
func TestMirrored(t *testing.T) {
	t.Parallel()
	p := Picture{Title: "أ", Parts: []Part{{Name: "أ", Bars: []Bar{{Name: "أ", Now: n(10)}, {Name: "أ", Now: n(5)}}}}}
	img := drawn(p)
	row := p.rows()[1]
	if got := img.ColorIndexAt(width-margin-inner/4, row); got != full(sky) {
		t.Errorf("at the right is %v", img.Palette[got])
	}
	if got := img.ColorIndexAt(margin+inner/4, row); got != 0 {
		t.Errorf("at the left is %v", img.Palette[got])
	}
}

// rows are the middles of the bars, in a picture without comparisons.
func (p Picture) rows() (rows []int) {
	y := margin/2 + titleHigh + len(p.Lines)*lineHigh
	for _, part := range p.Parts {
		if len(part.Bars) == 0 {
			continue
		}
		y += 2*apart + headHigh
		for _, b := range part.Bars {
			y += nameHigh
			rows = append(rows, y+thick/2)
			y += thick + below
			if b.Before != nil {
				y += under + thin
			}
		}
	}
	return rows
}

// Bars are as long as the numbers say, whatever part they stand in.
func TestLengths(t *testing.T) {
	t.Parallel()
	p := Picture{Title: "A", Parts: []Part{
		{Name: "A", Bars: []Bar{{Name: "A", Now: n(10), Before: before(40)}, {Name: "A", Now: n(20), Before: before(5)}}},
		{},
		{Name: "B", Bars: []Bar{{Name: "B", Now: n(40), Before: before(0)}, {Name: "B", Now: n(0), Before: before(10)}}},
	}}
	img := drawn(p)
	rows := p.rows()
	const unit = inner / 40.
	for i, want := range []struct {
		now, before int
		paint, old  paint
	}{{10, 40, orange, paleOrange}, {20, 5, sky, paleSky}, {40, 0, green, paleSky}, {0, 10, green, paleSky}} {
		near := func(got, want int) bool { return math.Abs(float64(got)-unit*float64(want)) <= 1 }
		now := run(img, rows[i], want.paint)
		was := run(img, rows[i]+thick/2+under+thin/2, want.old)
		if !near(now, want.now) || !near(was, want.before) {
			t.Errorf("bar %d is %d and %d pixels long, want %d and %d times %.2f", i, now, was, want.now, want.before, unit)
		}
	}
}

func TestSmallestIsSeen(t *testing.T) {
	t.Parallel()
	p := Picture{Title: "A", Parts: []Part{{Name: "A", Bars: []Bar{{Name: "A", Now: n(1_000_000)}, {Name: "A", Now: n(1)}, {Name: "A", Now: n(0)}}}}}
	img := drawn(p)
	for i, visible := range []bool{true, true, false} {
		if got := run(img, p.rows()[i], tints[0][i].now) > 0; got != visible {
			t.Errorf("bar %d is visible: %t", i, got)
		}
	}
}

// On a phone, where a third is left, nothing is written smaller than in eleven pixels.
func TestLettersAreReadable(t *testing.T) {
	t.Parallel()
	const phone = 360
	for _, s := range []style{titleStyle, headStyle, nameStyle, numberStyle, fewStyle, changeStyle, legendStyle, badgeStyle} {
		if float64(s.size)*phone/width < 11 {
			t.Errorf("a text of %d pixels is too small", s.size)
		}
	}
}

// A name that is too long ends with dots, and the number beside it stays whole.
func TestLongNames(t *testing.T) {
	t.Parallel()
	s := newTypesetter(false)
	long := strings.Repeat("Weltmeisterschaft ", 9)
	if l := s.line(long, nameStyle, 400); l.width > 400 || l.width < 250 {
		t.Errorf("a long name is %d pixels wide", l.width)
	}
	if l := s.line(strings.Repeat("ш", 99), nameStyle, 400); l.width > 400 || l.width < 250 {
		t.Errorf("a long word is %d pixels wide", l.width)
	}
	p := week()
	p.Parts[0].Bars[0].Name, p.Title, p.Before = long, long, long
	fits(t, drawn(p))
}

func TestDigits(t *testing.T) {
	t.Parallel()
	for want, n := range map[string]int{
		"0": 0, "7": 7, "9999": 9999, "10 000": 10000, "123 456": 123456, "1 000 000": 1000000,
	} {
		if got := strings.ReplaceAll(digits(n), "\u2009", " "); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}

// A change is told between two numbers that are shown, and not else.
func TestChange(t *testing.T) {
	t.Parallel()
	hidden := Count{N: 2, Few: true}
	for _, c := range []struct {
		bar  Bar
		want int
		told bool
	}{
		{Bar{Now: n(9), Before: before(5)}, 4, true}, {Bar{Now: n(5), Before: before(9)}, -4, true}, {Bar{Now: n(5), Before: before(5)}, 0, true},
		{Bar{Now: n(5)}, 0, false}, {Bar{Now: hidden, Before: before(5)}, 0, false}, {Bar{Now: n(5), Before: &hidden}, 0, false},
	} {
		if got, told := c.bar.change(); got != c.want || told != c.told {
			t.Errorf("%+v: %d, %t", c.bar, got, told)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bars []Bar
		want string
	}{
		"nothing":         {nil, "draw a digest: there is nothing to draw"},
		"too many":        {make([]Bar, MaxBars+1), "draw a digest: 13 bars are too many, a picture holds 12"},
		"negative":        {[]Bar{{Now: n(-1)}}, "draw a digest: a number cannot be negative"},
		"negative before": {[]Bar{{Now: n(1), Before: before(-1)}}, "draw a digest: a number cannot be negative"},
		"unknown sign":    {[]Bar{{Now: n(1), Number: 10}}, "draw a digest: there is no sign for 10"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := Picture{Parts: []Part{{Bars: c.bars}}}.PNG()
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

// Any picture is one that Telegram takes and people can read, and hides what is hidden.
func TestAnyPicture(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := week()
		p.Title = rapid.SampledFrom([]string{"24 Aug", "24 أغسطس"}).Draw(t, "title")
		p.Lines = rapid.SliceOfN(bars(), 0, 2).Draw(t, "lines")
		p.Parts = []Part{{Name: "A", Bars: rapid.SliceOfN(bars(), 1, 4).Draw(t, "bars")}, {Name: "B", Bars: rapid.SliceOfN(bars(), 0, 6).Draw(t, "more")}}
		img := drawn(p)
		fits(t, img)
		if !bytes.Equal(img.Pix, drawn(disguised(p)).Pix) {
			t.Error("the picture depends on a hidden number")
		}
	})
}

// The pictures at the ends of what there can be.
func TestLimits(t *testing.T) {
	t.Parallel()
	var crowd []Bar // as high as it gets
	for range MaxBars {
		crowd = append(crowd, Bar{Name: strings.Repeat("Ж", 24), Now: n(1_000_000), Before: before(2_000_000)})
	}
	for name, bars := range map[string][]Bar{
		"one":         {{Name: "A", Now: n(1)}},
		"nothing":     {{Name: "A", Now: n(0), Before: before(0)}},
		"hidden":      {{Name: "A", Now: few, Before: &few}},
		"before only": {{Name: "A", Now: n(0), Before: before(math.MaxInt)}},
		"widest":      {{Name: "A", Now: n(math.MaxInt)}, {Number: 9, Now: n(math.MaxInt / 10)}},
		"crowd":       crowd,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := week()
			p.Parts = []Part{{Name: "A", Bars: bars}}
			p.Lines = nil
			b := mustPNG(t, p)
			if len(b) > 100<<10 {
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
	for name, p := range map[string]Picture{"en": week(), "ar": samples()["ar"], "zh": samples()["zh"]} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.PNG(); err != nil {
					b.Fatal(err)
				}
			}
		})
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
			Name:   rapid.SampledFrom([]string{"Spam", "", "Сексуальный контент, запрещённые товары и прочее", "垃圾广告", "رسائل"}).Draw(t, "name"),
			Number: rapid.IntRange(0, 9).Draw(t, "number"),
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
	change := func(bars []Bar) (all []Bar) {
		for _, b := range bars {
			b.Now = other(b.Now)
			if b.Before != nil {
				c := other(*b.Before)
				b.Before = &c
			}
			all = append(all, b)
		}
		return all
	}
	q := p
	q.Lines, q.Parts = change(p.Lines), nil
	for _, part := range p.Parts {
		q.Parts = append(q.Parts, Part{Name: part.Name, Bars: change(part.Bars)})
	}
	return q
}

// fits checks the size, and that nothing touches the edge: a number cut off would.
func fits(t interface{ Errorf(string, ...any) }, img *image.Paletted) {
	const edge = 16
	size := img.Bounds()
	if size.Dx() != width || size.Dy() < width/8 || size.Dy() > 2*width {
		t.Errorf("the picture is %v", size)
	}
	inner := size.Inset(edge)
	for y := range size.Max.Y {
		for x := 0; x < size.Max.X; x++ {
			if image.Pt(x, y).In(inner) {
				x = inner.Max.X
			}
			if img.ColorIndexAt(x, y) != 0 {
				t.Errorf("something is drawn at (%d, %d), nearer to the edge than %d pixels", x, y, edge)
				return
			}
		}
	}
}

// full is the place of a paint in the palette.
func full(c paint) uint8 { return uint8(int(c)+1) * shades }

// run is how many pixels of a colour there are in a line, beside the round corners.
func run(img *image.Paletted, y int, c paint) int {
	long := 0
	for x := range width {
		if img.ColorIndexAt(x, y) == full(c) {
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
func drawn(p Picture) *image.Paletted { return p.draw().image }

func decode(t interface{ Fatal(...any) }, b []byte) *image.Paletted {
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	p, ok := img.(*image.Paletted) // a byte for a pixel
	if !ok {
		t.Fatal("the picture has no palette")
	}
	return p
}

// difference says where two pictures differ. Other processors round otherwise where an edge is
// smoothed, there a shade more or less is no difference.
func difference(want, got *image.Paletted) string {
	if want.Bounds() != got.Bounds() {
		return fmt.Sprintf("the picture is %v, want %v", got.Bounds(), want.Bounds())
	}
	near := func(a, b uint8) bool {
		return a == b || runtime.GOARCH != "amd64" && (max(a, b)-min(a, b) == 1 || min(a, b) == 0 && max(a, b)%shades == 1)
	}
	for i, c := range want.Pix {
		if !near(c, got.Pix[i]) {
			return fmt.Sprintf("pixel (%d, %d) is %v, want %v", i%want.Stride, i/want.Stride, got.Palette[got.Pix[i]], want.Palette[c])
		}
	}
	return ""
}
