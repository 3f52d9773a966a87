package sqldb

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"syscall"

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

// What PostgreSQL calls errors, see https://www.postgresql.org/docs/current/errcodes-appendix.html. The first two letters are
// the class.
const (
	classConnection    = "08" // the way to the server
	classAuthorization = "28" // user or password
	classRollback      = "40" // others were in the way
	classResources     = "53" // such as a full disk
	classOperator      = "57" // the server is shut down, or is told to
	classSystem        = "58" // its files

	stateReadOnly      = "25006" // read_only_sql_transaction
	stateIdle          = "25P03" // idle_in_transaction_session_timeout
	stateNoDatabase    = "3D000" // invalid_catalog_name
	stateSerialization = "40001" // serialization_failure
	stateDeadlock      = "40P01" // deadlock_detected
	stateLocked        = "55P03" // lock_not_available
	stateShutdown      = "57P01" // admin_shutdown
	stateCrash         = "57P02" // crash_shutdown
	stateStarting      = "57P03" // cannot_connect_now
	stateUnknown       = "42704" // undefined_object, such as a setting
)

// Restarting says whether PostgreSQL is there, but is being stopped or started, so that it will answer in a moment.
func Restarting(err error) bool {
	switch code(err) {
	case stateShutdown, stateCrash, stateStarting:
		return true
	}
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// conflict says whether a transaction failed because of another that ran beside it: it will not the next time.
func conflict(err error) bool {
	state := code(err)
	return state == stateSerialization || state == stateDeadlock
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
// asked.
func passingPostgres(err error) bool {
	if state := code(err); state != "" {
		switch state[:2] {
		case classConnection, classRollback, classResources, classOperator, classSystem:
			return true
		}
		return state == stateReadOnly || state == stateIdle || state == stateLocked
	}
	var unreachable *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &unreachable) || errors.As(err, &network) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe)
}

// passingSQLite are the results of SQLite that say nothing about what was asked, and will be different
// once the disk is there, has room and may be written.
var passingSQLite = map[sqlite3.ErrNo]bool{
	sqlite3.ErrBusy: true, sqlite3.ErrLocked: true, sqlite3.ErrFull: true, sqlite3.ErrIoErr: true,
	sqlite3.ErrReadonly: true, sqlite3.ErrCantOpen: true, sqlite3.ErrNomem: true,
}
