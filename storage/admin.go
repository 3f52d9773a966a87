package storage

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// commitAdmins keeps what an outcome says of who is an admin, and of who reported one.
func (u memberTx) commitAdmins(key moderation.Key, chat int64, out moderation.Outcome) error {
	if out.Against != 0 {
		if err := u.complain(chat, out.Against, key.Actor); err != nil {
			return err
		}
	}
	if out.Admins != nil {
		if err := u.Exec(`DELETE FROM admin WHERE chat = ?`, chat); err != nil {
			return fmt.Errorf("note who the admins are: %w", err)
		}
		for _, person := range out.Admins {
			if err := u.saveAdmin(chat, person, true); err != nil {
				return err
			}
		}
	}
	if out.Admin != nil {
		return u.saveAdmin(chat, key.Actor, *out.Admin)
	}
	return nil
}

func (u memberTx) saveAdmin(chat, person int64, admin bool) error {
	query := `DELETE FROM admin WHERE tag = ? AND chat = ?`
	if admin {
		query = `INSERT INTO admin (tag, chat) VALUES (?, ?) ON CONFLICT DO NOTHING`
	}
	if err := u.Exec(query, u.s.key.Tag(tagAdmin, person), chat); err != nil {
		return fmt.Errorf("note an admin: %w", err)
	}
	return nil
}

// AdminOf lists the groups with the bot in which a person was an admin when they were last seen, at
// most limit. Whether they still are is for Telegram to say.
func (s memberStore) AdminOf(ctx context.Context, person int64, limit int) ([]int64, error) {
	return s.numbers(ctx, `SELECT g.number FROM admin a JOIN chat g ON g.id = a.chat WHERE a.tag = ? AND g.is_member = 1 ORDER BY g.id LIMIT ?`,
		s.key.Tag(tagAdmin, person), limit)
}
