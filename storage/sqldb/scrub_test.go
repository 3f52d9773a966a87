package sqldb_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
	"pgregory.net/rapid"
)

// tells fails if an error tells a part of a DSN, however it is printed.
func tells(t rapid.TB, err error, secrets ...string) {
	t.Helper()
	for _, verb := range []string{"%v", "%+v", "%#v", "%q"} {
		text := fmt.Sprintf(verb, err)
		for _, secret := range secrets {
			if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
				t.Errorf("%s tells %q: %s", verb, secret, text)
			}
		}
	}
}

// opened is what is said of a database that is opened and closed.
func opened(t rapid.TB, dsn string) error {
	t.Helper()
	db, err := sqldb.Open(context.Background(), dsn, time.Now)
	if err == nil {
		err = errors.Join(db.Migrate(context.Background()), db.Close())
	}
	return err
}

func TestUnreadableDSN(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	for dsn, secrets := range map[string][]string{
		"postgres://ostrakon:ab@cdefgh%zz@127.0.0.1:1/db":                        {"cdefgh", "ab@", "127.0.0.1"},
		"postgres://ostrakon:ab@cdefgh@127.0.0.1:1/db":                           {"cdefgh", "ab@"},
		"postgres://ostrakon:abcd/efgh@127.0.0.1:1/db":                           {"abcd", "efgh"},
		"postgres://ostrakon:abcd efgh@127.0.0.1:1/db":                           {"abcd", "efgh"},
		"postgres://ostrakon:abcd?efgh@127.0.0.1:1/db":                           {"abcd", "efgh"},
		"postgres://u/d?password=abcdefgh&sslmode=never":                         {"abcdefgh", "never"},
		"postgres://127.0.0.1:1/d?sslrootcert=/srv/abcd.pem&sslmode=verify-full": {"abcd", "/srv"},
		"postgres://127.0.0.1:1/d?connect_timeout=abcdefgh":                      {"abcdefgh"},
		"postgres://127.0.0.1:abcdefgh/d":                                        {"abcdefgh"},
		"host=127.0.0.1 user=abcd password=efgh dbname=ijkl":                     {"abcd", "efgh", "ijkl"},
		"Postgres://abcd:efgh@127.0.0.1:1/ijkl":                                  {"abcd", "efgh", "ijkl"},
		"sqlite:postgres://abcd:efgh@127.0.0.1:1/ijkl":                           {"abcd", "efgh", "ijkl"},
		"sqlite:/srv/abcd/efgh.db":                                               {"abcd", "efgh", "/srv"},
		"mysql://abcd:efgh@127.0.0.1/ijkl":                                       {"abcd", "efgh", "ijkl"},
	} {
		err := opened(t, dsn)
		if err == nil {
			t.Errorf("%s is opened", dsn)
			continue
		}
		tells(t, err, secrets...)
		if !strings.Contains(err.Error(), "storage.dsn") && !strings.Contains(err.Error(), "database") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: not a sentence that says what to do: %v", dsn, err)
		}
	}
}

