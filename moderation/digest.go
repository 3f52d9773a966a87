package moderation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// DigestsDue sends the digests whose time has come, each once, and plans the next ones. A group that
// the bot could not serve for a while gets one digest of all that time. It says how many were sent. One
// that cannot be sent is in no other's way.
func (c *Clock) DigestsDue(ctx context.Context) (int, error) {
	const batch = 100
	sent := 0
	for {
		chats, err := c.agenda.DigestsDue(ctx, c.now(), batch)
		if err != nil {
			return sent, fmt.Errorf("list digests that are due: %w", err)
		}
		var failed error
		for _, chat := range chats {
			told, err := c.digest(ctx, chat)
			if errors.Is(err, ErrUnavailable) {
				return sent, err
			}
			if failed = errors.Join(failed, err); told {
				sent++
			}
		}
		if failed != nil || len(chats) < batch {
			return sent, failed
		}
	}
}

func (c *Clock) digest(ctx context.Context, chat int64) (told bool, err error) {
	_, err = c.update(ctx, Key{Chat: chat, Want: Want{Period: true}}, func(d Docket, now time.Time) (Outcome, error) {
		told = false
		due := d.Chat.DigestDue
		if due.After(now) { // another replica was faster
			return Outcome{}, nil
		}
		out := Outcome{Chat: &d.Chat}
		if told = !due.IsZero() && c.Calendar != nil; told {
			to := c.Calendar.Last(d.Chat.Policy, now, due)
			period, err := d.Period.Read()
			if err != nil {
				return Outcome{}, err
			}
			out.Effects = tellDigest(d.Chat.Policy, period, d.Chat.DigestFrom, to)
			d.Chat.DigestFrom = to
		}
		c.plan(&d.Chat, now)
		return out, nil
	})
	if err != nil {
		return false, fmt.Errorf("send the digest of a group: %w", err)
	}
	return told, nil
}

func tellDigest(p Policy, period PeriodView, from, to time.Time) []Effect {
	digest := DigestFor(p, Survey(period.Closed, from, to), Survey(period.Closed, from.Add(-to.Sub(from)), from))
	effects := []Effect{TellAdmins{Entry: DigestEntry{Digest: digest}}}
	against := 0
	for _, c := range period.Complaints {
		// A day belongs to the period in which it ends, when no more can come.
		if end := c.Day.Add(24 * time.Hour); end.After(from) && !end.After(to) {
			against += c.Count
		}
	}
	// Saying nothing below it is "under 3" in the fewest words.
	if against >= stats.FewerThan {
		// Rounded: an owner who has others report an admin would subtract those, and count the rest.
		effects = append(effects, TellAdmins{Entry: ComplaintsEntry{Count: stats.Round(against), Digest: digest}})
	}
	return effects
}
