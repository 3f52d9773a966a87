package storage

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// payer finds who is charged for a file: the first of those who voted who has enough left. Where nobody did, or who did is
// destroyed, nobody is.
func (u caseTx) payer(c *caseRow, size int64) (charge, moderation.NoSpace, error) {
	if c.key == nil {
		return charge{}, "", nil
	}
	key, err := u.caseKey(c)
	if err != nil {
		return charge{}, "", err
	}
	ballots, err := u.openBallots(c.id, key)
	if err != nil {
		return charge{}, "", fmt.Errorf("read the ballots of case %s: %w", c.ID, err)
	}
	payers := moderation.Payers(ballots)
	for _, who := range payers {
		spent, err := u.spent(who)
		if err != nil {
			return charge{}, "", err
		}
		if spent+size <= moderation.FilesPerDay {
			return charge{who, spent + size}, "", nil
		}
	}
	if len(payers) == 0 {
		return charge{}, "", nil
	}
	return charge{}, moderation.NoSpaceReporter, nil
}

// charge is how many bytes are kept today for what a person reported, with a file that is about to be.
type charge struct{ person, spent int64 }

// spent is how many bytes were kept today for what a person reported.
func (u caseTx) spent(person int64) (int64, error) {
	var sealed []byte
	err := u.Row(`SELECT sealed FROM allowance WHERE tag = ? AND day = ?`, u.s.key.Tag(tagAllowance, person), moderation.DayOf(u.now)).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	var plain []byte
	if err == nil {
		plain, err = u.s.key.Open(sealSpent, sealed)
	}
	if err != nil || len(plain) != 8 {
		return 0, fmt.Errorf("read what was kept for somebody today: %w", err)
	}
	return int64(binary.BigEndian.Uint64(plain)), nil
}

func (u caseTx) spend(c charge) {
	plain := binary.BigEndian.AppendUint64(nil, uint64(c.spent))
	u.Later("note what was kept for somebody today", `INSERT INTO allowance (tag, day, sealed) VALUES (?, ?, ?)
		ON CONFLICT (tag) DO UPDATE SET day = excluded.day, sealed = excluded.sealed`,
		u.s.key.Tag(tagAllowance, c.person), moderation.DayOf(u.now), u.s.key.Seal(sealSpent, plain))
}
