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
	laneFree  = -1 // each row by itself: nothing depends on the order of deletions
	laneAll   = 0  // what concerns nobody, or everybody
	laneFiles = 1  // files to be fetched, which take their time
	laneOwn   = 1  // of no group: what people ask about themselves, which takes its time too. So it is done for one at a time
	laneHalf  = 24

	// Where so many lanes are used already, people share a few. Else finding one would cost more with each that waits. The
	// few are made up by chance too, all with the same, and go when nothing waits in any of them. Which of them is a person's
	// is another the next time.
	ownLanes    = 128
	sharedLanes = 16
	sharedFrom  = 1 << 50 // so large is the number of a shared lane; what is above that is its chance and which of the few it is

	laneOld = 2 // the first of those that many shared in earlier releases, and that was the same at all times
)

// laneFor is where an effect waits.
func (u outboxTx) laneFor(chat int64, e moderation.Effect) (int64, error) {
	switch e.Kind() {
	case moderation.EffectFetch:
		return laneFiles, nil
	case moderation.EffectKept, moderation.EffectCases, moderation.EffectErase:
		return laneOwn, nil
	case moderation.EffectLookup, moderation.EffectReceipt:
		return laneFree, nil // how long one takes must not show in when another is done
	}
	return u.laneOf(line{chat, e.Class()}, e.Whom())
}

// laneOf is where something waits for a person already, or a new lane.
func (u outboxTx) laneOf(in line, person int64) (int64, error) {
	switch {
	case person == 0 && in.class == moderation.Urgent:
		return laneFree, nil
	case person == 0:
		return laneAll, nil
	}
	used, err := u.lanesIn(in)
	if err != nil {
		return 0, err
	}
	if lane, found := u.laneUsed(in, person, used); found {
		return lane, nil
	}
	lane, err := u.newLane(in, person, used)
	u.lanes[in] = append(used, lane)
	return lane, err
}

// laneUsed is the lane in which something may wait for a person already: if not in their own, then in one that many share.
func (u outboxTx) laneUsed(in line, person int64, used []int64) (lane int64, found bool) {
	own := func(lane int64) bool {
		return lane >= 1<<laneHalf && lane < sharedFrom && lane == u.lane(in.chat, person, lane>>laneHalf)
	}
	old := laneOld + u.lane(in.chat, person, 0)%sharedLanes
	shared := func(lane int64) bool {
		return lane == old || lane >= sharedFrom && lane == u.shared(in.chat, person, sharedChance(lane))
	}
	for _, theirs := range []func(int64) bool{own, shared} {
		if i := slices.IndexFunc(used, theirs); i >= 0 {
			return used[i], true
		}
	}
	return 0, false
}

// newLane is a lane for a person for whom nothing waits.
func (u outboxTx) newLane(in line, person int64, used []int64) (int64, error) {
	many := len(used) >= ownLanes
	for _, lane := range used {
		if many && lane >= sharedFrom {
			return u.shared(in.chat, person, sharedChance(lane)), nil
		}
	}
	var drawn [4]byte
	if _, err := rand.Read(drawn[1:]); err != nil {
		return 0, fmt.Errorf("make a lane: %w", err)
	}
	chance := 1 + int64(binary.BigEndian.Uint32(drawn[:]))
	if many {
		return u.shared(in.chat, person, chance), nil
	}
	return u.lane(in.chat, person, chance), nil
}

// shared is the lane of a person among those that many share and that have this chance.
func (u outboxTx) shared(chat, person, chance int64) int64 {
	return sharedFrom + chance*sharedLanes + u.lane(chat, person, chance)%sharedLanes
}

func sharedChance(lane int64) int64 { return (lane - sharedFrom) / sharedLanes }

// lane is the one of a person that begins with this chance.
func (u outboxTx) lane(chat, person, chance int64) int64 {
	tag := u.s.key.Tag("lane", chat, person, chance)
	return chance<<laneHalf | int64(binary.BigEndian.Uint32(tag)>>(32-laneHalf))
}

// lanesUsed goes from lane to lane, so that it costs the same however many rows wait in each.
var lanesUsed = `WITH RECURSIVE ` + eachLane("free", "0") + `, ` + eachLane("held", "1") + `
	SELECT lane FROM free WHERE lane IS NOT NULL UNION SELECT lane FROM held WHERE lane IS NOT NULL`

func eachLane(name, held string) string {
	next := func(more string) string {
		return `(SELECT o.lane FROM outbox o WHERE o.chat = ?1 AND o.class = ?2 AND o.held = ` + held + more + ` ORDER BY o.lane LIMIT 1)`
	}
	return name + ` (lane) AS (SELECT ` + next("") + ` UNION ALL SELECT ` + next(" AND o.lane > l.lane") + ` FROM ` + name + ` l WHERE l.lane IS NOT NULL)`
}

// lanesIn are the lanes in which anything waits, whatever for.
func (u outboxTx) lanesIn(in line) ([]int64, error) {
	if used, known := u.lanes[in]; known {
		return used, nil
	}
	rows, err := u.QueryContext(u.ctx, lanesUsed, in.chat, int64(in.class))
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
