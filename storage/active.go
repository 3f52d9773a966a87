package storage

import (
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// activeDays is for how many days it is known who wrote.
const activeDays = int64(moderation.ActiveFor / (24 * time.Hour))

// poolSize is how many of the active members are looked at when a jury is drawn. They are drawn first, so that this
// is fair to all; of so many a jury can be made wherever one member in ten is eligible.
const poolSize = 200

// pool is who wrote in a group in the last days, in an order that chance made.
func (u activityTx) pool(chat int64) ([]moderation.Candidate, error) {
	if err := u.log.FlushChat(chat); err != nil {
		return nil, err
	}
	sealed, err := u.activeIn(chat)
	if err != nil {
		return nil, fmt.Errorf("list who is active: %w", err)
	}
	shuffle(sealed)
	var pool []moderation.Candidate
	for _, row := range sealed[:min(len(sealed), poolSize)] {
		c, err := u.candidate(chat, row)
		if err != nil {
			return nil, fmt.Errorf("look at a candidate: %w", err)
		}
		pool = append(pool, c)
	}
	return pool, nil
}

// shuffle puts rows into an order that nobody can foresee: ChaCha8, seeded by the system.
func shuffle(rows [][]byte) {
	var seed [32]byte
	_, _ = crand.Read(seed[:]) // never fails
	rand.New(rand.NewChaCha8(seed)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
}

func (u activityTx) activeIn(chat int64) ([][]byte, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT sealed FROM active WHERE chat = ? AND day > ? AND length(sealed) > 0`, chat, moderation.DayOf(u.now)-activeDays)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][]byte
	for rows.Next() {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return nil, err
		}
		all = append(all, sealed)
	}
	return all, rows.Err()
}

func (u activityTx) candidate(chat int64, sealed []byte) (moderation.Candidate, error) {
	var c moderation.Candidate
	var who sealedWriter
	if err := u.s.openJSON(sealActive, sealed, &who); err != nil {
		return c, err
	}
	c.Person = moderation.Person{ID: who.Person, Language: who.Language}
	var err error
	if c.Person.Private, err = u.private(who.Person); err != nil {
		return c, err
	}
	if c.Record, err = u.record(chat, who.Person); err != nil {
		return c, err
	}
	return c, u.Row(`SELECT EXISTS (SELECT 1 FROM admin WHERE tag = ? AND chat = ?)`, u.s.key.Tag(tagAdmin, who.Person), chat).Scan(&c.Admin)
}
