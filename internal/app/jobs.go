package app

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/schedule"
)

// jobs lists all that the bot does at fixed times.
func (a *App) jobs() []schedule.Job {
	all := []schedule.Job{
		{Name: "end cases whose time is over", When: "@every 1s", Run: func(ctx context.Context) error {
			_, err := a.court.ExpireDue(ctx)
			return err
		}},
		{Name: "start the clocks of cases without a card", When: "@every 1s", Run: func(ctx context.Context) error {
			_, err := a.court.StartDue(ctx)
			return err
		}},
		{Name: "remove commands that were too many", When: "@every 1s", Run: a.handlers.RemoveOverBudget},
		{Name: "send digests that are due", When: "@every 1m", Run: func(ctx context.Context) error {
			_, err := a.court.DigestsDue(ctx)
			return err
		}},
		{Name: "see to appeals", When: "@every 1m", Run: func(ctx context.Context) error {
			_, err := a.court.AppealsDue(ctx)
			return err
		}},
		{Name: "see to juries", When: "@every 1s", Run: func(ctx context.Context) error {
			_, err := a.court.JuriesDue(ctx)
			return err
		}},
		{Name: "end pauses that are over", When: "@every 1m", Run: func(ctx context.Context) error {
			_, err := a.court.PausesDue(ctx)
			return err
		}},
		{Name: "compare the machine's clock with Telegram's", When: "@every 1m", Run: a.machine.watch},
		{Name: "note that the bot watches its groups", When: "@every 10m", Run: a.watch},
		{Name: "look whether a right is back for which something waits", When: "@every 10m", Run: a.lookAtRights},
		{Name: "end a period of the ledger", When: "@every 1m", Run: a.store.CloseLedger},
		{Name: "delete evidence that nobody needs any more", When: "@hourly", Run: func(ctx context.Context) error {
			_, err := a.store.ForgetEvidence(ctx, a.clock.Now(), a.cfg.Privacy.Retention)
			return err
		}},
		// Cases become final at midnight. The hours after it are for those that a restart left.
		{Name: "settle final cases and destroy their ballots", When: "@hourly", Run: func(ctx context.Context) error {
			_, err := a.court.Settle(ctx)
			return err
		}},
		{Name: "forget what is no longer needed", When: "@hourly", Run: func(ctx context.Context) error {
			return a.store.Forget(ctx, a.clock.Now())
		}},
	}
	all = append(all, schedule.Job{Name: "look how much space is left for files", When: "@every 1m", Run: a.space.look})
	if len(a.cfg.Telegram.Groups) > 0 {
		all = append(all, schedule.Job{Name: "leave groups that the operator did not choose", When: "@daily", Run: a.leaveUnwanted})
	}
	if a.replicated() {
		all = append(all, schedule.Job{Name: "learn what telegram told other replicas", When: "@every 1s", Run: a.learnHolds},
			schedule.Job{Name: "claim updates that another replica left", When: "@every 1s", Run: a.receiver.Claim})
	}
	return append(all, schedule.Job{Name: "learn what the bot is called", When: "@every 30s", Run: a.refresh},
		schedule.Job{Name: "see that telegram calls the webhook", When: "@every 1m", Run: a.hook.keep})
}

// watch notes that the bot sees who joins its groups. While it cannot reach Telegram it sees nobody, and notes nothing.
func (a *App) watch(ctx context.Context) error {
	now := a.clock.Now()
	if a.contact.silence() > silentFor {
		if _, err := a.client.Do(ctx, wire.Call{Method: "getMe"}); err != nil {
			a.log.Info("telegram does not answer, so nobody watches the groups", "error", err)
			return nil
		}
	}
	return a.store.Watch(ctx, now)
}

// lookAtRights asks Telegram for the bot's rights in groups where an effect waits for one.
func (a *App) lookAtRights(ctx context.Context) error {
	groups, err := a.store.Held(ctx)
	if err != nil {
		return err
	}
	return a.deliverer.LookAtRights(ctx, groups)
}

// learnHolds reads in which groups Telegram told other replicas to wait.
func (a *App) learnHolds(ctx context.Context) error {
	holds, err := a.store.Holds(ctx, a.clock.Now())
	for chat, until := range holds {
		a.client.Limits().Hold(chat, until)
	}
	return err
}

// refresh asks for the bot's usernames, since commands are addressed by them. It also shows that Telegram answers.
func (a *App) refresh(ctx context.Context) error {
	if err := a.client.Refresh(ctx); err != nil {
		a.log.Debug("telegram does not say what the bot is called", "error", err)
	}
	return nil
}
