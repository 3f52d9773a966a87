package storage

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// knownAtMost is how many voters of one side who voted before are compared with each other: a vote with so many takes
// some 50 ms of the database.
const knownAtMost = 2 * moderation.MaxCompared

// ties say who is tied among those who voted and the one who is about to. The vote records are those of all of them. Of
// voters who voted before, only the first [knownAtMost] of a side are compared. The ballots of those behind them lose
// their weight here, for what is decided now, since nobody looked whether they are tied. Voters who never voted before
// keep theirs: they are tied to nobody by their votes.
func (u activityTx) ties(chat chatRow, ballots []moderation.Ballot, actor int64) (weight.Ties, error) {
	t := weight.Ties{
		Day: moderation.DayOf(u.now), Cases: chat.settled,
		Records: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
	}
	if err := u.readVoteRecords(&t, chat.id, ballots, actor); err != nil {
		return t, err
	}
	pairs := map[weight.Pair]bool{}
	for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		known := compared(t, ballots, side, actor)
		if actor != 0 && t.Records[actor].Voted > 0 { // who may take either side
			known = append(known, actor)
		}
		for i, a := range known {
			for _, b := range known[:i] {
				pairs[weight.PairOf(a, b)] = true
			}
		}
	}
	return t, u.readAlike(&t, chat.id, pairs)
}

// compared are the voters of a side who voted before, but for the actor: first those whose ballots can be voices, in the
// order in which they were cast. The ballots of those who are too many lose their weight.
func compared(t weight.Ties, ballots []moderation.Ballot, side moderation.Side, actor int64) []int64 {
	var known []int // their ballots
	for i, b := range ballots {
		if b.Side == side && b.Voter != actor && t.Records[b.Voter].Voted > 0 {
			known = append(known, i)
		}
	}
	counts := func(b moderation.Ballot) int {
		if !b.New && b.Weight > 0 {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(known, func(i, j int) int {
		a, b := ballots[i], ballots[j]
		return cmp.Or(counts(a)-counts(b), a.Order-b.Order, a.At.Compare(b.At))
	})
	var voters []int64
	for n, i := range known {
		if n < knownAtMost {
			voters = append(voters, ballots[i].Voter)
		} else {
			ballots[i].Weight = 0
		}
	}
	return voters
}

// readVoteRecords reads what is remembered of the ballots of voters.
func (u activityTx) readVoteRecords(t *weight.Ties, chat int64, ballots []moderation.Ballot, actor int64) error {
	who := map[string]int64{}
	var tags []any
	ask := func(voter int64) {
		if _, here := t.Records[voter]; here || voter == 0 {
			return
		}
		t.Records[voter] = weight.VoteRecord{}
		tag := u.s.key.Tag(tagTrack, chat, voter)
		who[string(tag)] = voter
		tags = append(tags, tag)
	}
	for _, b := range ballots {
		ask(b.Voter)
	}
	ask(actor)
	err := u.among(`SELECT tag, `+voteRecordColumns+` FROM track`, chat, tags, func(row scanner) error {
		var tag []byte
		var track weight.VoteRecord
		err := row.Scan(append([]any{&tag}, voteRecordInto(&track)...)...)
		t.Records[who[string(tag)]] = track
		return err
	})
	if err != nil {
		return fmt.Errorf("read members' records: %w", err)
	}
	return nil
}

// readAlike reads in how many cases each two voted alike.
func (u activityTx) readAlike(t *weight.Ties, chat int64, pairs map[weight.Pair]bool) error {
	of := make(map[string]weight.Pair, len(pairs))
	tags := make([]any, 0, len(pairs))
	for p := range pairs {
		tag := u.s.key.Tag(tagAlike, chat, p.A, p.B)
		of[string(tag)] = p
		tags = append(tags, tag)
	}
	err := u.among(`SELECT tag, sum, day FROM alike`, chat, tags, func(row scanner) error {
		var tag []byte
		var trace weight.Trace
		err := row.Scan(&tag, &trace.Sum, &trace.Day)
		if trace.Sum > 0 {
			t.Alike[of[string(tag)]] = trace
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read how often members voted alike: %w", err)
	}
	return nil
}

// among reads the rows of a group that have one of the tags, some at a time.
func (u activityTx) among(query string, chat int64, tags []any, each func(scanner) error) error {
	return u.eachOf(query+` WHERE chat = ? AND `, []any{chat}, tags, each)
}