// Nothing that may stand in a DSN shows in what is said when the database cannot be opened, whatever is wrong with it.
func TestNoErrorTellsOfTheDSN(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	word := rapid.StringMatching(`zq[a-z0-9]{6,10}`)
	sign := rapid.SampledFrom([]string{"@", ":", "/", "?", "#", "%", " ", "%40", "%zz", "&", "=", "+", "'", `"`, `\`, "é", "\t"})
	rapid.Check(t, func(t *rapid.T) {
		user, one, two, name, file := word.Draw(t, "user"), word.Draw(t, "one"), word.Draw(t, "two"), word.Draw(t, "name"), word.Draw(t, "file")
		password := one + sign.Draw(t, "sign") + two
		shape := rapid.SampledFrom([]string{
			"postgres://%s:%s@127.0.0.1:1/%s?sslmode=disable", "postgresql://%s:%s@127.0.0.1:1/%s?sslkey=/srv/" + file + "&sslcert=/srv/" + file,
			"postgres:///?user=%s&password=%s&host=127.0.0.1&port=1&dbname=%s&sslmode=disable", "postgres://%s:%s@/%s?host=/tmp/" + file,
			"host=127.0.0.1 port=1 user=%s password=%s dbname=%s", "sqlite:/none/%s:%s@%s", "postgres//%s:%s@127.0.0.1:1/%s",
			"postgres://%s:%s@127.0.0.1:1,127.0.0.1:2/%s?sslmode=disable&passfile=/srv/" + file,
		}).Draw(t, "shape")
		if rapid.Bool().Draw(t, "escaped") {
			password = url.QueryEscape(password)
		}
		err := opened(t, fmt.Sprintf(shape, user, password, name))
		if err == nil {
			t.Fatal("opened")
		}
		tells(t, err, user, one, two, name, file, "127.0.0.1")
	})
}

// liar is a server that answers like PostgreSQL and quotes all that it was told in each refusal.
type liar struct {
	code     string // of the refusal; empty = it hangs up
	startup  bool   // it refuses at once, not when it is asked something
	accepted net.Listener
}

func lie(t *testing.T, l liar) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.accepted = listener
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go l.serve(conn)
		}
	}()
	return listener.Addr().String()
}

func (l liar) serve(conn net.Conn) {
	defer conn.Close()
	server := pgproto3.NewBackend(conn, conn)
	first, err := server.ReceiveStartupMessage()
	if err != nil {
		return
	}
	told := fmt.Sprint(first.(*pgproto3.StartupMessage).Parameters, conn.LocalAddr())
	refuse := func() {
		if l.code != "" {
			server.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: l.code, Message: "no way for " + told, Detail: told, Hint: told})
			_ = server.Flush() // of who has hung up
		}
	}
	if l.startup {
		refuse()
		return
	}
	server.Send(&pgproto3.AuthenticationOk{})
	server.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	if server.Flush() != nil {
		return
	}
	if _, err := server.Receive(); err == nil {
		refuse()
	}
}

func TestServersThatQuoteTheDSN(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	for name, l := range map[string]liar{
		"hangs up":                  {startup: true},
		"hangs up when it is asked": {},
		"refuses the password":      {code: "28P01", startup: true},
		"refuses the address":       {code: "28000", startup: true},
		"knows no such database":    {code: "3D000", startup: true},
		"is shut down":              {code: "57P01"},
		"lacks a permission":        {code: "42501"},
		"has no room":               {code: "53300", startup: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := lie(t, l)
			_, port, _ := net.SplitHostPort(address)
			err := opened(t, "postgres://zquser:zqpass@"+address+"/zqname?sslmode=disable&application_name=zqapp")
			if err == nil {
				t.Fatal("opened")
			}
			tells(t, err, "zquser", "zqpass", "zqname", "zqapp", "127.0.0.1", port)
			if l.code != "" && !strings.Contains(err.Error(), l.code) {
				t.Errorf("does not tell the code %s: %v", l.code, err)
			}
		})
	}
}

// What the network says is told without the address, and is still known for what it is.
func TestNetworkErrorsKeepTheirKind(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	const dsn = "postgres://zquser:zqpass@zqhost:5432/zqname"
	for _, cause := range []error{
		&net.DNSError{Err: "no such host", Name: "zqhost", IsNotFound: true},
		&net.OpError{Op: "read", Net: "tcp", Err: errors.New("zqhost reset")},
		errors.New("failed to connect to `user=zquser database=zqname`"),
	} {
		err := sqldb.Scrubbed(dsn, fmt.Errorf("zqhost:5432 (zqhost): %w", cause))
		tells(t, err, "zquser", "zqpass", "zqhost", "5432", "zqname")
		if !errors.Is(err, cause) {
			t.Errorf("%v is not known any more", cause)
		}
	}
	if err := sqldb.Scrubbed(dsn, errors.New("closed pool")); err.Error() != "closed pool" {
		t.Errorf("what holds no part of it is not told: %v", err)
	}
	if err := sqldb.Scrubbed("postgres://o:p@h/d", errors.New("conn is closed")); err.Error() != "conn is closed" {
		t.Errorf("short parts are looked for as words: %v", err)
	}
}

// A real server, too, is asked for what it does not have.
func TestRealRefusalsTellNothing(t *testing.T) {
	if cluster == nil {
		t.Skip("of PostgreSQL alone")
	}
	t.Parallel()
	good := cluster.DSN("postgres")
	for name, dsn := range map[string]string{
		"no such database": cluster.DSN("zqname"),
		"no such user":     regexp.MustCompile(`ostrakon`).ReplaceAllString(good, "zquser"),
	} {
		err := opened(t, dsn)
		if err == nil {
			t.Errorf("%s: opened", name)
			continue
		}
		tells(t, err, "zqname", "zquser", "/tmp", "/dev/shm")
	}
}
