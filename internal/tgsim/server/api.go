package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/calls"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/faults"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/methods"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/updates"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// API performs the calls of a world's bots. Lines, Faults and Log are under
// the lock of the world, as the world is.
type API struct {
	Lines  *updates.Lines
	Faults faults.Set
	Log    calls.Log

	world *world.World
}

// New makes the Bot API of a world. Updates go to webhooks over the
// connections that dial opens; nil opens them as their address says.
func New(w *world.World, dial func(ctx context.Context, network, address string) (net.Conn, error)) *API {
	s := &API{world: w, Lines: updates.New(w)}
	s.Lines.Dial = dial
	s.Lines.Again = func(b *world.Bot) bool {
		struck := s.Faults.Duplicates(b.ID)
		if struck {
			w.Touch()
		}
		return struck
	}
	s.Lines.Perform = func(b *world.Bot, method string, fields map[string]json.RawMessage) {
		s.Call(b, method, fields) //nolint:errcheck // nobody is told the result of such a call
	}
	return s
}

var (
	errNotFound = &wire.Error{Code: 404, Description: "Not Found"}
	errNoMethod = &wire.Error{Code: 404, Description: "Not Found: method not found"}
)

// invoke performs a checked call under the lock and logs it.
func (s *API) invoke(b *world.Bot, method string, p params.Params, fault *faults.Fault) (json.RawMessage, *wire.Error) {
	s.world.Lock()
	defer s.world.Unlock()
	var result any
	e := wire.BadRequest("method " + method + " is not simulated")
	if f := methods.Table[method]; f != nil {
		result, e = f(s.call(b, method, p))
	}
	var raw json.RawMessage
	if e == nil {
		raw = wire.Encode(result)
		if older := s.world.Opts.Before103() && method == "getMyDefaultAdministratorRights"; s.world.Opts.CheckUpdates && !older {
			if err := schema.CheckResult(method, raw); err != nil {
				s.world.Violate("simulator: result " + err.Error() + ": " + string(raw))
			}
		}
	}
	s.record(b, method, p, calls.Outcome{Result: raw, Err: e, Fault: fault})
	return raw, e
}

func (s *API) call(b *world.Bot, method string, p params.Params) *methods.Call {
	return &methods.Call{World: s.world, Lines: s.Lines, Bot: b, Method: method, P: p}
}

// record logs a call.
func (s *API) record(b *world.Bot, method string, p params.Params, o calls.Outcome) {
	s.world.Touch()
	s.Log.Add(s.world.Now(), b, method, p, o)
}

// unknown answers and logs a call of a method that came after the server.
func (s *API) unknown(b *world.Bot, method string) *wire.Error {
	s.world.Lock()
	defer s.world.Unlock()
	s.record(b, method, params.Params{}, calls.Outcome{Err: errNoMethod})
	return errNoMethod
}

// refuse answers and logs a call that breaks the schema.
func (s *API) refuse(b *world.Bot, method string, p params.Params, err error) *wire.Error {
	s.world.Lock()
	defer s.world.Unlock()
	e := wire.BadRequest(err.Error())
	s.record(b, method, p, calls.Outcome{Err: e})
	return e
}

// violation notes that a bot's call breaks the schema.
func (s *API) violation(b *world.Bot, method, text string) {
	s.world.Lock()
	defer s.world.Unlock()
	s.world.Violate(fmt.Sprintf("@%s: %s: %s", b.Username, method, text))
}

// Call performs a method as if it had come over HTTP with a JSON body, but
// without faults. A map is the usual form of arguments; nil means none.
func (s *API) Call(b *world.Bot, method string, arguments any) (json.RawMessage, error) {
	spec := schema.Load().Methods[method]
	if spec == nil || method == "getUpdates" {
		return nil, fmt.Errorf("tgsim: method %s can't be called so", method)
	}
	body := []byte("{}")
	if arguments != nil {
		body = wire.Encode(arguments)
	}
	p, err := params.FromJSON(method, spec, body)
	if err != nil {
		s.violation(b, method, err.Error())
		return nil, s.refuse(b, method, p, err)
	}
	raw, e := s.invoke(b, method, p, nil)
	if e != nil {
		return nil, e
	}
	return raw, nil
}
