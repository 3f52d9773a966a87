package server

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/calls"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/faults"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// takeFault picks the fault that strikes the call, if any. It takes the lock
// itself.
func (s *API) takeFault(b *world.Bot, method string, p params.Params) *faults.Fault {
	s.world.Lock()
	defer s.world.Unlock()
	fault := s.Faults.Strike(b.ID, method, s.call(b, method, p).ChatID())
	if fault != nil {
		s.world.Touch()
	}
	return fault
}

// fail lets the fault strike before the call is performed, and reports whether the call is
// over. It takes no lock while it hangs.
func (s *API) fail(w http.ResponseWriter, ctx context.Context, b *world.Bot, method string, p params.Params, f *faults.Fault) bool {
	var e *wire.Error
	switch f.Kind {
	case faults.TooManyRequests:
		e = wire.TooMany(max(1, f.RetryAfter))
	case faults.Refuse:
		e = wire.BadRequest(f.Description)
	case faults.ServerError:
		e = &wire.Error{Code: http.StatusBadGateway, Description: "Bad Gateway"}
	case faults.Reset:
		e = &wire.Error{Description: "connection reset"}
	case faults.Hang:
		select {
		case <-f.Release:
			return false
		case <-ctx.Done():
			e = &wire.Error{Description: "the client gave up"}
		}
	case faults.Pretend:
		s.struck(b, method, p, calls.Outcome{Result: json.RawMessage("true"), Fault: f})
		write(w, http.StatusOK, []byte(`{"ok":true,"result":true}`))
		return true
	default:
		return false
	}
	if method != "getUpdates" {
		s.struck(b, method, p, calls.Outcome{Err: e, Fault: f})
	}
	switch f.Kind {
	case faults.ServerError:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(e.Code)
		w.Write([]byte("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"))
	case faults.Reset, faults.Hang:
		panic(http.ErrAbortHandler)
	default:
		answer(w, e)
	}
	return true
}

// struck logs a call that a fault ended.
func (s *API) struck(b *world.Bot, method string, p params.Params, o calls.Outcome) {
	s.world.Lock()
	defer s.world.Unlock()
	s.record(b, method, p, o)
}
