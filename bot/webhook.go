package bot

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"io"
	"net/http"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// maxUpdate bounds the body of one webhook request.
const maxUpdate = 1 << 20

// secretHeader carries what was given to [wire.SetWebhook].
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// Webhook returns the HTTP handler that Telegram calls. It refuses every request without
// the secret, and all requests if the secret is empty. A request is answered with
// 200 only after its update is committed, or kept in the inbox; otherwise Telegram sends it again.
func (r *Receiver) Webhook(secret string) http.Handler {
	return &webhook{Receiver: r, secret: secret}
}

type webhook struct {
	*Receiver
	secret string
}

// ServeHTTP takes in one update.
func (w *webhook) ServeHTTP(out http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodPost {
		out.Header().Set("Allow", http.MethodPost)
		refuse(out, http.StatusMethodNotAllowed)
		return
	}
	if !w.admits(req) {
		refuse(out, http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(out, req.Body, maxUpdate))
	if err != nil {
		refuse(out, http.StatusRequestEntityTooLarge)
		return
	}
	if err := w.commit(req.Context(), body); err != nil {
		refuse(out, http.StatusInternalServerError)
	}
}

func refuse(out http.ResponseWriter, status int) {
	http.Error(out, http.StatusText(status), status)
}

// admits compares the secrets in constant time, so that the time tells nothing about them, not even their length.
func (w *webhook) admits(req *http.Request) bool {
	given := sha256.Sum256([]byte(req.Header.Get(secretHeader)))
	wanted := sha256.Sum256([]byte(w.secret))
	return subtle.ConstantTimeCompare(given[:], wanted[:]) == 1 && w.secret != ""
}

// commit waits until the update is handled, or kept. An update that cannot be read counts as handled.
func (w *webhook) commit(ctx context.Context, body []byte) error {
	u, err := wire.DecodeUpdate(body)
	if err != nil {
		w.undecodable(u.ID, err)
		return nil
	}
	done := make(chan error, 1)
	j := w.newJob(u, func(err error) { done <- err })
	if j == nil || !w.admitted(w.dispatch.work, j) {
		return nil
	}
	j.raw, j.places, j.resent = body, placesFor(body), true
	w.dispatch.add(j)
	late := w.clock.NewTimer(patience)
	defer late.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-late.Chan():
			if err := w.dispatch.keepOpen(context.WithoutCancel(ctx)); err != nil {
				w.log.Warn("what waits cannot be kept, so telegram waits", "error", err)
			}
			late.Reset(slowPollLimit)
		}
	}
}
