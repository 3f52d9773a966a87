package ops

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Server answers /healthz, /readyz and /metrics. It may be shut down twice, or
// without having been started.
type Server struct {
	log  *slog.Logger
	addr net.Addr // set by Start, before anything else may ask
	http http.Server
}

// NewServer will listen at the address; if it is empty, nowhere. ready says why
// the bot cannot do its work now, or nil; its words are shown to whoever asks.
func NewServer(listen string, ready func(context.Context) error, metrics http.Handler, log *slog.Logger) *Server {
	return &Server{
		log: log,
		http: http.Server{
			Addr:              listen,
			Handler:           routes(ready, metrics),
			ReadHeaderTimeout: 5 * time.Second,
			WriteTimeout:      2 * scrapeTimeout,
			IdleTimeout:       time.Minute,
			ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		},
	}
}

// routes is the whole surface.
func routes(ready func(context.Context) error, metrics http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if err := ready(ctx); err != nil {
			answer(w, http.StatusServiceUnavailable, err.Error())
			return
		}
		answer(w, http.StatusOK, "ok")
	})
	mux.Handle("GET /metrics", metrics)
	return mux
}

const readyTimeout = 2 * time.Second

func answer(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintln(w, line)
}

// Start opens the port and serves from a goroutine. That the port is taken is
// said here; what happens later is logged.
func (s *Server) Start() error {
	if s.http.Addr == "" {
		return nil
	}
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", s.http.Addr)
	if err != nil {
		return fmt.Errorf("http.listen: %w", err)
	}
	s.addr = listener.Addr()
	go func() {
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("operator's port stopped", "error", err)
		}
	}()
	return nil
}

// Addr is where Start listens, or empty.
func (s *Server) Addr() string {
	if s.addr == nil {
		return ""
	}
	return s.addr.String()
}

// Shutdown closes the port and lets requests end, until ctx does.
func (s *Server) Shutdown(ctx context.Context) error {
	return s.http.Shutdown(ctx)
}
