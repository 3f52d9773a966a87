package storage

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// loadDaily reads whether somebody asked today already for what may be asked for once a day.
func (u memberTx) loadDaily(d *moderation.Docket, key moderation.Key) error {
	if key.Daily == "" {
		return nil
	}
	var asked bool
	err := u.Row(`SELECT EXISTS (SELECT 1 FROM daily WHERE tag = ? AND day = ?)`, u.dailyTag(key.Actor, key.Daily), u.today()).Scan(&asked)
	if err != nil {
		return fmt.Errorf("look what somebody asked for today: %w", err)
	}
	d.Asked = moderation.Loaded(asked)
	return nil
}

// saveDaily notes that somebody asked for it.
func (u memberTx) saveDaily(person int64, daily moderation.Daily) {
	u.Later("note what somebody asked for today", `INSERT INTO daily (tag, day) VALUES (?, ?) ON CONFLICT (tag) DO UPDATE SET day = excluded.day`,
		u.dailyTag(person, daily), u.today())
}

func (u memberTx) dailyTag(person int64, daily moderation.Daily) []byte {
	return u.s.key.TagText(tagDaily, person, string(daily))
}
