// Package digest draws the numbers of a group's digest as a picture.
//
// The picture can be read by itself. It has the period as its title, a name, a number and a bar for all that is counted, the
// change since the period before, and a legend. All words are given to it, in the language of those who read. If they are
// written from right to left, so is the picture: names stand at the right, and bars grow to the left. The picture is made to be
// looked at on a phone, where its 1080 pixels are shrunk to some 360. Its background is its own, so that it reads in light mode
// and in dark mode alike.
//
// A hidden number ([Count.Few]) leaves no trace: neither the bytes of the picture nor the lengths of the other bars depend on
// it. The same picture is always the same bytes.
//
// The letters are those of the Noto fonts, as far as the twelve languages of the bot need them. [CanWrite] says whether a text
// can be written with them. A font is read with the first picture that needs it.
package digest

import (
	"errors"
	"fmt"
	"strconv"
)

// MaxBars is how many bars a picture holds at most: more would not be read on a phone.
const MaxBars = 12

// A Count is a number as it may be shown.
type Count struct {
	N   int  // not negative
	Few bool // under 3, which is all that may be known: it is drawn as the words [Picture.Few], whatever N is
}

// A Bar is a name and its number.
type Bar struct {
	Name   string
	Number int // stands in place of a name that cannot be written, from 1 to 9; 0: the name stands there
	Now    Count
	Before *Count // the period before; nil: it is not compared
}

// A Part is a heading and the bars below it.
type Part struct {
	Name string
	Bars []Bar
}

// A Picture is what a digest shows, from top to bottom: a title, lines without bars, and parts, whose bars are all drawn to one
// scale. A part without bars is left out. The legend is drawn if something is compared.
type Picture struct {
	Title string
	Lines []Bar
	Parts []Part

	Few                 string // the words for a hidden number: "under 3"
	Now, Before, Change string // the words of the legend
}

// PNG draws the picture. It is an error if there is nothing to draw, if there are more bars than [MaxBars], or if a shown number
// is negative. A picture takes some 4 MB while it is drawn, and keeps none of it: whoever draws many draws them one after the other.
func (p Picture) PNG() ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("draw a digest: %w", err)
	}
	b, err := p.draw().png()
	if err != nil {
		return nil, fmt.Errorf("draw a digest: %w", err)
	}
	return b, nil
}

func (p Picture) check() error {
	n := 0
	for _, b := range p.all() {
		n++
		if b.Now.shown() < 0 || b.Before != nil && b.Before.shown() < 0 {
			return errors.New("a number cannot be negative")
		}
		if b.Number < 0 || b.Number > 9 {
			return fmt.Errorf("there is no sign for %d", b.Number)
		}
	}
	if n == 0 {
		return errors.New("there is nothing to draw")
	}
	if n > MaxBars {
		return fmt.Errorf("%d bars are too many, a picture holds %d", n, MaxBars)
	}
	return nil
}

// all are the bars and the lines, from top to bottom.
func (p Picture) all() []Bar {
	all := append([]Bar{}, p.Lines...)
	for _, part := range p.Parts {
		all = append(all, part.Bars...)
	}
	return all
}

// shown is the number as far as it may be known. Nothing but this may look at N.
func (c Count) shown() int {
	if c.Few {
		return 0
	}
	return c.N
}

// change is how a number changed, if that may be known. It says false if one of the two is hidden: the change would tell it.
func (b Bar) change() (int, bool) {
	if b.Before == nil || b.Now.Few || b.Before.Few {
		return 0, false
	}
	return b.Now.shown() - b.Before.shown(), true
}

// digits is a number, in threes from 10 000 on; a thin space divides them in every language.
func digits(n int) string {
	const thin = "\u2009"
	s := strconv.Itoa(n)
	if len(s) < 5 {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + thin + s[i:]
	}
	return s
}
