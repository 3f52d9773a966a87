package bot

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// admitted asks the handler whether an update may be queued. If not, the update is done, and its sender is told so.
func (r *Receiver) admitted(work context.Context, j *job) bool {
	if j.ordinary {
		return true
	}
	admitted, calls := r.admit(&j.update)
	if !admitted {
		r.answers.offer(work, calls)
	}
	return admitted
}

// admit asks the handler; if that panics, the update is queued.
func (r *Receiver) admit(u *wire.Update) (admitted bool, calls []wire.Call) {
	var err error
	defer RecoverTo(&err, "admit", r.log)
	admitted = true
	return r.handler.Admit(u)
}
