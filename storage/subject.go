package storage

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// nameSubjects gives cases from before there was one the tag by which people find what is about them. Only with the
// key can it be made, so no migration could.
func (s caseStore) nameSubjects(ctx context.Context) error {
	for more := true; more && ctx.Err() == nil; {
		err := s.withTx(ctx, func(u *Tx) (err error) {
			more, err = u.nameSubjects()
			return err
		})
		if err != nil {
			return fmt.Errorf("note whom earlier cases are about: %w", err)
		}
	}
	return ctx.Err()
}

func (u *Tx) nameSubjects() (more bool, err error) {
	rows, err := u.QueryContext(u.ctx, `SELECT id, author FROM cases WHERE subject IS NULL LIMIT ?`, forgetAtOnce)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	authors := map[int64]moderation.Author{}
	for rows.Next() {
		var id int64
		var sealed []byte
		if err := rows.Scan(&id, &sealed); err != nil {
			return false, err
		}
		var a moderation.Author
		if err := u.s.openJSON(sealAuthor, sealed, &a); err != nil {
			return false, err
		}
		authors[id] = a
	}
	if err := rows.Err(); err != nil {
		return false, err
	}
	for id, a := range authors {
		if err := u.Exec(`UPDATE cases SET subject = ? WHERE id = ?`, u.s.key.Tag(tagSubject, a.ID), id); err != nil {
			return false, err
		}
	}
	return len(authors) > 0, nil
}
