package sqldb

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// outside is an error from below this package that is told in words of ours. The drivers and the operating system like to
// name the user, the host, the database or the file, which are parts of the DSN and belong in no log.
type outside struct {
	words string
	cause error // for errors.Is and errors.As; nobody prints it
}

// Error implements error.
func (e *outside) Error() string { return e.words }

// Unwrap returns the cause, for errors.Is and errors.As.
func (e *outside) Unwrap() error { return e.cause }

// pathless is an error about SQLite's files without the path.
func pathless(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return &outside{path.Op + ": " + path.Err.Error(), err}
	}
	if link, ok := errors.AsType[*os.LinkError](err); ok {
		return &outside{link.Op + ": " + link.Err.Error(), err}
	}
	return err
}

// scrubber words what PostgreSQL and its driver say without any part of the DSN.
type scrubber struct {
	parts []string       // long enough to be looked for anywhere
	words *regexp.Regexp // the others, which are looked for as words; nil if there are none
}

// partForm are the pieces of a DSN: what stands between its signs.
var partForm = regexp.MustCompile(`[^\s:/@?&=,;'"\\\[\]]+`)

// shortest is from how many letters on a part is looked for inside of words.
const shortest = 4

func newScrubber(dsn string, cfg *pgxpool.Config) *scrubber {
	s := &scrubber{}
	var short []string
	plain := dsn
	if decoded, err := url.PathUnescape(dsn); err == nil {
		plain += " " + decoded
	}
	c := cfg.ConnConfig
	parts := append(partForm.FindAllString(plain, -1), c.User, c.Password, c.Database, c.Host)
	for _, f := range c.Fallbacks {
		parts = append(parts, f.Host)
	}
	for _, part := range parts {
		part = strings.ToLower(part)
		switch {
		case len(part) >= shortest:
			s.parts = append(s.parts, part)
		case part != "":
			short = append(short, regexp.QuoteMeta(part))
		}
	}
	if len(short) > 0 {
		s.words = regexp.MustCompile(`(?:^|[^a-z0-9])(?:` + strings.Join(short, "|") + `)(?:$|[^a-z0-9])`)
	}
	return s
}

// holds says whether a text holds a part of the DSN.
func (s *scrubber) holds(text string) bool {
	text = strings.ToLower(text)
	for _, part := range s.parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return s.words != nil && s.words.MatchString(text)
}

// clean puts an error of the driver's into our words. What is a signal to database/sql stays as it is.
func (s *scrubber) clean(err error) error {
	if err == nil || err == io.EOF || err == driver.ErrSkip || err == driver.ErrBadConn || err == driver.ErrRemoveArgument { //nolint:errorlint // so does database/sql
		return err
	}
	if _, done := errors.AsType[*outside](err); done {
		return err
	}
	return &outside{s.say(err), err}
}

func (s *scrubber) say(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return s.sayServer(e)
	}
	if words := sayNetwork(err); words != "" {
		return words
	}
	if text := err.Error(); !s.holds(text) {
		return text
	}
	return "the connection to PostgreSQL failed"
}

// sayServer words what PostgreSQL itself says.
func (s *scrubber) sayServer(e *pgconn.PgError) string {
	words := "PostgreSQL refuses"
	switch {
	case strings.HasPrefix(e.Code, classAuthorization):
		words = "PostgreSQL does not accept the user or the password in storage.dsn"
	case e.Code == stateNoDatabase:
		words = "PostgreSQL has no database of the name in storage.dsn"
	case !s.holds(e.Message):
		words = e.Message
	}
	return words + " (SQLSTATE " + e.Code + ")"
}

// sayNetwork words what went wrong on the way to the server, or is empty if that is not it.
func sayNetwork(err error) string {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "the host in storage.dsn is not known to the name service"
	}
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled.Error()
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "PostgreSQL did not answer in time"
	case isTLS(err):
		return "PostgreSQL's certificate is not accepted"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return "the connection to PostgreSQL broke off"
	}
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return "PostgreSQL cannot be reached: " + number.Error()
	}
	return ""
}

func isTLS(err error) bool {
	_, verify := errors.AsType[*tls.CertificateVerificationError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	_, authority := errors.AsType[x509.UnknownAuthorityError](err)
	return verify || host || authority
}
