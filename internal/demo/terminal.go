package demo

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"

	"github.com/fatih/color"
	"golang.org/x/term"
)

// Terminal is where the demo is watched, which may also be a file.
type Terminal struct {
	Width  int
	Colour bool

	out   io.Writer
	in    io.Reader
	once  sync.Once
	lines chan string // what is typed; closed at its end
}

const usualWidth = 100

// OpenTerminal finds out what can be shown: the width of a terminal, else COLUMNS, else 100 cells;
// colours in a terminal, unless NO_COLOR or TERM=dumb says no.
func OpenTerminal(out io.Writer, in io.Reader) *Terminal {
	t := &Terminal{Width: usualWidth, out: out, in: in, lines: make(chan string)}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		t.Width = n
	}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.Colour = f == os.Stdout && !color.NoColor
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			t.Width = w
		}
	}
	return t
}

// typed is what is typed, line by line. Reading begins when it is first asked for.
func (t *Terminal) typed() <-chan string {
	t.once.Do(func() {
		go func() {
			defer close(t.lines)
			for s := bufio.NewScanner(t.in); s.Scan(); {
				t.lines <- s.Text()
			}
		}()
	})
	return t.lines
}

// Paused waits for Enter after each frame that is shown.
func (t *Terminal) Paused(ctx context.Context, show func(Frame) error) func(Frame) error {
	return func(f Frame) error {
		if err := show(f); err != nil {
			return err
		}
		fmt.Fprint(t.out, "Enter: go on ")
		select {
		case _, more := <-t.typed():
			if !more {
				fmt.Fprintln(t.out)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
		return nil
	}
}
