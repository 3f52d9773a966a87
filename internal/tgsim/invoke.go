package tgsim

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// A call is a method call being performed.
type call struct {
	*Sim
	bot    *Bot
	method string
	p      params.Params
}

// invoke performs a checked call under the lock and logs it.
func (s *Sim) invoke(b *Bot, method string, p params.Params, fault *Fault) (json.RawMessage, *wire.Error) {
	s.Lock()
	defer s.Unlock()
	c := &call{Sim: s, bot: b, method: method, p: p}
	var result any
	e := wire.BadRequest("method " + method + " is not simulated")
	if f := s.methods[method]; f != nil {
		result, e = f(c)
	}
	var raw json.RawMessage
	if e == nil {
		raw = wire.Encode(result)
		if s.opts.CheckUpdates {
			if err := schema.CheckResult(method, raw); err != nil {
				s.violate("simulator: result " + err.Error() + ": " + string(raw))
			}
		}
	}
	s.record(b, method, p, raw, e, fault)
	return raw, e
}

// errNoMethod is the answer to a method that the server does not know.
var errNoMethod = &wire.Error{Code: 404, Description: "Not Found: method not found"}

// unknown answers and logs a call of a method that came after the server.
func (s *Sim) unknown(b *Bot, method string) *wire.Error {
	s.Lock()
	defer s.Unlock()
	s.record(b, method, params.Params{}, nil, errNoMethod, nil)
	return errNoMethod
}

// refuse answers and logs a call that breaks the schema.
func (s *Sim) refuse(b *Bot, method string, p params.Params, err error) *wire.Error {
	s.Lock()
	defer s.Unlock()
	e := wire.BadRequest(err.Error())
	s.record(b, method, p, nil, e, nil)
	return e
}

// Call performs a method as if it had come over HTTP with a JSON body, but
// without faults. A map is the usual form of params; nil means none. Use it
// for other bots in the same world.
func (b *Bot) Call(method string, arguments any) (json.RawMessage, error) {
	s := b.sim
	spec := s.schema.Methods[method]
	if spec == nil || method == "getUpdates" {
		return nil, fmt.Errorf("tgsim: method %s can't be called so", method)
	}
	body := []byte("{}")
	if arguments != nil {
		body = wire.Encode(arguments)
	}
	p, err := params.FromJSON(method, spec, body)
	if err != nil {
		s.recordViolation(b, method, err.Error())
		return nil, s.refuse(b, method, p, err)
	}
	raw, e := s.invoke(b, method, p, nil)
	if e != nil {
		return nil, e
	}
	return raw, nil
}

// ErrorCode is the error_code of an error that Call returned, or 0.
func ErrorCode(err error) int {
	var e *wire.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}
