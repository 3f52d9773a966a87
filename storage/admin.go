package storage

import (
	"context"

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
		u.Later("note who the admins are", `DELETE FROM admin WHERE chat = ?`, chat)
		for _, person := range out.Admins {
			u.saveAdmin(chat, person, true)
		}
	}
	if out.Admin != nil {
		u.saveAdmin(chat, key.Actor, *out.Admin)
	}
	return nil
}

func (u memberTx) saveAdmin(chat, person int64, admin bool) {
	query := `DELETE FROM admin WHERE tag = ? AND chat = ?`
	if admin {
		query = `INSERT INTO admin (tag, chat) VALUES (?, ?) ON CONFLICT DO NOTHING`
	}
	u.Later("note an admin", query, u.s.key.Tag(tagAdmin, person), chat)
}

// AdminOf lists the groups with the bot in which a person was an admin when they were last seen, at
// most limit. Whether they still are is for Telegram to say.
func (s memberStore) AdminOf(ctx context.Context, person int64, limit int) ([]int64, error) {
	return s.numbers(ctx, `SELECT g.number FROM admin a JOIN chat g ON g.id = a.chat WHERE a.tag = ? AND g.is_member = 1 ORDER BY g.id LIMIT ?`,
		s.key.Tag(tagAdmin, person), limit)
}
