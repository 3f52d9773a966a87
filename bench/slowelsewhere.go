package main

import (
	"context"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// How others are made to wait.
const (
	floodPresses = 90 // a second
	floodPeople  = 3
	floodTime    = 20 * time.Second
	myDataTimes  = 120

	elsewhereGroups   = 4
	elsewhereMembers  = 16
	myDataGroups      = 100_000
	elsewhereGap      = 500 * time.Millisecond
	elsewherePatience = 5 * time.Minute // after which the rest has no answer
)

// elsewhere has members of other groups report at a steady pace, while something happens, and waits for all answers. It times
// them from when people acted, since updates wait at Telegram too. Each reporter reports every two seconds, so that they
// were asked about a moment ago.
func (b *slowBot) elsewhere(ctx context.Context, n int, while func(context.Context) error) ([]time.Duration, error) {
	other := make(chan error, 1)
	go func() { other <- while(ctx) }()
	var acted []time.Time
	var answers []string
	err := b.evenly(ctx, n, time.Duration(n)*elsewhereGap, func(i int) error {
		at := 1 + i%elsewhereGroups
		g, people := b.groups[at], b.people[at]
		m, err := people[1+i/elsewhereGroups%(len(people)-1)].Send(g, "Buy now!")
		if err != nil {
			return err
		}
		acted = append(acted, time.Now())
		_, answered, err := b.report(people[0], g, m)
		answers = append(answers, answered)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := <-other; err != nil {
		return nil, err
	}
	patient, cancel := context.WithTimeout(ctx, elsewherePatience)
	defer cancel()
	if err := b.wait(patient, answers...); err != nil && ctx.Err() != nil {
		return nil, err
	}
	var took []time.Duration
	missing := 0
	for i, name := range answers {
		at := b.doneAt(name)
		if at.IsZero() {
			missing, at = missing+1, time.Now()
		}
		took = append(took, at.Sub(acted[i]))
	}
	if missing > 0 {
		fmt.Printf("%d of %d reports elsewhere had no answer after %s, and count as if it had come then\n", missing, n, elsewherePatience)
	}
	return took, nil
}

// pressFlood has a few members of one group press a card all the time.
func pressFlood(ctx context.Context, b *slowBot) ([]figure, error) {
	g, author, reporter := b.groups[0], b.someone(0), b.someone(0)
	card, err := b.reported(ctx, g, author, reporter)
	if err != nil {
		return nil, err
	}
	var pressers []*tgsim.User
	for range floodPeople {
		pressers = append(pressers, b.someone(0))
	}
	took, err := b.elsewhere(ctx, int(floodTime/elsewhereGap), func(ctx context.Context) error {
		return b.evenly(ctx, floodPresses*int(floodTime/time.Second), floodTime, func(i int) error {
			_, err := b.tap(pressers[i%floodPeople], card, [2]string{"🚩", "👌"}[i/floodPeople%2])
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return []figure{
		{"flood of 90 presses/s for 20 s: a report elsewhere, p50", share(took, 0.5), 0, ""},
		{"flood of 90 presses/s for 20 s: a report elsewhere, p95", share(took, 0.95), b.at50(300 * time.Millisecond), pictureMany},
		{"flood of 90 presses/s for 20 s: a report elsewhere, at most", share(took, 1), 0, ""},
	}, nil
}

// myData has a stranger ask for their data very often.
func myData(ctx context.Context, b *slowBot) ([]figure, error) {
	stranger := b.sim.AddUser("Stranger")
	if _, err := stranger.Start(b.bot, ""); err != nil {
		return nil, err
	}
	if err := b.sim.WaitConfirmed(ctx); err != nil {
		return nil, err
	}
	took, err := b.elsewhere(ctx, b.times, func(context.Context) error {
		for range myDataTimes {
			if _, err := stranger.SendPrivate(b.bot, "/mydata"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("120 /mydata, %d groups: a report elsewhere, ", len(b.groups))
	return []figure{
		{name + "p50", share(took, 0.5), 0, ""},
		{name + "p99", share(took, 0.99), b.at50(300 * time.Millisecond), pictureMany},
	}, nil
}
