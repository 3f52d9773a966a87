package storage

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// allGroups stands for all groups together in the table space.
const allGroups = 0

// space is what files take up, of a group and of all. Nobody else changes it until the transaction ends.
func (u caseTx) space(chat int64) (moderation.Space, error) {
	space := u.s.emptySpace()
	if err := u.lockSpace(); err != nil {
		return space, err
	}
	if err := u.Row(countSpace, chat).Scan(&space.All, &space.Group); err != nil {
		return space, fmt.Errorf("count what files take: %w", err)
	}
	return space, nil
}

const countSpace = `SELECT CAST(coalesce(sum(CASE WHEN chat = 0 THEN bytes END), 0) AS BIGINT), CAST(coalesce(sum(CASE WHEN chat <> 0 THEN bytes END), 0) AS BIGINT)
	FROM space WHERE chat IN (0, ?)`

// lockSpace has others wait who want to keep files, or delete some.
func (u caseTx) lockSpace() error {
	if err := u.Exec(`INSERT INTO space (chat, bytes) VALUES (?, 0) ON CONFLICT DO NOTHING`, allGroups); err != nil {
		return fmt.Errorf("begin to count what files take: %w", err)
	}
	var bytes int64
	if err := u.Row(`SELECT bytes FROM space WHERE chat = ?`+u.Dialect().Lock, allGroups).Scan(&bytes); err != nil {
		return fmt.Errorf("wait for others who count what files take: %w", err)
	}
	return nil
}

// takeSpace counts a file of a group.
func (u caseTx) takeSpace(chat, bytes int64) {
	for _, c := range []int64{chat, allGroups} {
		u.Later("count a file", `INSERT INTO space (chat, bytes) VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET bytes = space.bytes + excluded.bytes`, c, bytes)
	}
}

// deleteEvidence deletes the evidence of the cases that a query finds, with its files, and says of how many.
func (u caseTx) deleteEvidence(cases string, args ...any) (int64, error) {
	if err := u.lockSpace(); err != nil {
		return 0, err
	}
	files := `FROM medium m JOIN cases c ON c.id = m.case_id WHERE m.case_id IN (` + cases + `)`
	err := u.Exec(`UPDATE space SET bytes = space.bytes - gone.bytes FROM (
		SELECT c.chat AS chat, sum(length(m.sealed)) AS bytes `+files+` GROUP BY c.chat
		UNION ALL SELECT 0, coalesce(sum(length(m.sealed)), 0) `+files+`) AS gone WHERE gone.chat = space.chat`, append(args[:len(args):len(args)], args...)...)
	if err == nil {
		err = u.Exec(`DELETE FROM space WHERE bytes = 0 AND chat <> 0`)
	}
	if err != nil {
		return 0, fmt.Errorf("count what is deleted: %w", err)
	}
	res, err := u.ExecContext(u.ctx, `DELETE FROM evidence WHERE case_id IN (`+cases+`)`, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// emptySpace is what files may take, before any are counted. Of a disk that does not tell, nothing is known.
func (s *Store) emptySpace() moderation.Space {
	space := moderation.Space{Limit: s.evidenceLimit}
	if disk, err := s.disk(); err == nil {
		space.Disk = disk
	}
	return space
}

// Space returns what files of evidence take up, in all groups together.
func (s caseStore) Space(ctx context.Context) (moderation.Space, error) {
	space := moderation.Space{Limit: s.evidenceLimit}
	var err error
	if space.Disk, err = s.disk(); err != nil {
		return space, fmt.Errorf("ask how much of the disk is free: %w", err)
	}
	if err := s.reader.QueryRowContext(ctx, countSpace, allGroups).Scan(&space.All, &space.Group); err != nil {
		return space, fmt.Errorf("count what files take: %w", available(err))
	}
	return space, nil
}
