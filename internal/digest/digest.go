// Package digest draws the numbers of a group's digest as a picture.
//
// The picture holds digits, "<3" and coloured bars and not a single word, so it is right in every
// language. What a bar means, the caption beside the picture says: it names each bar by the
// coloured square that stands at the bar's left, [Mark.Emoji]. The background is the picture's own,
// so that it reads in light mode and in dark mode alike. The picture is made to be looked at on a
// phone, where its 800 pixels are shrunk to some 360.
//
// A hidden number ([Count.Few]) leaves no trace: neither the bytes of the picture nor the lengths
// of the other bars depend on it. The same picture is always the same bytes.
//
// Of gonum.org/v1/plot only the canvas is used (plot/vg, plot/vg/vgimg), with one face of the
// Liberation fonts: a picture without words has neither axes nor legends. The face is parsed with
// the first picture.
package digest

import (
	"errors"
	"fmt"
	"strconv"
)

// MaxBars is how many bars a picture holds at most: more would not be read on a phone.
const MaxBars = 20

// A Count is a number as it may be shown.
type Count struct {
	N   int  // not negative
	Few bool // under 3, which is all that may be known: drawn as "<3" whatever N is
}

// A Bar is a line of the picture.
type Bar struct {
	Mark   Mark
	Now    Count
	Before *Count // the period before, a thinner and paler bar under the other; nil: not shown
}

// A Picture is what a digest shows: groups of bars from top to bottom, with a thin rule between
// them, all on one scale. A group without bars is left out.
type Picture struct {
	Groups [][]Bar
}

// PNG draws the picture. It is an error if there is no bar, if there are more than [MaxBars], if a
// shown number is negative or a mark unknown. A picture takes some 8 MB while it is drawn, and keeps
// none: whoever draws many draws them one after the other.
func (p Picture) PNG() ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("draw a digest: %w", err)
	}
	s, err := draw(p.bare())
	if err != nil {
		return nil, fmt.Errorf("draw a digest: %w", err)
	}
	b, err := s.png()
	if err != nil {
		return nil, fmt.Errorf("draw a digest: %w", err)
	}
	return b, nil
}

func (p Picture) check() error {
	n := 0
	for _, g := range p.Groups {
		n += len(g)
		for _, b := range g {
			if !b.Mark.known() {
				return fmt.Errorf("there is no mark %d", b.Mark)
			}
			if b.Now.shown() < 0 || b.Before != nil && b.Before.shown() < 0 {
				return errors.New("a number cannot be negative")
			}
		}
	}
	if n == 0 {
		return errors.New("there is no bar to draw")
	}
	if n > MaxBars {
		return fmt.Errorf("%d bars are too many, a picture holds %d", n, MaxBars)
	}
	return nil
}

// bare is the groups that have bars.
func (p Picture) bare() [][]Bar {
	var groups [][]Bar
	for _, g := range p.Groups {
		if len(g) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// shown is the number as far as it may be known. Nothing but this and label may look at N.
func (c Count) shown() int {
	if c.Few {
		return 0
	}
	return c.N
}

// label is the number in digits, in threes from 10 000 on; a thin space divides them in every
// language.
func (c Count) label() string {
	const thin = "\u2009"
	if c.Few {
		return "<3"
	}
	s := strconv.Itoa(c.N)
	if len(s) < 5 {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + thin + s[i:]
	}
	return s
}
