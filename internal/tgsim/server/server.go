// Package server answers the Bot API over HTTP.
//
// It reads a call, checks it against the schema, lets the fault strike that
// waits for it, performs it and logs it. A call that breaks the schema is
// refused and becomes a violation of the world. What methods do is not decided
// here.
package server

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/faults"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Server is a running HTTP front of a world.
type Server struct {
	// URL is the base: the Bot API is at URL/bot<token>/<method>.
	URL string

	api  *API
	http *http.Server
	stop context.CancelFunc
}

// Serve starts answering the Bot API on a free port of 127.0.0.1. It panics
// if there is none, as a test could do nothing else.
func (s *API) Serve() *Server {
	ctx, stop := context.WithCancel(context.Background())
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		panic("tgsim: " + err.Error())
	}
	srv := &Server{
		URL:  "http://" + listener.Addr().String(),
		api:  s,
		stop: stop,
		http: &http.Server{
			Handler:           s,
			BaseContext:       func(net.Listener) context.Context { return ctx },
			ReadHeaderTimeout: time.Minute,
		},
	}
	go srv.http.Serve(listener) //nolint:errcheck // returns when closed
	return srv
}

// Close stops the server, its connections and the delivery to webhooks.
func (srv *Server) Close() {
	srv.stop()
	srv.http.Close() //nolint:errcheck // only the listener could fail, and it is of no more use
	srv.api.Lines.Stop()
}

// ServeHTTP answers one call of the Bot API.
func (s *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.date(w)
	if strings.HasPrefix(r.URL.Path, "/file/") {
		s.travel(r.Context(), "")
		s.download(w, r.URL.Path)
		return
	}
	token, method, ok := splitPath(r.URL.Path)
	if !ok {
		answer(w, errNotFound)
		return
	}
	b, refused := s.botFor(token)
	if refused != nil {
		answer(w, refused)
		return
	}
	opts := s.options()
	spec := schema.Load().Methods[method]
	if spec == nil {
		s.violation(b, method, "no such method")
		answer(w, errNoMethod)
		return
	}
	if opts.OldSettings() && method == "setMySettings" || opts.NoEphemeralSupport && strings.Contains(method, "EphemeralMessage") {
		answer(w, s.unknown(b, method)) // nobody can know beforehand, so it is no violation
		return
	}
	p, err := params.Read(method, spec, r)
	if err != nil {
		s.violation(b, method, err.Error())
		answer(w, s.refuse(b, method, p, err))
		return
	}
	s.serve(w, r.Context(), b, method, p)
}

// options are what kind of server this is now.
func (s *API) options() world.Options {
	s.world.Lock()
	defer s.world.Unlock()
	return s.world.Opts
}

// serve runs a checked call through the faults that await it, when it has arrived.
func (s *API) serve(w http.ResponseWriter, ctx context.Context, b *world.Bot, method string, p params.Params) {
	if !s.travel(ctx, method) {
		panic(http.ErrAbortHandler)
	}
	fault := s.takeFault(b, method, p)
	if fault != nil && s.fail(w, ctx, b, method, p, fault) {
		return
	}
	body, code := s.run(ctx, b, method, p, fault)
	if fault != nil && fault.Kind == faults.LostAnswer {
		panic(http.ErrAbortHandler)
	}
	s.date(w) // again, since it may have taken a while
	write(w, code, body)
}

// date dates an answer, as HTTP servers do, by the clock of the simulated world.
func (s *API) date(w http.ResponseWriter) {
	w.Header().Set("Date", s.world.Now().UTC().Format(http.TimeFormat))
}

// run performs the call and returns the answer.
func (s *API) run(ctx context.Context, b *world.Bot, method string, p params.Params, fault *faults.Fault) ([]byte, int) {
	if method == "getUpdates" {
		body, e := s.Lines.GetUpdates(ctx, b, p)
		if e != nil {
			return e.Body(), e.Code
		}
		return body, http.StatusOK
	}
	raw, e := s.invoke(b, method, p, fault)
	if e != nil {
		return e.Body(), e.Code
	}
	body := make([]byte, 0, len(raw)+24)
	body = append(body, `{"ok":true,"result":`...)
	body = append(body, raw...)
	return append(body, '}'), http.StatusOK
}

// splitPath takes "/bot<token>/<method>" apart.
func splitPath(path string) (token, method string, ok bool) {
	rest, ok := strings.CutPrefix(path, "/bot")
	if !ok {
		return "", "", false
	}
	token, method, ok = strings.Cut(rest, "/")
	return token, method, ok && method != "" && !strings.Contains(method, "/")
}

// botFor finds the bot with the token. A token of the wrong form is Not
// Found, an unknown one is Unauthorized.
func (s *API) botFor(token string) (*world.Bot, *wire.Error) {
	s.world.Lock()
	defer s.world.Unlock()
	if b := s.world.ByToken[token]; b != nil {
		return b, nil
	}
	id, secret, ok := strings.Cut(token, ":")
	if !ok || secret == "" || strings.ContainsFunc(id, func(r rune) bool { return r < '0' || r > '9' }) {
		return nil, errNotFound
	}
	return nil, &wire.Error{Code: 401, Description: "Unauthorized"}
}

// download serves a file to a bot: "/file/bot<token>/<path>". A message's being deleted leaves it there.
func (s *API) download(w http.ResponseWriter, path string) {
	token, rest, ok := splitFile(path)
	if !ok {
		answer(w, errNotFound)
		return
	}
	if _, refused := s.botFor(token); refused != nil {
		answer(w, refused)
		return
	}
	found := s.file(rest)
	if found == nil {
		answer(w, errNotFound)
		return
	}
	w.Write(found.Bytes())
}

// file finds a file by the path that getFile gave.
func (s *API) file(path string) *world.File {
	_, id, _ := strings.Cut(path, "/")
	s.world.Lock()
	defer s.world.Unlock()
	if f := s.world.Files[id]; f != nil && f.Path() == path {
		return f
	}
	return nil
}

func splitFile(path string) (token, rest string, ok bool) {
	path, ok = strings.CutPrefix(path, "/file/bot")
	if !ok {
		return "", "", false
	}
	return strings.Cut(path, "/")
}

func answer(w http.ResponseWriter, e *wire.Error) { write(w, e.Code, e.Body()) }

func write(w http.ResponseWriter, code int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	w.Write(body)
}
