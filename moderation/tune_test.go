package moderation_test

import (
	"errors"
	"strconv"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

type change = func(moderation.Policy) (moderation.Policy, error)

// tuning is what Dora does to the threshold.
func (r *fixture) tuning(change change) moderation.Tuning {
	return moderation.Tuning{
		Update: r.next(), Chat: club, By: boss, Change: change,
		Changes: differ("threshold", func(p moderation.Policy) string { return strconv.Itoa(p.Threshold) }),
	}
}

// differ finds changes of one setting.
func differ(name string, show func(moderation.Policy) string) func(before, after moderation.Policy) []moderation.Change {
	return func(before, after moderation.Policy) []moderation.Change {
		if from, to := show(before), show(after); from != to {
			return []moderation.Change{{Setting: name, From: from, To: to}}
		}
		return nil
	}
}

// threshold is the change to another threshold.
func threshold(to int) change {
	return func(p moderation.Policy) (moderation.Policy, error) {
		p.Threshold = to
		return p, nil
	}
}

func TestTune(t *testing.T) {
	t.Parallel()
	errTyped := errors.New("typed badly")
	nameless, powerless := boss, moderation.Member{ID: dora, Admin: true, Name: "Dora"}
	nameless.Name = ""
	for name, test := range map[string]struct {
		by     moderation.Member
		change change
		want   int
		told   []string
		fails  bool
	}{
		"a right value":          {boss, threshold(8), 8, []string{"gather several setting threshold from 0 to 8 by Dora in 3m"}, false},
		"by any admin":           {powerless, threshold(7), 7, []string{"gather several setting threshold from 0 to 7 by Dora in 3m"}, false},
		"by one without a name":  {nameless, threshold(7), 7, []string{"gather several setting threshold from 0 to 7 in 3m"}, false},
		"a wrong value":          {boss, threshold(99), moderation.Auto, nil, true},
		"the same value":         {boss, threshold(moderation.Auto), moderation.Auto, nil, false},
		"what could not be read": {boss, func(p moderation.Policy) (moderation.Policy, error) { p.Threshold = 7; return p, errTyped }, moderation.Auto, nil, true},
		"by who is no admin":     {person(anna), threshold(7), moderation.Auto, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			tuning := m.tuning(test.change)
			tuning.By = test.by
			got, err := m.court.Tune(t.Context(), tuning)
			if (err != nil) != test.fails || err == nil && got.Policy.Threshold != test.want {
				t.Errorf("threshold %v, %v; want %v", got.Policy.Threshold, err, test.want)
			}
			if kept := m.chats[club].Policy.Threshold; kept != test.want {
				t.Errorf("kept %v, want %v", kept, test.want)
			}
			m.want(test.told...)
			if !test.by.Admin {
				m.refusedAs(err, moderation.RefuseNotAdmin)
			}
			if !m.chats[club].DigestDue.IsZero() {
				t.Error("the digest was planned anew")
			}
		})
	}
}

func TestTuneSaysWhatWasWrong(t *testing.T) {
	t.Parallel()
	errTyped := errors.New("typed badly")
	m := newFixture(t)
	_, err := m.court.Tune(t.Context(), m.tuning(func(p moderation.Policy) (moderation.Policy, error) { return p, errTyped }))
	if !errors.Is(err, errTyped) {
		t.Errorf("answered %v", err)
	}
}

// Nothing that was done is lost: of two changes both are told.
func TestEveryChangeIsTold(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for _, to := range []int{4, 3, 4} {
		_, err := m.court.Tune(t.Context(), m.tuning(threshold(to)))
		m.must(err)
	}
	m.want(
		"gather several setting threshold from 0 to 4 by Dora setting threshold from 4 to 3 by Dora setting threshold from 3 to 4 by Dora in 3m",
	)
}
