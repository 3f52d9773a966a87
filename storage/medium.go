package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// mediumSize is the step in which the length of a sealed file grows, so that it tells little of which file it is.
const mediumSize = 16 << 10

// paddedSize is how many bytes a file of so many becomes before it is sealed.
func paddedSize(size int64) int64 { return (size + 8 + mediumSize - 1) / mediumSize * mediumSize }

// FindSpace says whether there is space for a file of so many bytes among the evidence of a case, and if not, why. Of a file of
// unknown size, which is 0, the greatest is assumed. If there is none, whoever says next that the message breaks the rules has
// the file looked for again.
func (s caseStore) FindSpace(ctx context.Context, chat int64, id string, size int64) (moderation.NoSpace, error) {
	if size == 0 {
		size = moderation.MaxFile
	}
	var why moderation.NoSpace
	err := s.withTx(ctx, func(u *Tx) (err error) {
		_, why, err = u.claimSpace(chat, id, paddedSize(size))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("look for space for a file: %w", err)
	}
	return why, nil
}

// KeepMedium keeps a file of the evidence of a case, as long as there is any and there is space for it; if not, it says why. What
// it takes is counted, and charged to one of those who say that the message breaks the rules.
func (s caseStore) KeepMedium(ctx context.Context, chat int64, id string, part int, data []byte) (moderation.NoSpace, error) {
	plain := binary.BigEndian.AppendUint64(make([]byte, 0, paddedSize(int64(len(data)))), uint64(len(data)))
	plain = append(plain, data...)
	sealed := s.key.Seal(sealMedium, plain[:cap(plain)])
	var why moderation.NoSpace
	err := s.withTx(ctx, func(u *Tx) error {
		at, no, err := u.claimSpace(chat, id, int64(len(sealed)))
		if why = no; err != nil || no != "" || at.caseID == 0 {
			return err
		}
		return u.keepMedium(at, part, sealed)
	})
	if err != nil {
		return "", fmt.Errorf("keep a file as evidence: %w", err)
	}
	return why, nil
}

// claim is where a file is kept, and who is charged for it, if anybody.
type claim struct {
	caseID, chat int64 // 0 if there is no such case
	payer        charge
}

func (u caseTx) keepMedium(at claim, part int, sealed []byte) error {
	res, err := u.ExecContext(u.ctx, `INSERT INTO medium (case_id, part, sealed) SELECT e.case_id, CAST(? AS BIGINT), CAST(? AS `+u.Dialect().Blob+`)
		FROM evidence e WHERE e.case_id = ? ON CONFLICT DO NOTHING`, part, sealed, at.caseID)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err // there is no evidence any more, or it was kept before
	}
	u.takeSpace(at.chat, int64(len(sealed)))
	if at.payer.person != 0 {
		u.spend(at.payer)
	}
	return nil
}

// claimSpace finds space for a file of so many bytes. The next who asks waits until the transaction ends.
func (u caseTx) claimSpace(chat int64, id string, size int64) (claim, moderation.NoSpace, error) {
	group, err := u.chat(chat, "")
	if err != nil {
		return claim{}, "", err
	}
	c, _, err := u.findCase(*group, moderation.Key{Case: id})
	if err != nil || c == nil {
		return claim{}, "", err
	}
	space, err := u.space(group.id)
	if err != nil {
		return claim{}, "", err
	}
	at := claim{caseID: c.id, chat: group.id}
	why := space.For(size)
	if why == "" {
		if at.payer, why, err = u.payer(c, size); err != nil {
			return claim{}, "", err
		}
	}
	if why != "" {
		u.Later("note that a file was not kept", `UPDATE cases SET unkept = 1 WHERE id = ? AND verdict = 'open'`, c.id)
	}
	return at, why, nil
}

// Medium returns a file of the evidence of a case. It says false if it is not kept.
func (s caseStore) Medium(ctx context.Context, chat int64, id string, part int) ([]byte, bool, error) {
	var sealed []byte
	err := s.reader.QueryRowContext(ctx, `SELECT m.sealed FROM medium m JOIN cases c ON c.id = m.case_id JOIN chat g ON g.id = c.chat
		WHERE g.number = ? AND c.short = ? AND m.part = ?`, chat, id, part).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read a file of evidence: %w", available(err))
	}
	plain, err := s.key.Open(sealMedium, sealed)
	if err != nil || len(plain) < 8 {
		return nil, false, fmt.Errorf("open a file of evidence of case %s: %w", id, err)
	}
	n := binary.BigEndian.Uint64(plain)
	if n > uint64(len(plain)-8) {
		return nil, false, fmt.Errorf("open a file of evidence of case %s: it is damaged", id)
	}
	return plain[8 : 8+n], true, nil
}
