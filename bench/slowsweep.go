package main

import (
	"context"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// advert is a message whose copies go along with it.
const advert = "Cheap coins at https://coins.example"

const (
	otherMessages = 4 // of the author
	earlyCopies   = 3 // by newcomers, before the verdict
	lateCopies    = 2 // likewise, at the moment of it
)

// sweep times what goes along with a message: from the tap that decides to the last of the author's other messages, and of five
// copies around the verdict.
func sweep(ctx context.Context, b *slowBot) ([]figure, error) {
	var own, copied []time.Duration
	for i := range b.times {
		u, others, early, err := b.advertised(ctx, i)
		if err != nil {
			return nil, err
		}
		late, err := b.newcomers(i, lateCopies)
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
		handed, err := b.tap(u.decider, u.card, "🚩")
		if err != nil {
			return nil, err
		}
		after, err := writeAll(u.group, late, advert)
		if err != nil {
			return nil, err
		}
		copies := append(early, after...)
		if err := b.wait(ctx, append(others, copies...)...); err != nil {
			return nil, err
		}
		own = append(own, b.last(others).Sub(b.handedAt(handed)))
		copied = append(copied, b.last(copies).Sub(b.handedAt(handed)))
		if err := pause(ctx, settled/4+4*b.call); err != nil {
			return nil, err
		}
	}
	const most = 2 * time.Second
	return []figure{
		{"deciding tap to the author's other messages, p50", share(own, 0.5), 0, ""},
		{"deciding tap to the author's other messages, p99", share(own, 0.99), b.at50(most), ""},
		{"deciding tap to the last of five copies, p50", share(copied, 0.5), 0, ""},
		{"deciding tap to the last of five copies, p99", share(copied, 0.99), b.at50(most), ""},
	}, nil
}

// advertised has a newcomer write several messages, and others copies of one, which two members report. It names those that go along.
func (b *slowBot) advertised(ctx context.Context, group int) (u *undecided, own, copies []string, err error) {
	u = &undecided{group: b.groups[group]}
	fresh, err := b.newcomers(group, 1+earlyCopies)
	if err != nil {
		return nil, nil, nil, err
	}
	u.author = fresh[0]
	for n := range otherMessages {
		m, err := u.author.Send(u.group, fmt.Sprintf("Hello %d", n))
		if err != nil {
			return nil, nil, nil, err
		}
		own = append(own, nameOfMessage(m))
	}
	if copies, err = writeAll(u.group, fresh[1:], advert); err != nil {
		return nil, nil, nil, err
	}
	if u.message, err = u.author.Send(u.group, advert); err != nil {
		return nil, nil, nil, err
	}
	return u, own, copies, b.accuse(ctx, u, group)
}

// newcomers join a group.
func (b *slowBot) newcomers(group, n int) (people []*tgsim.User, err error) {
	for range n {
		people = append(people, b.sim.AddUser("Newcomer"))
	}
	if err := b.groups[group].Join(people...); err != nil {
		return nil, fmt.Errorf("join a group: %w", err)
	}
	return people, nil
}

// writeAll has each of the people write a text, and names the messages.
func writeAll(g *tgsim.Chat, people []*tgsim.User, text string) (names []string, err error) {
	for _, p := range people {
		m, err := p.Send(g, text)
		if err != nil {
			return nil, err
		}
		names = append(names, nameOfMessage(m))
	}
	return names, nil
}
