package storage

import (
	"bytes"
	"crypto/subtle"
	"encoding/binary"
	"errors"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
)

// The table person_group says in which groups something is kept of a person, so that their own commands need not look at all
// groups. A row is written with whatever is kept, in the same transaction. It may stay longer than that: it says where to look.
//
// Whoever has the database but no key file learns from it how many pairs of a person and a group there are. The groups of a
// person are spread over personSlots tags, so that nearly always each of their rows has one of its own.
const personSlots = 256

// The last day for which a row is kept. Days that are not far apart have the same, so that most writes change nothing and the
// day of the write is not told.
const (
	lasting    int64 = 1<<31 - 1 // what is never too old, such as offences
	week       int64 = 7
	quarter    int64 = 91
	votedDays  int64 = 100 // as long as a ballot can be there
	bucketDays int64 = 1
)

// keptFor is the last day for what is kept for so many days from this one on, at the end of a step.
func keptFor(day, days, step int64) int64 { return (day+days)/step*step + step }

const (
	personGroupInsert   = `INSERT INTO person_group (slot, mark, ref, ends) VALUES `
	personGroupRow      = `(?, ?, ?, ?)`
	personGroupConflict = ` ON CONFLICT (slot, mark) DO UPDATE SET ends = excluded.ends WHERE person_group.ends < excluded.ends`
)

// personGroup is the row of a person in a group. The group's number is hidden by a keyed hash that is used for nothing else.
func personGroup(key *seal.Key, chat, person int64) (slot, mark, ref []byte) {
	mark = key.Tag(tagInGroup, chat, person)
	ref = binary.BigEndian.AppendUint64(make([]byte, 0, seal.TagSize), uint64(chat))
	ref = append(ref, make([]byte, seal.TagSize-len(ref))...)
	hide(key, person, mark, ref)
	return key.Tag(tagSlot, person, chat%personSlots), mark, ref
}

// hide hides the number of a group, or brings it back.
func hide(key *seal.Key, person int64, mark, ref []byte) {
	half := seal.TagSize / 2
	mask := key.Tag(tagGroupMask, person, int64(binary.BigEndian.Uint64(mark[:half])), int64(binary.BigEndian.Uint64(mark[half:])))
	subtle.XORBytes(ref, ref, mask)
}

// openRef is the group of a row, by its number here.
func openRef(key *seal.Key, person int64, mark, ref []byte) (chat int64, err error) {
	if len(ref) == seal.TagSize && len(mark) == seal.TagSize {
		hide(key, person, mark, ref)
		chat = int64(binary.BigEndian.Uint64(ref))
		if !bytes.ContainsFunc(ref[8:], func(r rune) bool { return r != 0 }) {
			return chat, nil
		}
	}
	return 0, errors.New("a row of person_group is damaged")
}

// rememberDays is for how long it is known how often a member's ballots were right, if they vote no more.
const rememberDays = 4 * 180

// endsOfRecord is until when it is noted where somebody wrote on a day, or how they voted.
func endsOfRecord(day int64) int64 { return keptFor(day, rememberDays, quarter) }
