package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

const chatColumns = `id, number, kind, is_member, is_admin, can_delete, can_restrict, policy, linked, intro, greeted, told,
	log, log_lost, link_code, link_ends, digest_from, digest_due, settled, settled_day, book,
	since, gap_ended, paused, members, members_asked, writers, writers_day, former, bots, changed, new_caused, watched`

// scanChat reads a group. A setting that did not exist when it was last kept has its default.
func (s chatStore) scanChat(row scanner) (chatRow, error) {
	var c chatRow
	var policy, book, told, bots, changed []byte
	var greeted, linkEnds, digestFrom, digestDue, since, gapEnded, paused, asked, caused int64
	r := &c.Rights
	err := row.Scan(&c.id, &c.ID, &c.Kind, &r.Member, &r.Admin, &r.Delete, &r.Restrict, &policy, &c.Linked, &c.Intro, &greeted, &told,
		&c.Log, &c.LogLost, &c.LinkCode, &linkEnds, &digestFrom, &digestDue, &c.settled.Sum, &c.settled.Day, &book,
		&since, &gapEnded, &paused, &c.Size.Members, &asked, &c.Size.Writers, &c.counted, &c.Former, &bots, &changed, &caused, &c.watched)
	if err != nil {
		return chatRow{}, err
	}
	c.Ref, c.Greeted, c.LinkEnds = c.id, fromUnix(greeted), fromUnix(linkEnds)
	c.DigestFrom, c.DigestDue = fromUnix(digestFrom), fromUnix(digestDue)
	c.Since, c.GapEnded, c.Paused, c.Size.Asked = fromUnix(since), fromUnix(gapEnded), fromUnix(paused), fromUnix(asked)
	c.NewCaused = fromUnix(caused)
	if c.Policy, err = s.policy(string(policy)); err != nil {
		return chatRow{}, err
	}
	if len(told) > 0 {
		if err := json.Unmarshal(told, &c.Told); err != nil {
			return chatRow{}, fmt.Errorf("read what a group's admins know: %w", err)
		}
	}
	if len(bots) > 0 {
		if err := json.Unmarshal(bots, &c.Bots); err != nil {
			return chatRow{}, fmt.Errorf("read which other bots are in a group: %w", err)
		}
	}
	if len(changed) > 0 {
		if err := json.Unmarshal(changed, &c.Changed); err != nil {
			return chatRow{}, fmt.Errorf("read which settings of a group were changed: %w", err)
		}
	}
	if book != nil {
		if err := s.openJSON(sealBook, book, &c.Book); err != nil {
			return chatRow{}, fmt.Errorf("read a group's rules: %w", err)
		}
	}
	return c, nil
}

// policy reads the settings of a group. Most groups have the same, and each is read several times an update.
func (s chatStore) policy(kept string) (moderation.Policy, error) {
	if p, found := s.policies.Get(kept); found {
		return *p, nil
	}
	p := s.defaults
	if err := json.Unmarshal([]byte(kept), &p); err != nil {
		return p, fmt.Errorf("read a group's settings: %w", err)
	}
	s.policies.Add(kept, &p)
	return p, nil
}

// Chat returns a group by its number. One that was never seen is what it would be if it were.
func (s chatStore) Chat(ctx context.Context, number int64) (moderation.Chat, error) {
	if c, found := s.chats.Get(number); found {
		return c.Chat, nil
	}
	c, err := s.findChat(ctx, `number = ?`, number)
	if errors.Is(err, moderation.ErrNoChat) {
		return moderation.Chat{ID: number, Policy: s.defaults}, nil
	}
	return c, err
}

// ChatByRef returns a group by its number here, or [moderation.ErrNoChat].
func (s chatStore) ChatByRef(ctx context.Context, ref int64) (moderation.Chat, error) {
	return s.findChat(ctx, `id = ?`, ref)
}

// ChatByCode returns the group whose log channel a code links, if it still does; else it is
// [moderation.ErrNoChat].
func (s chatStore) ChatByCode(ctx context.Context, code string, now time.Time) (moderation.Chat, error) {
	return s.findChat(ctx, `link_code = ? AND link_code <> '' AND link_ends > ?`, code, now.Unix())
}

// ofNumber is a group's row in a query that names the group by its number at Telegram.
const ofNumber = `(SELECT id FROM chat WHERE number = ?)`

