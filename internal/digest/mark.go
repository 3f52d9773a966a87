package digest

import "image/color"

// A Mark is the colour of a bar, by which the caption names it. There are as many as there are
// coloured squares among the emoji.
type Mark int

// The marks. Black is a grey, darker than White's, since the background is dark itself.
const (
	Red Mark = iota
	Orange
	Yellow
	Green
	Blue
	Purple
	Brown
	White
	Black
)

// What a picture is painted with. Text is at least 7:1 against the ground, every bar at least 3:1.
var (
	ground = color.RGBA{0x14, 0x1c, 0x26, 0xff} // dark slate
	ink    = color.RGBA{0xf1, 0xf5, 0xf9, 0xff} // the numbers
	faint  = color.RGBA{0x33, 0x40, 0x50, 0xff} // rules between groups
	black  = color.RGBA{0x04, 0x06, 0x08, 0xff} // inside of the square of Black
)

var marks = [...]struct {
	emoji string
	full  color.RGBA // the square and the bar
	pale  color.RGBA // the bar of the period before
}{
	Red:    {"🟥", color.RGBA{0xf2, 0x4c, 0x52, 0xff}, color.RGBA{0xb6, 0x40, 0x48, 0xff}},
	Orange: {"🟧", color.RGBA{0xff, 0x92, 0x2e, 0xff}, color.RGBA{0xa0, 0x63, 0x2f, 0xff}},
	Yellow: {"🟨", color.RGBA{0xff, 0xd4, 0x3d, 0xff}, color.RGBA{0x98, 0x84, 0x38, 0xff}},
	Green:  {"🟩", color.RGBA{0x58, 0xc9, 0x5f, 0xff}, color.RGBA{0x3f, 0x82, 0x4b, 0xff}},
	Blue:   {"🟦", color.RGBA{0x42, 0xa2, 0xf7, 0xff}, color.RGBA{0x36, 0x72, 0xa8, 0xff}},
	Purple: {"🟪", color.RGBA{0xb5, 0x80, 0xf0, 0xff}, color.RGBA{0x81, 0x60, 0xab, 0xff}},
	Brown:  {"🟫", color.RGBA{0xb0, 0x74, 0x50, 0xff}, color.RGBA{0x8e, 0x60, 0x48, 0xff}},
	White:  {"⬜", color.RGBA{0xe6, 0xe9, 0xed, 0xff}, color.RGBA{0x8f, 0x96, 0x9f, 0xff}},
	Black:  {"⬛", color.RGBA{0x7c, 0x86, 0x92, 0xff}, color.RGBA{0x66, 0x6f, 0x7a, 0xff}},
}

// Emoji is the coloured square by which a caption names the bar. It is empty for a mark that there
// is not.
func (m Mark) Emoji() string {
	if !m.known() {
		return ""
	}
	return marks[m].emoji
}

func (m Mark) known() bool { return m >= 0 && int(m) < len(marks) }
