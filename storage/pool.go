package storage

import (
	crand "crypto/rand"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// poolSize is how many of those who could be drawn for a jury are found. All who are active are gone through for that, in an order that
// chance made: else a crowd that wrote once would take the places of those who are eligible.
const poolSize = 200

// poolChunk is how many of the active are looked at together.
const poolChunk = 256

// writerRow is somebody who wrote in the last days.
type writerRow struct {
	sealed   []byte
	presence moderation.Presence
}

// pool is who could be drawn for a jury in a group, and what a decision about that looks at.
func (u activityTx) pool(chat chatRow, d moderation.Docket) (p moderation.Pool, err error) {
	if err := u.log.FlushChat(chat.id); err != nil {
		return p, err
	}
	active, err := u.activeIn(chat.id)
	if err != nil {
		return p, fmt.Errorf("list who is active: %w", err)
	}
	shuffle(active)
	for chunk := range slices.Chunk(active, poolChunk) {
		some, err := u.candidates(chat, chunk)
		if err != nil {
			return p, fmt.Errorf("look at candidates: %w", err)
		}
		if p.Candidates = append(p.Candidates, some...); len(p.Candidates) >= poolSize {
			p.Candidates = p.Candidates[:poolSize]
			break
		}
	}
	if d.Case == nil {
		return p, nil
	}
	if p.Sitting, err = u.sitting(chat.id, d); err != nil {
		return p, fmt.Errorf("look at jurors: %w", err)
	}
	if p.Ties, err = u.jurorTies(chat, d, p); err != nil {
		return p, err
	}
	p.Records, err = u.readJuryRecords(chat.id, causers(d))
	return p, err
}

// shuffle puts rows into an order that nobody can foresee: ChaCha8, seeded by the system.
func shuffle(rows []writerRow) {
	var seed [32]byte
	_, _ = crand.Read(seed[:]) // never fails
	rand.New(rand.NewChaCha8(seed)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
}

func (u activityTx) activeIn(chat int64) ([]writerRow, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT sealed, first, days FROM active WHERE chat = ? AND day > ? AND length(sealed) > 0`, chat, moderation.DayOf(u.now)-activeDays)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []writerRow
	for rows.Next() {
		var r writerRow
		if err := rows.Scan(&r.sealed, &r.presence.First, &r.presence.Days); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// candidates are those who are eligible among who wrote, in the same order. Most are found not to be by what the row says.
func (u activityTx) candidates(chat chatRow, rows []writerRow) ([]moderation.Candidate, error) {
	var some []moderation.Candidate
	for _, r := range rows {
		var who sealedWriter
		if err := u.s.openJSON(sealActive, r.sealed, &who); err != nil {
			return nil, err
		}
		some = append(some, moderation.Candidate{
			Person: moderation.Person{ID: who.Person, Language: who.Language}, Presence: r.presence,
		})
	}
	eligible := func() {
		some = slices.DeleteFunc(some, func(c moderation.Candidate) bool { return !c.Eligible(chat.Chat, u.now) })
	}
	eligible()
	for _, add := range []func(int64, []moderation.Candidate) error{u.addRecords, u.addAdmins, u.addMuted, u.addJuryRecords, u.addPrivate} {
		if err := add(chat.id, some); err != nil {
			return nil, err
		}
		eligible()
	}
	return some, nil
}

// addRecords adds what the group knows of candidates.
func (u activityTx) addRecords(chat int64, some []moderation.Candidate) error {
	tags, at := named(some, func(id int64) []byte { return u.s.key.Tag(tagMember, chat, id) })
	return u.among(`SELECT tag, `+recordColumns+` FROM member`, chat, tags, func(row scanner) error {
		var tag []byte
		r, err := scanRecord(row, &tag)
		if c := at[string(tag)]; c != nil {
			c.Record = r
		}
		return err
	})
}

// addAdmins adds who is an admin.
func (u activityTx) addAdmins(chat int64, some []moderation.Candidate) error {
	tags, at := named(some, func(id int64) []byte { return u.s.key.Tag(tagAdmin, id) })
	return u.among(`SELECT tag FROM admin`, chat, tags, func(row scanner) error {
		var tag []byte
		err := row.Scan(&tag)
		if c := at[string(tag)]; c != nil {
			c.Admin = true
		}
		return err
	})
}

// addMuted adds who may write nothing. Of the release before, what was put on somebody stands under other tags.
func (u activityTx) addMuted(chat int64, some []moderation.Candidate) error {
	tags, at := []any{}, map[string]*moderation.Candidate{}
	for _, kind := range []string{tagPutOn, tagOffence, tagMember} {
		more, of := named(some, func(id int64) []byte { return u.s.key.Tag(kind, chat, id) })
		tags = append(tags, more...)
		maps.Copy(at, of)
	}
	return u.among(`SELECT tag, state FROM restraint`, chat, tags, func(row scanner) error {
		var tag []byte
		var state string
		if err := row.Scan(&tag, &state); err != nil {
			return err
		}
		r, err := readRestraint(state)
		if c := at[string(tag)]; c != nil && r.Mutes(u.now) {
			c.Muted = true
		}
		return err
	})
}

// addJuryRecords adds what is remembered of candidates and juries.
func (u activityTx) addJuryRecords(chat int64, some []moderation.Candidate) error {
	people := make([]int64, len(some))
	for i, c := range some {
		people[i] = c.Person.ID
	}
	records, err := u.readJuryRecords(chat, people)
	for i := range some {
		some[i].Jury = records[some[i].Person.ID]
	}
	return err
}

// addPrivate adds who can be written to in private.
func (u activityTx) addPrivate(_ int64, some []moderation.Candidate) error {
	tags, at := named(some, func(id int64) []byte { return u.s.key.Tag(tagPrivate, id) })
	return u.eachOf(`SELECT tag FROM private WHERE `, nil, tags, func(row scanner) error {
		var tag []byte
		err := row.Scan(&tag)
		if c := at[string(tag)]; c != nil {
			c.Person.Private = true
		}
		return err
	})
}

// named are the tags of candidates, and whose they are.
func named(some []moderation.Candidate, tag func(int64) []byte) (tags []any, at map[string]*moderation.Candidate) {
	at = make(map[string]*moderation.Candidate, len(some))
	for i := range some {
		t := tag(some[i].Person.ID)
		tags, at[string(t)] = append(tags, t), &some[i]
	}
	return tags, at
}

// sitting are the jurors of a case, if a jury sits.
func (u activityTx) sitting(chat int64, d moderation.Docket) ([]moderation.Candidate, error) {
	var some []moderation.Candidate
	if d.Jury == nil || d.Case.Jury == "" {
		return nil, nil
	}
	for _, s := range d.Jury.Seats {
		if !s.Gone {
			some = append(some, moderation.Candidate{Person: moderation.Person(s.Juror)})
		}
	}
	return some, errors.Join(u.addRecords(chat, some), u.addJuryRecords(chat, some))
}

// jurorTies say who is tied among those who sit and those who may be drawn now. The vote records are also those of who voted.
func (u activityTx) jurorTies(chat chatRow, d moderation.Docket, p moderation.Pool) (weight.Ties, error) {
	t := weight.Ties{
		Day: moderation.DayOf(u.now), Cases: chat.settled,
		Records: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
	}
	compared := slices.Clone(p.Sitting)
	for _, c := range p.Candidates {
		if len(compared) < len(p.Sitting)+moderation.Compared && d.CouldSit(c, d.Case.NextJury(), u.now) {
			compared = append(compared, c)
		}
	}
	voters := slices.Clone(d.Ballots)
	for _, c := range compared {
		voters = append(voters, moderation.Ballot{Ballot: weight.Ballot{Voter: c.Person.ID}})
	}
	if err := u.readVoteRecords(&t, chat.id, voters, 0); err != nil {
		return t, err
	}
	pairs := map[weight.Pair]bool{}
	for i := len(p.Sitting); i < len(compared); i++ { // of those who sit nobody asks any more whether they are tied
		for _, other := range compared[:i] {
			a, b := compared[i].Person.ID, other.Person.ID
			if t.Records[a].Voted > 0 && t.Records[b].Voted > 0 {
				pairs[weight.PairOf(a, b)] = true
			}
		}
	}
	return t, u.readAlike(&t, chat.id, pairs)
}

// causers are the author of a case, and who says that the message breaks the rules.
func causers(d moderation.Docket) []int64 {
	people := []int64{d.Case.Author.ID}
	return append(people, slices.DeleteFunc(d.Raised(), func(who int64) bool { return who == d.Case.Author.ID })...)
}
