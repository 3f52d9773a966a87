package storage

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// A writer is somebody who wrote in a group; a sealedWriter is what is sealed about them.
type (
	writer       struct{ chat, person int64 }
	sealedWriter struct {
		Person   int64  `json:"p"`
		Language string `json:"l,omitempty"`
	}
)

// writerSize is the step in which the length of a sealed writer grows.
const writerSize = 60

// A username is an @username in a group, in lower case.
type username struct {
	chat int64
	name string
}

// An owner is the person who had a username, and the last day on which that was noted.
type owner struct{ person, day int64 }

// An authorCache holds what was written of late about who writes in groups: on which day they wrote last, and whom a
// username means. So each is written once a day at most.
type authorCache struct {
	days   *lru.Cache[writer, int64]
	owners *lru.Cache[username, owner]
}

// authorChanges is what one transaction adds to an authorCache.
type authorChanges struct {
	cache  *authorCache
	days   map[writer]int64
	owners map[username]owner
}

func (c *authorCache) begin() *authorChanges {
	return &authorChanges{c, map[writer]int64{}, map[username]owner{}}
}

// commit adds what the transaction changed, once that is committed.
func (c *authorChanges) commit() {
	addAll(c.cache.owners, c.owners)
	addAll(c.cache.days, c.days)
}

// wroteLately says whether the cache knows that somebody wrote.
func (c *authorChanges) wroteLately(who writer) bool {
	day, _ := c.cache.days.Get(who)
	return day != 0
}

// forget has it noted again when somebody writes, or has the username handle.
func (c *authorChanges) forget(chat, person int64, handle string) {
	c.days[writer{chat, person}] = 0
	if handle != "" {
		c.owners[username{chat, strings.ToLower(handle)}] = owner{}
	}
}

// noteOf is what a message tells about its author that is not written yet: nothing, for most messages.
func (c *authorChanges) noteOf(chat, day int64, m *moderation.SeenMessage) messagelog.Note {
	n := messagelog.Note{Chat: chat, Person: m.Author.ID, Language: m.Author.Language, Day: day}
	if m.Counts && !m.Author.Bot {
		who := writer{chat, n.Person}
		last, here := c.days[who]
		if !here {
			last, _ = c.cache.days.Get(who)
		}
		if n.Wrote = last != n.Day; n.Wrote {
			c.days[who] = n.Day
		}
	}
	if m.Handle != "" {
		name, is := username{chat, strings.ToLower(m.Handle)}, owner{n.Person, n.Day}
		last, here := c.owners[name] // a username that changes hands may do so within a transaction
		if !here {
			last, _ = c.cache.owners.Get(name)
		}
		if last != is {
			c.owners[name] = is
			n.Handle = name.name
		}
	}
	return n
}

// The row of a writer stays longer than a week, since established members are known by it. Each day is counted once.
var (
	activeInsert   = `INSERT INTO active (chat, tag, sealed, first, day) VALUES `
	activeConflict = fmt.Sprintf(` ON CONFLICT (chat, tag) DO UPDATE SET sealed = excluded.sealed,
		days = CASE WHEN excluded.day > active.day AND active.days < %d THEN active.days + 1 ELSE active.days END,
		day = CASE WHEN excluded.day > active.day THEN excluded.day ELSE active.day END`, moderation.EstablishedDays)
)

const (
	handleInsert   = `INSERT INTO handle (chat, tag, sealed, day) VALUES `
	handleConflict = ` ON CONFLICT (chat, tag) DO UPDATE SET sealed = excluded.sealed, day = excluded.day`
)

// writeNotes writes what messages told about their authors. The writers of a group are written in the order of their rows, which
// is quicker if there are many. Usernames are written in the order of the messages: whoever used a name last has it.
func writeNotes(tx *sqldb.Tx, key *seal.Key, all []messagelog.Note) error {
	active := sqldb.NewBulk[writer]("note who is active", activeInsert, `(?, ?, ?, ?, ?)`, activeConflict)
	groups := sqldb.NewBulk[writer]("note in which groups something is kept of who is active", personGroupInsert, personGroupRow, personGroupConflict)
	handles := sqldb.NewBulk[username]("note usernames", handleInsert, `(?, ?, ?, ?)`, handleConflict)
	for len(all) > 0 {
		chat := all[0].Chat
		n := slices.IndexFunc(all, func(n messagelog.Note) bool { return n.Chat != chat })
		if n < 0 {
			n = len(all)
		}
		if err := addActive(tx, key, &active, &groups, chat, all[:n]); err != nil {
			return err
		}
		addHandles(tx, key, &handles, chat, all[:n])
		all = all[n:]
	}
	active.Write(tx)
	groups.Write(tx)
	handles.Write(tx)
	return nil
}

// addActive adds the rows of writers in a group, and those by which they are found.
func addActive(tx *sqldb.Tx, key *seal.Key, rows, groups *sqldb.Bulk[writer], chat int64, notes []messagelog.Note) error {
	type tagged struct {
		tag []byte
		messagelog.Note
	}
	var wrote []tagged
	for _, n := range notes {
		if n.Wrote {
			wrote = append(wrote, tagged{key.Tag(tagActive, chat, n.Person), n})
		}
	}
	slices.SortStableFunc(wrote, func(a, b tagged) int { return bytes.Compare(a.tag, b.tag) })
	for _, t := range wrote {
		plain, err := marshalPadded(writerSize, sealedWriter{t.Person, t.Language})
		if err != nil {
			return fmt.Errorf("write who is active: %w", err)
		}
		rows.Add(tx, writer{chat, t.Person}, chat, t.tag, key.Seal(sealActive, plain), t.Day, t.Day)
		addPersonGroup(tx, key, groups, chat, t.Note)
	}
	return nil
}

// addPersonGroup adds the row of who wrote in a group.
func addPersonGroup(tx *sqldb.Tx, key *seal.Key, rows *sqldb.Bulk[writer], chat int64, n messagelog.Note) {
	slot, mark, ref := personGroup(key, chat, n.Person)
	rows.Add(tx, writer{chat, n.Person}, slot, mark, ref, endsOfRecord(n.Day))
}

// addHandles adds the rows of usernames in a group.
func addHandles(tx *sqldb.Tx, key *seal.Key, rows *sqldb.Bulk[username], chat int64, notes []messagelog.Note) {
	for _, n := range notes {
		if n.Handle == "" {
			continue
		}
		id := binary.BigEndian.AppendUint64(nil, uint64(n.Person))
		rows.Add(tx, username{chat, n.Handle}, chat, handleTag(key, chat, n.Handle), key.Seal(sealHandle, id), n.Day)
	}
}

// handleTag names a username in a group.
func handleTag(key *seal.Key, chat int64, username string) []byte {
	return key.TagText(tagHandle, chat, strings.ToLower(username))
}
