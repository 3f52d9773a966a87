package bot

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
)

// errPanic is what a panic of the handler becomes.
var errPanic = errors.New("handler panicked")

// frames says where the program is, without the arguments that a usual stack shows: they can be
// somebody's number.
func frames() string {
	callers := make([]uintptr, 32)
	found := runtime.CallersFrames(callers[:runtime.Callers(4, callers)])
	var lines []string
	for more := true; more; {
		var f runtime.Frame
		f, more = found.Next()
		lines = append(lines, fmt.Sprintf("%s:%d", f.Function, f.Line))
	}
	return strings.Join(lines, " < ")
}

// recoverTo turns a panic into an error. The log shows where it happened; what was
// thrown might quote a message, so only the runtime's own words are shown.
func recoverTo(err *error, kind string, log *slog.Logger) {
	thrown := recover()
	if thrown == nil {
		return
	}
	*err = errPanic
	reason := fmt.Sprintf("%T", thrown)
	if fault, ok := thrown.(runtime.Error); ok {
		reason = fault.Error()
	}
	log.Error("handler panicked", "kind", kind, "reason", reason, "stack", frames())
}