func (s chatStore) findChat(ctx context.Context, where string, args ...any) (moderation.Chat, error) {
	c, err := s.scanChat(s.reader.QueryRowContext(ctx, `SELECT `+chatColumns+` FROM chat WHERE `+where, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return moderation.Chat{}, moderation.ErrNoChat
	}
	if err != nil {
		return moderation.Chat{}, fmt.Errorf("read a group: %w", available(err))
	}
	return c.Chat, nil
}

// chat finds a group within a transaction and notes it if it is new; what it returns is not to be changed. Where others may
// write beside us, they wait from here on if it is about the same group.
func (u chatTx) chat(number int64, kind moderation.Kind) (*chatRow, error) {
	if c := u.knownChat(number); c != nil {
		return c, nil
	}
	find := `SELECT ` + chatColumns + ` FROM chat WHERE number = ?` + u.Dialect().Lock
	c, err := u.s.scanChat(u.Row(find, number))
	if errors.Is(err, sql.ErrNoRows) {
		if err := u.addChat(number, kind); err != nil {
			return nil, err
		}
		c, err = u.s.scanChat(u.Row(find, number))
	}
	if err != nil {
		return nil, fmt.Errorf("read a group: %w", err)
	}
	u.chats[number] = &c
	return &c, nil
}

// knownChat is a group as this transaction or, with SQLite, an earlier one saw it; nil if it has to be read.
func (u chatTx) knownChat(number int64) *chatRow {
	c := u.chats[number]
	if c == nil && !u.changesAll && !slices.Contains(u.changed, number) {
		c, _ = u.s.chats.Get(number)
	}
	return c
}

// changes has a group read anew, by this transaction and by those after it, since its row is written now.
func (u chatTx) changes(number int64) {
	delete(u.chats, number)
	u.changed = append(u.changed, number)
}

// readChats finds the groups of messages as [Tx.chat] would one by one. New ones are left out.
func (u chatTx) readChats(seen []moderation.SeenMessage) error {
	var numbers []any
	asked := map[int64]bool{}
	for i := range seen {
		if number := seen[i].Chat; !asked[number] && u.knownChat(number) == nil {
			asked[number] = true
			numbers = append(numbers, number)
		}
	}
	return sqldb.Padded(numbers, 1, func(n int, args []any) error {
		rows, err := u.QueryContext(u.ctx, `SELECT `+chatColumns+` FROM chat WHERE number IN (`+sqldb.Repeat("?", ", ", n)+`) ORDER BY number`+u.Dialect().Lock, args...)
		if err != nil {
			return fmt.Errorf("read groups: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			c, err := u.s.scanChat(rows)
			if err != nil {
				return fmt.Errorf("read a group: %w", err)
			}
			u.chats[c.ID] = &c
		}
		if err := rows.Err(); err != nil {
			return fmt.Errorf("read groups: %w", err)
		}
		return nil
	})
}

func (u chatTx) addChat(number int64, kind moderation.Kind) error {
	if kind == "" {
		kind = kindOf(number)
	}
	policy, err := json.Marshal(u.s.defaults)
	if err != nil {
		return fmt.Errorf("write a new group's settings: %w", err)
	}
	u.Later("note a new group", `INSERT INTO chat (number, kind, policy) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, number, kind, policy)
	return nil
}

// kindOf tells what sort of group a number belongs to, for when nobody said. Those of supergroups
// begin with -100 and have ten digits more.
func kindOf(number int64) moderation.Kind {
	if number > -1_000_000_000_000 {
		return moderation.Basic
	}
	return moderation.Supergroup
}

func (u chatTx) saveChat(id int64, c moderation.Chat) error {
	policy, err := json.Marshal(c.Policy)
	if err != nil {
		return fmt.Errorf("write a group's settings: %w", err)
	}
	told, err := json.Marshal(c.Told)
	if err != nil {
		return fmt.Errorf("write what a group's admins know: %w", err)
	}
	bots, err := json.Marshal(c.Bots)
	if err != nil {
		return fmt.Errorf("write which other bots are in a group: %w", err)
	}
	var changed []byte
	if len(c.Changed) > 0 {
		if changed, err = json.Marshal(c.Changed); err != nil {
			return fmt.Errorf("write which settings of a group were changed: %w", err)
		}
	}
	var book []byte
	if len(c.Book) > 0 {
		plain, err := marshalPadded(bookSize, c.Book)
		if err != nil {
			return fmt.Errorf("write a group's rules: %w", err)
		}
		book = u.s.key.Seal(sealBook, plain)
	}
	r := c.Rights
	u.Later("keep a group", `UPDATE chat SET kind = ?, is_member = ?, is_admin = ?, can_delete = ?, can_restrict = ?,
		policy = ?, linked = ?, intro = ?, greeted = ?, told = ?,
		log = ?, log_lost = ?, link_code = ?, link_ends = ?, digest_from = ?, digest_due = ?, book = ?,
		since = ?, gap_ended = ?, paused = ?, members = ?, members_asked = ?, former = ?, bots = ?, changed = ?, new_caused = ? WHERE id = ?`,
		c.Kind, r.Member, r.Admin, r.Delete, r.Restrict, policy, c.Linked, c.Intro, unix(c.Greeted), string(told),
		c.Log, c.LogLost, c.LinkCode, unix(c.LinkEnds), unix(c.DigestFrom), unix(c.DigestDue), book,
		unix(c.Since), unix(c.GapEnded), unix(c.Paused), c.Size.Members, unix(c.Size.Asked), c.Former, string(bots), string(changed), unix(c.NewCaused), id)
	u.changes(c.ID)
	return nil
}

// Groups lists the groups that the bot is in.
func (s chatStore) Groups(ctx context.Context) ([]int64, error) {
	return s.numbers(ctx, `SELECT number FROM chat WHERE is_member = 1 ORDER BY id`)
}

// CountGroups returns in how many groups the bot is.
func (s chatStore) CountGroups(ctx context.Context) (groups int, err error) {
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM chat WHERE is_member = 1`).Scan(&groups); err != nil {
		return 0, fmt.Errorf("count groups: %w", available(err))
	}
	return groups, nil
}

// DigestsDue implements [moderation.Store].
func (s chatStore) DigestsDue(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	return s.numbers(ctx, `SELECT number FROM chat WHERE is_member = 1 AND digest_due <= ?
		AND number NOT IN (SELECT log FROM chat WHERE log <> 0) ORDER BY digest_due LIMIT ?`, now.Unix(), limit)
}

// PausesDue implements [moderation.Store].
func (s chatStore) PausesDue(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	return s.numbers(ctx, `SELECT number FROM chat WHERE paused > 0 AND paused <= ? ORDER BY paused LIMIT ?`, now.Unix(), limit)
}

// numbers lists the groups that a query finds.
func (s chatStore) numbers(ctx context.Context, query string, args ...any) ([]int64, error) {
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list groups: %w", available(err))
	}
	defer rows.Close()
	var groups []int64
	for rows.Next() {
		var number int64
		if err := rows.Scan(&number); err != nil {
			return nil, fmt.Errorf("list groups: %w", err)
		}
		groups = append(groups, number)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list groups: %w", err)
	}
	return groups, nil
}
