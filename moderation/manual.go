package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// ManualPenalties takes what admins do without a report.
type ManualPenalties struct{ *runner }

// ManualPenalty is one that an admin gives themselves. It becomes a case like any other, decided at once:
// the same ladder, the same notice, the same way back.
type ManualPenalty struct {
	Update   int64
	Chat     int64
	Kind     Kind
	By       Member
	Target   Target // Message is 0 if nobody's message is meant
	Evidence Evidence
	Step     ladder.Step     // a mute without a time lasts as long as the ladder says
	Rule     rulebook.RuleID // empty if they named none
}

// Punish gives a manual penalty. If the message has an open case that the group can see, that is what ends it: the admin
// has upheld it and chosen the penalty. Else the message stays where it is, unless the penalty is a ban: that removes it if
// the admin may, for Telegram's bans remove nothing.
func (c *ManualPenalties) Punish(ctx context.Context, p ManualPenalty) (Case, error) {
	key := Key{
		Update: p.Update, Chat: p.Chat, Kind: p.Kind,
		Message: p.Target.Message, Album: p.Target.Album, Author: p.Target.Author.ID, Want: Want{Fresh: true},
	}
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) { return punish(d, p, now) })
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

func punish(d Docket, p ManualPenalty, now time.Time) (Outcome, error) {
	if err := mayPunish(d, p.By, p.Target); err != nil {
		return Outcome{}, err
	}
	r := decision{verdict: Upheld, by: p.By, step: p.Step, rule: p.Rule}
	if r.step.Kind == ladder.Mute && r.step.For == 0 {
		r.step = usualMute(d, now)
	}
	out := Outcome{}
	// One that the group cannot see yet is left to its reporters: what happens here is not to tell of it.
	if d.Case != nil && !d.Case.Verdict.Final() && d.Case.Shown() {
		if !p.By.Delete {
			return Outcome{}, refuse(RefuseRights, d.Case.ID)
		}
		conclude(&out, d, *d.Case, d.Ballots, r, now)
		return out, nil
	}
	t := p.Target
	cs := Case{
		ID: d.FreshID, Chat: d.Chat.ID, CaseMessage: CaseMessage{Message: t.Message, Thread: t.Thread, Album: t.Album, SentAt: t.SentAt, Author: t.Author},
		Opened: now, Deadline: now, Decided: now, Verdict: Upheld, ByAdmin: true, Manual: true, Rule: rulebook.Other,
		CaseReview: CaseReview{Judges: []int64{p.By.ID}},
	}
	if d.Chat.Book.Has(p.Rule) {
		cs.Rule = p.Rule
	}
	out.Case, out.Evidence = &cs, &p.Evidence
	if p.Step.Kind == ladder.Ban && p.By.Delete && cs.Message != 0 { // else they were named
		removeMessage(&out, d)
	}
	sentence(&out, d, charged{step: r.step, severity: d.Chat.Book.Rule(cs.Rule).Severity}, now)
	out.Effects = append(out.Effects, p.Evidence.fetch(cs.ID)...)
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicManual, Case: cs.ID, By: p.By.Named()}})
	return out, nil
}

// usualMute is the mute that an admin means who names no time. It is the one that the ladder has for the author's next
// offence, else its next mute from there on, else its longest. If the ladder has none, it is a day.
func usualMute(d Docket, now time.Time) ladder.Step {
	p := d.Chat.Policy
	next := Level(d.History, p.Lapse, now) + 1
	longest := ladder.Step{Kind: ladder.Mute}
	for i, s := range p.Ladder {
		switch {
		case s.Kind != ladder.Mute:
		case i+1 >= next:
			return s
		case s.For > longest.For:
			longest = s
		}
	}
	if longest.For == 0 {
		longest.For = 24 * time.Hour
	}
	return longest
}

// Release is what an admin ends themselves: a mute or a ban.
type Release struct {
	Update  int64
	Chat    int64
	Kind    Kind
	By      Member
	Author  Author
	Role    Role           // the author's
	Name    string         // the author's, for the other admins
	Penalty ladder.Penalty // Mute or Ban
	Held    bool           // Telegram says that there is one, or does not tell
}

// Free ends a member's mute or ban, whoever it came from. The steps on the ladder stay; see [Court.Pardon].
func (c *ManualPenalties) Free(ctx context.Context, r Release) error {
	key := Key{Update: r.Update, Chat: r.Chat, Kind: r.Kind, Author: r.Author.ID}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) { return free(d, r, now) })
	return err
}

func free(d Docket, r Release, now time.Time) (Outcome, error) {
	if err := mayPunish(d, r.By, Target{Author: r.Author, Role: r.Role}); err != nil {
		return Outcome{}, err
	}
	penalty := fit(ladder.Step{Kind: r.Penalty}, r.Author, Supergroup).Kind
	out := Outcome{}
	var others []Offence
	for _, o := range d.History {
		// Who is to be thrown out as soon as the bot may is let stay as well.
		waits := o.Penalty.Kind == ladder.Kick && penalty == ladder.Ban && o.Put == ProgressWaits
		if o.Penalty.Kind == penalty && o.runs(now) || waits {
			out.Ended = append(out.Ended, o.Case)
		} else {
			others = append(others, o)
		}
	}
	if len(out.Ended) == 0 && !r.Held && !d.Author.Silenced.After(now) {
		return Outcome{}, refuse(map[ladder.Penalty]Code{ladder.Mute: RefuseNotMuted, ladder.Ban: RefuseNotBanned}[r.Penalty], "")
	}
	lift(&out, d, EndPenalty{Author: r.Author, Step: ladder.Step{Kind: penalty}, Name: r.Name, Whoever: true}, others, now)
	bind(&out, d, r.Author, time.Time{}, now)
	notice := SendLaterNotice{Step: ladder.Step{Kind: penalty}}
	out.Effects = append(out.Effects, notice.toAuthor(d, r.Author)...)
	out.Effects = append(out.Effects, TellAdmins{Entry: PenaltyEnded{By: r.By.Named(), Name: r.Name, Step: ladder.Step{Kind: penalty}}})
	return out, nil
}

// Purge removes messages that an admin chose, at most a hundred at once.
func (c *ManualPenalties) Purge(ctx context.Context, update, chat int64, by Member, messages []int64) error {
	_, err := c.update(ctx, Key{Update: update, Chat: chat}, func(Docket, time.Time) (Outcome, error) {
		switch {
		case !by.Admin:
			return Outcome{}, refuse(RefuseNotAdmin, "")
		case !by.Delete:
			return Outcome{}, refuse(RefuseRights, "")
		case len(messages) == 0 || len(messages) > MaxPurge:
			return Outcome{}, refuse(RefuseUnknown, "")
		}
		return Outcome{Removed: messages, Effects: []Effect{
			DeleteMessages{Messages: messages},
			TellAdmins{Entry: MessagesPurged{By: by.Named(), Count: len(messages)}},
		}}, nil
	})
	return err
}

// MaxPurge is how many messages can be removed at once: as many as one call to Telegram takes.
const MaxPurge = 100
