package main

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// settled is how long before what is timed everything else was done, so that who takes part was asked about a moment ago.
const settled = time.Second

// undecided is a case in which one more ballot decides.
type undecided struct {
	group   *tgsim.Chat
	author  *tgsim.User
	decider *tgsim.User
	message *tgsim.Message
	card    *tgsim.Message
}

// openCase has two members report a new message, and waits for the card.
func (b *slowBot) openCase(ctx context.Context, group int) (*undecided, error) {
	u := &undecided{group: b.groups[group], author: b.someone(group)}
	var err error
	if u.message, err = u.author.Send(u.group, "Buy now!"); err != nil {
		return nil, err
	}
	return u, b.accuse(ctx, u, group)
}

// accuse has two members report the message of a case, and waits for the card.
func (b *slowBot) accuse(ctx context.Context, u *undecided, group int) (err error) {
	for range 2 {
		_, answered, err := b.report(b.someone(group), u.group, u.message)
		if err != nil {
			return err
		}
		if err := b.wait(ctx, answered); err != nil {
			return err
		}
	}
	u.decider = b.someone(group)
	u.card, err = b.card(ctx, u.decider, u.group)
	return err
}

// hesitate has who will decide say the opposite first, so that they were asked about.
func (b *slowBot) hesitate(u *undecided) (string, error) { return b.tap(u.decider, u.card, "👌") }

// decide times a verdict: from the ballot that decides, a report or a tap, to the removal and to the penalty.
func decide(ctx context.Context, b *slowBot, penalty string, name func(chat, user int64) string, p50, p99 time.Duration) ([]figure, error) {
	var all []figure
	for _, way := range []string{"tap", "report"} {
		var removed, punished []time.Duration
		for i := range b.times {
			u, err := b.openCase(ctx, i)
			if err != nil {
				return nil, err
			}
			tapped, err := b.hesitate(u)
			if err != nil {
				return nil, err
			}
			if err := b.wait(ctx, tapped); err != nil {
				return nil, err
			}
			if err := pause(ctx, settled); err != nil {
				return nil, err
			}
			var handed string
			if way == "tap" {
				handed, err = b.tap(u.decider, u.card, "🚩")
			} else {
				handed, _, err = b.report(u.decider, u.group, u.message)
			}
			if err != nil {
				return nil, err
			}
			gone, put := nameOfMessage(u.message), name(u.group.ID(), u.author.ID())
			if err := b.wait(ctx, gone, put); err != nil {
				return nil, err
			}
			removed = append(removed, b.doneAt(gone).Sub(b.handedAt(handed)))
			punished = append(punished, b.doneAt(put).Sub(b.handedAt(handed)))
			if err := pause(ctx, settled/4+4*b.call); err != nil { // the card changes, and people are told
				return nil, err
			}
		}
		all = append(all,
			figure{"deciding " + way + " to removal (" + penalty + "), p50", share(removed, 0.5), b.at50(60 * time.Millisecond), ""},
			figure{"deciding " + way + " to " + penalty + ", p50", share(punished, 0.5), b.at50(p50), pictureOne},
			figure{"deciding " + way + " to " + penalty + ", p99", share(punished, 0.99), b.at50(p99), ""})
		if penalty == "mute" {
			all[len(all)-3].picture = pictureOne
		}
	}
	return all, nil
}

// reportAnswers times the answers to reports, by members and about authors whom the bot never asked about, and again a moment
// later.
func reportAnswers(ctx context.Context, b *slowBot) ([]figure, error) {
	var cold, warm []time.Duration
	for i := range b.times {
		g, author, reporter := b.groups[i], b.someone(i), b.someone(i)
		for _, times := range []*[]time.Duration{&cold, &warm} {
			m, err := author.Send(g, "Buy now!")
			if err != nil {
				return nil, err
			}
			handed, answered, err := b.report(reporter, g, m)
			if err != nil {
				return nil, err
			}
			if err := b.wait(ctx, answered); err != nil {
				return nil, err
			}
			*times = append(*times, b.doneAt(answered).Sub(b.handedAt(handed)))
			if err := pause(ctx, settled); err != nil {
				return nil, err
			}
		}
	}
	return []figure{
		{"report to answer, warm, p50", share(warm, 0.5), b.call * 11 / 10, pictureOne},
		{"report to answer, cold, p50", share(cold, 0.5), b.call * 21 / 10, pictureOne},
		{"report to answer, warm, p99", share(warm, 0.99), 0, ""},
		{"report to answer, cold, p99", share(cold, 0.99), 0, ""},
	}, nil
}
