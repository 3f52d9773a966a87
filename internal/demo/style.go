package demo

import "github.com/fatih/color"

// style is the meaning of a piece of text, from which its colour follows.
type style int

const (
	plain style = iota
	title
	rule
	faint
	gone
	private
	warning
	button
	theBot
	people // and one for each person of the cast, see who
)

var looks = map[style][]color.Attribute{
	title: {color.Bold}, rule: {color.FgHiBlack}, faint: {color.FgHiBlack}, gone: {color.FgHiBlack, color.CrossedOut},
	private: {color.FgMagenta}, warning: {color.FgRed}, button: {color.FgCyan}, theBot: {color.FgCyan, color.Bold},
	people: {color.FgYellow, color.Bold}, people + 1: {color.FgGreen, color.Bold},
	people + 2: {color.FgRed, color.Bold}, people + 3: {color.FgBlue, color.Bold},
}

// who is the style of a name.
func who(name string) style {
	switch name {
	case "Ostrakon":
		return theBot
	case "Anna":
		return people + 1
	case "Mallory":
		return people + 2
	case "Olga":
		return people + 3
	default:
		return people
	}
}

// paint is a text in a style, or as it is if there shall be no colours.
func (p *Printer) paint(s style, text string) string {
	look, ok := looks[s]
	if !p.colour || !ok || text == "" {
		return text
	}
	c := color.New(look...)
	c.EnableColor() // whether there are colours was decided before
	return c.Sprint(text)
}
