package lookup

import (
	"testing"
	"testing/synctest"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Telegram says at random that a member was never there. That is believed only of who waits for the answer, and asked with pauses.
func TestNotFoundAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.tg.err = &wire.Error{Code: 400, Description: "Bad Request: PARTICIPANT_ID_INVALID"}
		d.Ahead(t.Context(), group, anna.person)
		synctest.Wait()
		d.tg.err = nil
		d.present(anna, true, 2)
	})
}
