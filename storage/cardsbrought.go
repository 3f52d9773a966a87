package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// broughtDays is for how many days it is known that somebody's reports brought cards.
const broughtDays = int64(moderation.MaxCardsIn / (24 * time.Hour))

// broughtSize is the length of that: of as many times as there can be.
const broughtSize = 60

// brought is when the reports of one member against one author last brought a card.
func (u memberTx) brought(chat, reporter, author int64) (moderation.CardsBrought, error) {
	var sealed []byte
	err := u.Row(`SELECT sealed FROM brought WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(tagBrought, chat, reporter, author)).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	var times []int64
	if err == nil {
		err = u.s.openJSON(sealBrought, sealed, &times)
	}
	if err != nil {
		return nil, fmt.Errorf("read which cards somebody brought: %w", err)
	}
	var c moderation.CardsBrought
	for _, t := range times {
		c = append(c, fromUnix(t))
	}
	return c, nil
}

func (u memberTx) saveBrought(chat, reporter, author int64, c moderation.CardsBrought) error {
	times := make([]int64, len(c))
	for i, t := range c {
		times[i] = unix(t)
	}
	plain, err := marshalPadded(broughtSize, times)
	if err != nil {
		return fmt.Errorf("write which cards somebody brought: %w", err)
	}
	u.Later("note which cards somebody brought", `INSERT INTO brought (chat, tag, sealed, day) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET sealed = excluded.sealed, day = excluded.day`,
		chat, u.s.key.Tag(tagBrought, chat, reporter, author), u.s.key.Seal(sealBrought, plain), moderation.DayOf(u.now))
	return nil
}
