package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// chatRow is a group and its number in this database.
type chatRow struct {
	id int64
	moderation.Chat
}

const chatColumns = `id, number, kind, is_member, is_admin, can_delete, can_restrict, policy, linked, intro, greeted, warned`

func scanChat(row *sql.Row) (chatRow, error) {
	var c chatRow
	var policy []byte
	var greeted int64
	r := &c.Rights
	err := row.Scan(&c.id, &c.ID, &c.Kind, &r.Member, &r.Admin, &r.Delete, &r.Restrict, &policy, &c.Linked, &c.Intro, &greeted, &c.Warned)
	if err != nil {
		return chatRow{}, err
	}
	c.Greeted = fromUnix(greeted)
	if err := json.Unmarshal(policy, &c.Policy); err != nil {
		return chatRow{}, fmt.Errorf("read a group's settings: %w", err)
	}
	return c, nil
}

// Chat returns a group by its number. One that was never seen is what it would be if it were.
func (s *Store) Chat(ctx context.Context, number int64) (moderation.Chat, error) {
	c, err := scanChat(s.reader.QueryRowContext(ctx, `SELECT `+chatColumns+` FROM chat WHERE number = ?`, number))
	if errors.Is(err, sql.ErrNoRows) {
		return moderation.Chat{ID: number, Policy: s.defaults}, nil
	}
	if err != nil {
		return moderation.Chat{}, fmt.Errorf("read a group: %w", available(err))
	}
	return c.Chat, nil
}

// chat finds a group within a transaction and notes it if it is new.
func (u *unit) chat(number int64, kind moderation.Kind) (chatRow, error) {
	if c, ok := u.chats[number]; ok {
		return c, nil
	}
	const find = `SELECT ` + chatColumns + ` FROM chat WHERE number = ?`
	c, err := scanChat(u.row(find, number))
	if errors.Is(err, sql.ErrNoRows) {
		if err := u.addChat(number, kind); err != nil {
			return chatRow{}, err
		}
		c, err = scanChat(u.row(find, number))
	}
	if err != nil {
		return chatRow{}, fmt.Errorf("read a group: %w", err)
	}
	u.chats[number] = c
	return c, nil
}

func (u *unit) addChat(number int64, kind moderation.Kind) error {
	if kind == "" {
		kind = kindOf(number)
	}
	policy, err := json.Marshal(u.s.defaults)
	if err != nil {
		return fmt.Errorf("write a new group's settings: %w", err)
	}
	if err := u.exec(`INSERT INTO chat (number, kind, policy) VALUES (?, ?, ?)`, number, kind, policy); err != nil {
		return fmt.Errorf("note a new group: %w", err)
	}
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

func (u *unit) saveChat(id int64, c moderation.Chat) error {
	policy, err := json.Marshal(c.Policy)
	if err != nil {
		return fmt.Errorf("write a group's settings: %w", err)
	}
	r := c.Rights
	err = u.exec(`UPDATE chat SET kind = ?, is_member = ?, is_admin = ?, can_delete = ?, can_restrict = ?,
		policy = ?, linked = ?, intro = ?, greeted = ?, warned = ? WHERE id = ?`,
		c.Kind, r.Member, r.Admin, r.Delete, r.Restrict, policy, c.Linked, c.Intro, unix(c.Greeted), c.Warned, id)
	if err != nil {
		return fmt.Errorf("keep a group: %w", err)
	}
	delete(u.chats, c.ID)
	return nil
}

// Groups lists the groups that the bot is in.
func (s *Store) Groups(ctx context.Context) ([]int64, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT number FROM chat WHERE is_member = 1 ORDER BY id`)
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
