package storage

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// A lane is what is delivered one after the other: of a group and class, what concerns one person. Whoever has the database but
// no key file is to learn as little as possible from its number. So a person has none of their own. A lane is made up when
// something is put where nothing waits for them, and it goes with its last row. Half of its number is chance. The other half is a
// keyed hash of the person and that chance, by which it is found again. All that it tells is that rows that wait at the same
// moment go to one person. It tells neither to whom, nor whether anything else ever went there. It is the same for all kinds of
// rows.
const (
	laneAll    = 0 // what concerns nobody, or everybody
	laneFiles  = 1 // files to be fetched, which take their time
	laneShared = 2 // the first of those that many share
	laneHalf   = 24

	// Where so many lanes are used already, people share these few. Else finding one would cost more with each that waits.
	// Which of the few it is stays the same for a person in a group; one in sixteen has the same.
	ownLanes    = 128
	sharedLanes = 16
)

// laneFor is where an effect waits.
func (u outboxTx) laneFor(chat int64, e moderation.Effect) (int64, error) {
	if e.Kind() == moderation.EffectFetch {
		return laneFiles, nil
	}
	return u.laneOf(line{chat, e.Class()}, e.Whom())
}

// laneOf is where something waits for a person already, or a new lane.
func (u outboxTx) laneOf(in line, person int64) (int64, error) {
	if person == 0 {
		return laneAll, nil
	}
	used, err := u.lanesIn(in)
	if err != nil {
		return 0, err
	}
	for _, lane := range used {
		if lane >= 1<<laneHalf && lane == u.lane(in.chat, person, lane>>laneHalf) {
			return lane, nil
		}
	}
	shared := laneShared + u.lane(in.chat, person, 0)%sharedLanes
	switch {
	case slices.Contains(used, shared): // something may wait there for them already
		return shared, nil
	case len(used) >= ownLanes:
		u.lanes[in] = append(used, shared)
		return shared, nil
	}
	var chance [4]byte
	if _, err := rand.Read(chance[1:]); err != nil {
		return 0, fmt.Errorf("make a lane: %w", err)
	}
	lane := u.lane(in.chat, person, 1+int64(binary.BigEndian.Uint32(chance[:])))
	u.lanes[in] = append(used, lane)
	return lane, nil
}

// lane is the one of a person that begins with this chance.
func (u outboxTx) lane(chat, person, chance int64) int64 {
	tag := u.s.key.Tag("lane", chat, person, chance)
	return chance<<laneHalf | int64(binary.BigEndian.Uint32(tag)>>(32-laneHalf))
}

// lanesIn are the lanes in which anything waits, whatever for.
func (u outboxTx) lanesIn(in line) ([]int64, error) {
	if used, known := u.lanes[in]; known {
		return used, nil
	}
	rows, err := u.QueryContext(u.ctx, `SELECT DISTINCT lane FROM outbox WHERE chat = ? AND class = ? AND held IN (0, 1)`, in.chat, int64(in.class))
	if err != nil {
		return nil, fmt.Errorf("see who waits: %w", err)
	}
	defer rows.Close()
	var used []int64
	for rows.Next() {
		var lane int64
		if err := rows.Scan(&lane); err != nil {
			return nil, fmt.Errorf("see who waits: %w", err)
		}
		used = append(used, lane)
	}
	if u.lanes == nil {
		u.lanes = map[line][]int64{}
	}
	u.lanes[in] = used
	return used, rows.Err()
}
