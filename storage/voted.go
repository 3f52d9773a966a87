package storage

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// keyedCase is a case whose ballots are still there.
type keyedCase struct {
	id, chat int64 // its number and its group's, here
	ref      moderation.CaseRef
	key      *seal.Key
}

// Voted lists the cases whose ballots are still there and in which a person voted, the latest vote first, with the ballots. It
// leaves out what they wiped.
func (s memberStore) Voted(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, []moderation.Ballot, error) {
	groups, err := s.mayKnow(ctx, person)
	if err != nil {
		return nil, nil, err
	}
	wiped, err := s.Wiped(ctx, person)
	if err != nil {
		return nil, nil, err
	}
	cases, ballots, err := s.votedIn(ctx, s.reader, person, groups)
	if err != nil {
		return nil, nil, err
	}
	var refs []moderation.CaseRef
	var shown []moderation.Ballot
	for i, c := range cases {
		if len(refs) < limit && !moderation.IsWiped(ballots[i].At, wiped) {
			refs, shown = append(refs, c.ref), append(shown, ballots[i])
		}
	}
	return refs, shown, nil
}

// votedIn lists those cases of some groups. All cases whose ballots are still there are looked at, since only the key of each
// tells who voted in it.
func (s memberStore) votedIn(ctx context.Context, in sqldb.Querier, person int64, groups []int64) (cases []keyedCase, ballots []moderation.Ballot, err error) {
	type vote struct {
		in keyedCase
		moderation.Ballot
	}
	var votes []vote
	err = sqldb.Padded(values(groups), 1, func(n int, args []any) error {
		keyed, err := s.keyedCases(ctx, in, n, args)
		if err != nil {
			return err
		}
		return s.ballotsOf(ctx, in, person, keyed, func(c keyedCase, b moderation.Ballot) { votes = append(votes, vote{c, b}) })
	})
	if err != nil {
		return nil, nil, fmt.Errorf("look for somebody's votes: %w", available(err))
	}
	// Not by the number of a case: that is when the first reported, and would tell who reports later that somebody was before them.
	slices.SortFunc(votes, func(a, b vote) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.in.ref.ID, b.in.ref.ID)) })
	for _, v := range votes {
		cases, ballots = append(cases, v.in), append(ballots, v.Ballot)
	}
	return cases, ballots, nil
}

// keyedCases lists the cases of n groups whose ballots are still there.
func (s memberStore) keyedCases(ctx context.Context, in sqldb.Querier, n int, groups []any) ([]keyedCase, error) {
	rows, err := in.QueryContext(ctx, `SELECT c.id, c.chat, g.number, c.short, c.key FROM cases c JOIN chat g ON g.id = c.chat
		WHERE c.key IS NOT NULL AND c.chat IN (`+sqldb.Repeat("?", ", ", n)+`)`, groups...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []keyedCase
	for rows.Next() {
		var c keyedCase
		var sealed []byte
		if err := rows.Scan(&c.id, &c.chat, &c.ref.Chat, &c.ref.ID, &sealed); err != nil {
			return nil, err
		}
		if c.key, err = s.key.Unwrap(sealCaseKey, sealed); err != nil {
			return nil, fmt.Errorf("open the key of case %s: %w", c.ref.ID, err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// ballotsOf finds the ballots of a person in some cases, but for those that they took back.
func (s memberStore) ballotsOf(ctx context.Context, from sqldb.Querier, person int64, cases []keyedCase, found func(keyedCase, moderation.Ballot)) error {
	keys := make([]any, 0, 2*len(cases))
	in := map[int64]keyedCase{}
	for _, c := range cases {
		keys = append(keys, c.id, c.key.Tag(tagVoter, person))
		in[c.id] = c
	}
	return sqldb.Padded(keys, 2, func(n int, args []any) error {
		rows, err := from.QueryContext(ctx, `SELECT case_id, sealed FROM ballot WHERE `+sqldb.Repeat("(case_id = ? AND tag = ?)", " OR ", n), args...)
		if err != nil {
			return err
		}
		return eachBallot(rows, in, found)
	})
}

func eachBallot(rows *sql.Rows, in map[int64]keyedCase, found func(keyedCase, moderation.Ballot)) error {
	defer rows.Close()
	for rows.Next() {
		var id int64
		var sealed []byte
		if err := rows.Scan(&id, &sealed); err != nil {
			return err
		}
		b, err := openBallot(in[id].key, sealed)
		if err != nil {
			return fmt.Errorf("open a ballot of case %s: %w", in[id].ref.ID, err)
		}
		if b.Side != "" {
			found(in[id], b)
		}
	}
	return rows.Err()
}
