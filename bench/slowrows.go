package main

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

var slowRows = []slowRow{
	{name: "mute", each: true, members: 10, settings: penalties("mute 1h"), run: func(ctx context.Context, b *slowBot) ([]figure, error) {
		return decide(ctx, b, "mute", mutedName, 110*time.Millisecond, 150*time.Millisecond)
	}},
	{name: "ban", each: true, members: 10, settings: penalties("ban"), run: func(ctx context.Context, b *slowBot) ([]figure, error) {
		return decide(ctx, b, "ban", bannedName, 160*time.Millisecond, 200*time.Millisecond)
	}},
	{name: "sweep", each: true, members: 4, settings: penalties("ban"), run: sweep},
	{name: "report", each: true, members: 3, null: true, settings: penalties("mute 1h"), run: reportAnswers},
	{name: "raid", active: 1, members: raidMessages + raidReporters + 1, settings: votesOf(2), run: raid},
	{name: "taps", active: 1, members: manyTaps + 2, settings: votesOf(moderation.MaxThreshold), run: taps},
	{name: "groups", active: manyGroups, members: 4, settings: penalties("mute 1h"), run: groupsAtOnce},
	{name: "flood", active: 1 + elsewhereGroups, members: elsewhereMembers, null: true, settings: votesOf(moderation.MaxThreshold), run: pressFlood},
	{name: "mydata", groups: myDataGroups, active: 1 + elsewhereGroups, members: elsewhereMembers, null: true, settings: votesOf(moderation.MaxThreshold), run: myData},
}

// penalties sets a ladder of one step that votes alone may take.
func penalties(step string) func(*moderation.Policy) {
	return func(p *moderation.Policy) {
		l, err := ladder.ParseLadder(step)
		if err != nil {
			panic(err)
		}
		p.Ladder, p.Heavy = l, moderation.HeavyVotes
	}
}

func votesOf(threshold int) func(*moderation.Policy) {
	return func(p *moderation.Policy) { p.Threshold = threshold }
}
