package storage

import "github.com/ostrakon-bot/ostrakon/moderation"

// notePerson notes that something is kept of a person in a group, until the end of a day.
func (u memberTx) notePerson(chat, person, ends int64) {
	who := writer{chat, person}
	if person == 0 || u.noted[who] >= ends {
		return
	}
	if u.noted == nil {
		u.noted = map[writer]int64{}
	}
	u.noted[who] = ends
	slot, mark, ref := personGroup(u.s.key, chat, person)
	u.Later("note in which group something is kept of somebody", personGroupInsert+personGroupRow+personGroupConflict, slot, mark, ref, ends)
}

// today is the day of a transaction.
func (u memberTx) today() int64 { return moderation.DayOf(u.now) }
