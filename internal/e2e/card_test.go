package e2e

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

func (w *world) card() (*tgsim.Message, error) {
	m := w.cards[w.here]
	if m == nil {
		return nil, errors.New("there never was a card")
	}
	return m, nil
}

func cardSays(w *world, a []string) error {
	m, err := w.card()
	if err == nil && (m.Deleted() || !strings.Contains(m.Text(), w.fill(a[0]))) {
		err = fmt.Errorf("it says %q (gone: %t)", m.Text(), m.Deleted())
	}
	return err
}

func cardDoesNotSay(w *world, a []string) error {
	m, err := w.card()
	if err == nil && strings.Contains(m.Text(), w.fill(a[0])) {
		err = fmt.Errorf("it says %q", m.Text())
	}
	return err
}

func cardReplies(w *world, a []string) error {
	m, err := w.card()
	if err != nil {
		return err
	}
	for _, i := range w.inside(w.here).Sees(w.here) {
		if i.Message == m && i.ReplyTo == w.find(a[0]).ID() {
			return nil
		}
	}
	return errors.New("it is not")
}

func cardGone(w *world, _ []string) error {
	m, err := w.card()
	if err == nil && !m.Deleted() {
		err = fmt.Errorf("it says %q", m.Text())
	}
	return err
}

func noCard(w *world, _ []string) error {
	if m := w.cards[w.here]; m != nil && !m.Deleted() {
		return fmt.Errorf("there is one: %q", m.Text())
	}
	return nil
}

func caseCount(w *world, a []string) error {
	if n := len(w.cases()); strconv.Itoa(n) != a[0] {
		return fmt.Errorf("there are %d", n)
	}
	return nil
}

func ballotCount(w *world, a []string) error {
	if n := w.count(`SELECT count(*) FROM ballot`); strconv.Itoa(n) != a[0] {
		return fmt.Errorf("it holds %d", n)
	}
	return nil
}

func caseIs(w *world, a []string) error {
	n, _ := strconv.Atoi(a[0])
	return w.caseIs(n, a[1])
}

func (w *world) caseIs(n int, verdict string) error {
	cases := w.cases()
	if n < 1 || n > len(cases) {
		return fmt.Errorf("there are %d cases", len(cases))
	}
	if got := cases[n-1].verdict; got != verdict {
		return fmt.Errorf("it is %s", got)
	}
	return nil
}
