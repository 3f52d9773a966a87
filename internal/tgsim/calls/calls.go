// Package calls is the log of the calls that bots made.
//
// It has every call but getUpdates, in order, with its parameters and what
// came of it. It does not decide anything.
package calls

import (
	"encoding/json"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/faults"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Record is one method call that a bot made.
type Record struct {
	N           int // number of the call, from 0
	Bot         *world.Bot
	Method      string
	Params      map[string]any    // decoded JSON; numbers are json.Number
	Files       map[string][]byte // what was uploaded, by the name of its part
	Result      json.RawMessage   // nil if the call failed
	Code        int               // error_code; 200 if the call succeeded, 0 if no answer came
	Description string            // of the error
	Fault       faults.Kind       // the fault that struck it, if any
	Time        time.Time
	AfterUpdate int64 // the highest update_id the bot had been given by then
}

// OK says whether the call was performed, even if the answer was lost.
func (c Record) OK() bool { return c.Result != nil }

// Int is a numeric parameter, or 0.
func (c Record) Int(name string) int64 { return params.Params{Vals: c.Params}.Num(name) }

// Text is a string parameter, or "".
func (c Record) Text(name string) string { return params.Params{Vals: c.Params}.Str(name) }

// JSON is a parameter as canonical JSON, or "".
func (c Record) JSON(name string) string {
	v, ok := c.Params[name]
	if !ok {
		return ""
	}
	return string(wire.Encode(v))
}

// Outcome is what came of a call: a result or an error, and the fault that
// struck it.
type Outcome struct {
	Result json.RawMessage
	Err    *wire.Error
	Fault  *faults.Fault
}

// Log is the calls so far.
type Log struct {
	Off   bool // calls are only counted
	Count int
	list  []Record
}

// Add logs a call.
func (l *Log) Add(now time.Time, b *world.Bot, method string, p params.Params, o Outcome) {
	n := l.Count
	l.Count++
	if l.Off {
		return
	}
	c := Record{N: n, Bot: b, Method: method, Params: p.Vals, Result: o.Result, Code: 200, Time: now, AfterUpdate: b.Queue.Shown}
	for name, up := range p.Files {
		if c.Files == nil {
			c.Files = map[string][]byte{}
		}
		c.Files[name] = up.Data
	}
	if o.Err != nil {
		c.Code, c.Description = o.Err.Code, o.Err.Description
	}
	if o.Fault != nil {
		c.Fault = o.Fault.Kind
	}
	l.list = append(l.list, c)
}

// Since is the log from the n-th call on. Its records are not to be changed.
func (l *Log) Since(n int) []Record { return l.list[min(n, len(l.list)):] }
