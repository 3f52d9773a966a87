package moderation

import (
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Amendment is one change of a group's rule book by an admin.
type Amendment struct {
	Update int64
	Chat   int64
	By     Member
	Change rulebook.Amendment
}

// Amend changes a group's rule book and tells the other admins. A rule decides how hard penalties are, so
// whoever changes one must have the right to punish. It returns the book and the rule's id as they are now.
// Cases that were decided before keep their penalties.
func (c *Settings) Amend(ctx context.Context, a Amendment) (rulebook.Book, rulebook.RuleID, error) {
	var book rulebook.Book
	var did rulebook.Amended
	_, err := c.update(ctx, Key{Update: a.Update, Chat: a.Chat}, func(d Docket, now time.Time) (Outcome, error) {
		if !a.By.Admin {
			return Outcome{}, refuse(RefuseNotAdmin, "")
		}
		if !a.By.Restrict {
			return Outcome{}, refuse(RefuseRights, "")
		}
		var err error
		var problem rulebook.Problem
		if book, did, err = d.Chat.Book.Amend(a.Change); errors.As(err, &problem) {
			return Outcome{}, refuse(Code(problem), "")
		}
		if err != nil || did.From == did.To {
			return Outcome{}, err
		}
		d.Chat.Book = book
		told := gatherChange(now, RuleChanged{By: a.By.Named(), Amended: did})
		return Outcome{Chat: &d.Chat, Effects: []Effect{told}}, nil
	})
	return book, did.Rule, err
}
