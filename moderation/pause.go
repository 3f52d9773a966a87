package moderation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Limits of a pause.
const (
	MinPause = time.Hour
	MaxPause = 7 * 24 * time.Hour
)

// Pause is the owner's brake, and only the owner's: reports are taken, no card appears, no vote decides, and the clocks
// of cases stand still; admins decide. For is how long from now, 0 ends it. It returns until when.
func (c *Settings) Pause(ctx context.Context, update, chat int64, by Member, length time.Duration) (time.Time, error) {
	var until time.Time
	_, err := c.update(ctx, Key{Update: update, Chat: chat}, func(d Docket, now time.Time) (Outcome, error) {
		switch {
		case !by.Owner:
			return Outcome{}, refuse(RefuseNotOwner, "")
		case length != 0 && !within(length, MinPause, MaxPause):
			return Outcome{}, refuse(RefuseUnknown, "")
		case length == 0 && !d.Chat.PausedAt(now):
			return Outcome{}, refuse(RefuseNoPause, "")
		}
		until = now.Add(length)
		from := now
		if d.Chat.PausedAt(now) {
			from = d.Chat.Paused
		}
		out := Outcome{Chat: &d.Chat, OtherCases: OtherCases{Shift: until.Sub(from)}}
		told := Change{Setting: "pause", From: pauseName(from.Sub(now)), To: pauseName(length)}
		d.Chat.Paused = until
		out.Effects = []Effect{
			AnnouncePause{Until: until},
			gatherChange(now, SettingChanged{By: by.Named(), Change: told}),
		}
		return out, nil
	})
	return until, err
}

// pauseName is a pause as the owner types it.
func pauseName(length time.Duration) string {
	if length == 0 {
		return "off"
	}
	return ladder.FormatDuration(length)
}

// PausesDue ends the pauses whose time is over: each open case gets its card, or its verdict, if its ballots are enough
// for that. It says how many there were. One that fails is in no other's way.
func (c *Clock) PausesDue(ctx context.Context) (int, error) {
	const batch = 100
	due, err := c.agenda.PausesDue(ctx, c.now(), batch)
	if err != nil {
		return 0, fmt.Errorf("list pauses that are over: %w", err)
	}
	ended := 0
	var failed error
	for _, chat := range due {
		err := c.resume(ctx, chat)
		if errors.Is(err, ErrUnavailable) {
			return ended, err
		}
		if failed = errors.Join(failed, err); err == nil {
			ended++
		}
	}
	return ended, failed
}

// resume has the ballots of a group decide again. Killed in between, it is begun anew: the pause is noted as ended last.
func (c *Clock) resume(ctx context.Context, chat int64) error {
	cases, err := c.agenda.Open(ctx, chat)
	if err != nil {
		return fmt.Errorf("list the open cases of a group: %w", err)
	}
	var failed error
	for _, ref := range cases {
		_, err := c.update(ctx, Key{Chat: ref.Chat, Case: ref.ID}, func(d Docket, now time.Time) (Outcome, error) {
			out := Outcome{}
			switch {
			case d.Case == nil || d.Case.Verdict != Open || d.Case.Over(now) || d.Chat.PausedAt(now) || len(d.Ballots) == 0:
			case d.Case.Appeal == BeforeJury:
				if d.Case.Jury == jury.NoJury || d.Jury == nil || d.Jury.Waits() {
					break
				}
				cs := *d.Case
				out.Case, out.Jury = &cs, d.Jury.Copied()
				out.Jury.Follow(cs.Deadline)
				_, err := decideByJury(&out, d, now)
				return out, err
			case d.Case.Appeal.Open():
			default:
				decide(&out, d, *d.Case, d.Ballots, now)
			}
			return out, nil
		})
		if errors.Is(err, ErrUnavailable) {
			return err
		}
		if err != nil { // it is in no other's way, and has another chance with its next ballot
			failed = errors.Join(failed, fmt.Errorf("go on with case %s: %w", ref.ID, err))
		}
	}
	_, err = c.update(ctx, Key{Chat: chat}, func(d Docket, now time.Time) (Outcome, error) {
		if d.Chat.Paused.IsZero() || d.Chat.PausedAt(now) {
			return Outcome{}, nil // another replica was faster, or it was begun again
		}
		d.Chat.Paused = time.Time{}
		return Outcome{Chat: &d.Chat, Effects: []Effect{AnnouncePause{}}}, nil
	})
	return errors.Join(failed, err)
}
