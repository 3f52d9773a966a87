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

// frames lists the call stack without arguments, which can be somebody's id.
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

// RecoverTo turns a panic into an error and logs where it happened. It is to be deferred. A panic's value might
// quote a message, so only the runtime's own errors are logged in words.
func RecoverTo(err *error, kind string, log *slog.Logger) {
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
