package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// juries takes what jurors answer.
type juries struct{ *base }

// vote is a juror's 🚩 or 👌. The card stays as it is: an answer that was written on it when the jury ended would tell that this
// juror's vote ended it.
func (h juries) vote(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if err := h.court.Juries.Answer(ctx, cb.Key(), cb.Who, jury.Ballot(cb.Choice)); err != nil {
		return cb.Refuse(err)
	}
	return cb.Toast(cb.Printer.Text("jury.counted", nil)), nil
}
