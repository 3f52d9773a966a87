package sqldb

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
)

// ErrAgain, as the error of a transaction or a part of it, has it run again.
var ErrAgain = errors.New("to be tried again")

// errSync says that what was committed with SQLite could not be brought to the disk.
var errSync = errors.New("flush the write-ahead log")

// Passing says whether an error is about the database, the way to it or others who use it, and will pass. Then nothing was
// wrong with what was asked.
func Passing(err error) bool {
	var e sqlite3.Error
	return err != nil && (errors.Is(err, errSync) || errors.As(err, &e) && passingSQLite[e.Code] || passingPostgres(err))
}

// conflict says whether a transaction failed because of another that ran beside it: it will not the next time.
func conflict(err error) bool {
	switch code(err) {
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return true
	default:
		return false
	}
}

// code is what PostgreSQL calls an error, if it is one of its own.
func code(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

// passingPostgres says whether an error is about the server, the way to it or others who use it, and not about what was
// asked. See https://www.postgresql.org/docs/current/errcodes-appendix.html.
func passingPostgres(err error) bool {
	if class := code(err); class != "" {
		switch class[:2] {
		case "08", "40", "53", "57", "58": // connection, rollback, resources (a full disk), operator, system
			return true
		}
		return class == "25006" || class == "25P03" || class == "55P03" // read only, idle for too long, locked
	}
	var unreachable *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &unreachable) || errors.As(err, &network) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe)
}
