package main

import (
	"context"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// What many do at once.
const (
	raidMessages, raidReporters = 100, 20
	manyTaps                    = 300
	manyGroups                  = 50
)

// raid has many members report many messages of one group visibly, all at once. Two reports decide.
func raid(ctx context.Context, b *slowBot) ([]figure, error) {
	g := b.groups[0]
	reporters := b.people[0][:raidReporters]
	decoy, err := b.people[0][raidReporters].Send(g, "Buy now!")
	if err != nil {
		return nil, err
	}
	var warm []string
	for _, who := range reporters {
		_, answered, err := b.report(who, g, decoy)
		if err != nil && decoy.Deleted() { // two of them decided it; who comes later is asked about in the raid
			break
		}
		if err != nil {
			return nil, err
		}
		warm = append(warm, answered)
	}
	if err := b.wait(ctx, warm...); err != nil {
		return nil, err
	}
	var messages []*tgsim.Message
	var gone []string
	for _, who := range b.people[0][raidReporters+1:] {
		m, err := who.Send(g, fmt.Sprintf("Buy now! %d", len(messages)))
		if err != nil {
			return nil, err
		}
		messages, gone = append(messages, m), append(gone, nameOfMessage(m))
	}
	if err := b.sim.WaitConfirmed(ctx); err != nil {
		return nil, err
	}
	if err := pause(ctx, settled); err != nil {
		return nil, err
	}
	var commands []string
	for round := range 2 {
		for i, m := range messages {
			cmd, err := reporters[(i+round*7)%raidReporters].Command(g, "/report spam", tgsim.ReplyTo(m), tgsim.OldApp())
			if err != nil {
				return nil, fmt.Errorf("report: %w", err)
			}
			commands = append(commands, nameOfMessage(cmd))
		}
	}
	if err := b.wait(ctx, append(gone, commands...)...); err != nil {
		return nil, err
	}
	began := b.handedAt(commands[0])
	return []figure{
		{"raid: 200 visible reports on 100 messages, last removal", b.last(gone).Sub(began), b.at50(2 * time.Second), pictureMany},
		{"raid: last command removed", b.last(commands).Sub(began), 0, ""},
	}, nil
}

// reported has a message reported, and returns its card once all about it is done.
func (b *slowBot) reported(ctx context.Context, g *tgsim.Chat, author, reporter *tgsim.User) (*tgsim.Message, error) {
	m, err := author.Send(g, "Buy now!")
	if err != nil {
		return nil, err
	}
	if _, _, err := b.report(reporter, g, m); err != nil {
		return nil, err
	}
	card, err := b.card(ctx, reporter, g)
	if err != nil {
		return nil, err
	}
	return card, pause(ctx, settled)
}

// taps has many members tap on one card within a second, and again the other way.
func taps(ctx context.Context, b *slowBot) ([]figure, error) {
	g, author, reporter := b.groups[0], b.people[0][0], b.people[0][1]
	card, err := b.reported(ctx, g, author, reporter)
	if err != nil {
		return nil, err
	}
	var all []figure
	for round, warmth := range []string{"cold", "warm"} {
		began := time.Now()
		var names []string
		var acted []time.Time
		err := b.evenly(ctx, manyTaps, time.Second, func(i int) error {
			name, err := b.tap(b.people[0][2+i], card, [2]string{"🚩", "👌"}[(i+round)%2]) // so that neither side wins
			names, acted = append(names, name), append(acted, time.Now())
			return err
		})
		if err != nil {
			return nil, err
		}
		if err := b.wait(ctx, names...); err != nil {
			return nil, err
		}
		var took []time.Duration
		for i, name := range names {
			took = append(took, b.doneAt(name).Sub(acted[i]))
		}
		wanted := time.Duration(0)
		if warmth == "warm" {
			wanted = b.at50(1500 * time.Millisecond)
		}
		all = append(all,
			figure{"300 taps within a second, " + warmth + ", first tap to last toast", b.last(names).Sub(began), wanted, pictureMany},
			figure{"300 taps within a second, " + warmth + ", each tap to its toast, p50", share(took, 0.5), 0, ""})
		if err := pause(ctx, 2*settled); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// groupsAtOnce has many groups each decide a case at the same moment.
func groupsAtOnce(ctx context.Context, b *slowBot) ([]figure, error) {
	var cases []*undecided
	var hesitated, decided, muted []string
	for i := range manyGroups {
		u, err := b.openCase(ctx, i)
		if err != nil {
			return nil, err
		}
		cases = append(cases, u)
	}
	if err := b.quiet(ctx); err != nil {
		return nil, err
	}
	for _, u := range cases {
		name, err := b.hesitate(u)
		if err != nil {
			return nil, err
		}
		hesitated = append(hesitated, name)
	}
	if err := b.wait(ctx, hesitated...); err != nil {
		return nil, err
	}
	if err := pause(ctx, 2*settled); err != nil {
		return nil, err
	}
	for _, u := range cases {
		name, err := b.tap(u.decider, u.card, "🚩")
		if err != nil {
			return nil, err
		}
		decided, muted = append(decided, name), append(muted, mutedName(u.group.ID(), u.author.ID()))
	}
	if err := b.wait(ctx, muted...); err != nil {
		return nil, err
	}
	var took []time.Duration
	first := b.handedAt(decided[0])
	for i, name := range decided {
		took = append(took, b.doneAt(muted[i]).Sub(b.handedAt(name)))
	}
	return []figure{
		{"50 groups at once each decide a case, last mute", b.last(muted).Sub(first), b.at50(500 * time.Millisecond), pictureMany},
		{"50 groups at once each decide a case, each mute, p50", share(took, 0.5), 0, ""},
	}, nil
}
