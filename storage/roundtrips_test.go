package storage_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The server says that it is ready for the next query once for each round trip, see
// https://www.postgresql.org/docs/current/protocol-message-formats.html.
const readyForQuery = 'Z'

// TestRoundTrips pins how often an update waits for an answer of PostgreSQL, which takes longer than most statements do.
func TestRoundTrips(t *testing.T) {
	if cluster == nil {
		t.Skip("of PostgreSQL alone")
	}
	d := deskAt(t, filepath.Join(t.TempDir(), "ostrakon.db"))
	var trips atomic.Int64
	d.opts.DSN = countTrips(t, d.opts.DSN, &trips)
	d.open()
	message, voter := int64(0), anna+100
	crowd := d.report(anna, 1000)
	d.court = moderation.NewCourt(d.Store, d.now) // without what shows cards
	vote := func() {
		voter++
		d.must(d.court.Vote(t.Context(), moderation.Vote{
			Update: d.next(), Chat: chess, Case: crowd, Voter: person(voter), Side: [...]moderation.Side{moderation.Fine, moderation.Breaks}[voter%2],
		}))
	}
	for range 60 {
		vote()
	}
	for name, of := range map[string]struct {
		most int64
		do   func()
	}{
		"messages": {3, func() {
			seen := make([]moderation.SeenMessage, 100)
			for i := range seen {
				message++
				seen[i] = d.wrote(anna+message%50, message)
			}
			d.observe(seen...)
		}},
		"a report": {15, func() {
			message++
			r := d.reportBy(person(anna), message)
			r.Target.Author.ID = mallory + message
			if _, err := d.court.Report(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}},
		"a vote among sixty": {15, vote},
	} {
		t.Run(name, func(t *testing.T) {
			of.do() // statements are prepared, which takes round trips of its own
			of.do()
			before := trips.Load()
			of.do()
			if n := trips.Load() - before; n > of.most {
				t.Errorf("%d round trips, not %d", n, of.most)
			}
		})
	}
}

// countTrips puts itself between a store and PostgreSQL, and returns how it is reached there.
func countTrips(t *testing.T, dsn string, trips *atomic.Int64) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "trips") // short, as the path of a socket has to be
	if err != nil {
		t.Fatal(err)
	}
	const socket = ".s.PGSQL.5432"
	listener, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = listener.Close()
		_ = os.RemoveAll(dir)
	})
	q := u.Query()
	server := filepath.Join(q.Get("host"), socket)
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go passOn(client, server, trips)
		}
	}()
	return u.String()
}

// passOn connects a client with the server until one of them hangs up.
func passOn(client net.Conn, server string, trips *atomic.Int64) {
	defer client.Close()
	conn, err := net.Dial("unix", server)
	if err != nil {
		return
	}
	defer conn.Close()
	go func() {
		_, _ = io.Copy(conn, client)
		_ = conn.Close()
	}()
	answers, out := bufio.NewReader(conn), bufio.NewWriter(client)
	for {
		head, err := answers.Peek(5) // the type of a message, and its length without that
		if err != nil {
			return
		}
		if head[0] == readyForQuery {
			trips.Add(1)
		}
		if _, err := io.CopyN(out, answers, 1+int64(binary.BigEndian.Uint32(head[1:]))); err != nil {
			return
		}
		if answers.Buffered() == 0 && out.Flush() != nil {
			return
		}
	}
}
