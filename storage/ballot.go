package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// sealedBallot is what a ballot's sealed bytes say. Fields may be added.
type sealedBallot struct {
	Voter    int64           `json:"v"`
	Language string          `json:"l,omitempty"`
	Side     moderation.Side `json:"s"`
	Weight   float64         `json:"w"`
	New      bool            `json:"y,omitempty"`
	Kind     ballotKind      `json:"k,omitempty"`
	Order    int             `json:"o,omitempty"`
	Quiet    bool            `json:"z,omitempty"`
	Drawn    bool            `json:"d,omitempty"`
	Joined   int64           `json:"j,omitempty"`
	Rule     rulebook.RuleID `json:"r,omitempty"`
	At       int64           `json:"t"`
	Entry    int64           `json:"n,omitempty"` // of the ledger, which says that they voted; minus its place, if it had none yet
	Salt     []byte          `json:"x,omitempty"` // empty for ballots from before the ledger
	Event    string          `json:"e,omitempty"` // of their first ballot in the case, though they changed it or took it back since

	Face float64 `json:"f,omitempty"` // of earlier ballots: the weight, of which a newcomer's had only a part
}

// ballotKind says how a ballot was cast.
type ballotKind string

// The kinds of ballots. One from before there were kinds was cast by a report if it says breaks, as far as anybody knows.
const (
	kindVote    ballotKind = "v" // on the card
	kindReport  ballotKind = "r"
	kindWithout ballotKind = "q" // by a report that brings no card
)

// kindOfBallot is how a ballot was cast.
func kindOfBallot(b moderation.Ballot) ballotKind {
	switch {
	case b.NoCard:
		return kindWithout
	case b.Reported:
		return kindReport
	default:
		return kindVote
	}
}

// opening is what the ledger says of it: nothing if the entry names a side, as those of earlier releases do.
func (b sealedBallot) opening() (o ledger.Opening, shown bool) {
	if len(b.Salt) == 0 || moderation.NamesSide(b.Event) {
		return o, false
	}
	return ledger.Opening{Index: b.Entry, Salt: b.Salt, Event: b.Event}, true
}

// ballot is what the sealed bytes say.
func (b sealedBallot) ballot() moderation.Ballot {
	is := moderation.Ballot{
		Ballot: weight.Ballot{Voter: b.Voter, Side: b.Side, Weight: b.Weight, New: b.New, Joined: fromUnix(b.Joined), At: fromUnix(b.At), Order: b.Order}, Language: b.Language,
		Reported: b.Kind == kindReport || b.Kind == kindWithout, NoCard: b.Kind == kindWithout,
		Rule: b.Rule, Quiet: b.Quiet, Drawn: b.Drawn,
	}
	if b.Kind == "" {
		is.Reported = b.Side == moderation.Breaks
	}
	if b.Face > b.Weight {
		is.Weight, is.New = b.Face, true
	}
	return is
}

// caseKey opens a case's own key, or says [seal.ErrOpen] once it is destroyed.
func (u caseTx) caseKey(c *caseRow) (*seal.Key, error) {
	key, err := u.s.key.Unwrap(sealCaseKey, c.key)
	if err != nil {
		return nil, fmt.Errorf("open the key of case %s: %w", c.ID, err)
	}
	return key, nil
}

// ballots opens the ballots of a case, and says who took theirs back. Their order says nothing.
func (u caseTx) ballots(c *caseRow) (ballots []moderation.Ballot, retracted []int64, err error) {
	if c == nil || c.key == nil {
		return nil, nil, nil
	}
	key, err := u.caseKey(c)
	if err != nil {
		return nil, nil, err
	}
	all, err := u.openBallots(c.id, key)
	if err != nil {
		return nil, nil, fmt.Errorf("read the ballots of case %s: %w", c.ID, err)
	}
	for _, b := range all {
		if b.Side == "" {
			retracted = append(retracted, b.Voter)
			continue
		}
		ballots = append(ballots, b)
	}
	if err := u.markPrivate(ballots); err != nil {
		return nil, nil, err
	}
	return ballots, retracted, nil
}

// markPrivate notes which voters can be written to in private.
func (u caseTx) markPrivate(ballots []moderation.Ballot) error {
	of := make(map[string]int, len(ballots))
	tags := make([]any, len(ballots))
	for i, b := range ballots {
		tag := u.s.key.Tag(tagPrivate, b.Voter)
		of[string(tag)], tags[i] = i, tag
	}
	err := u.eachOf(`SELECT tag FROM private WHERE `, nil, tags, func(row scanner) error {
		var tag []byte
		err := row.Scan(&tag)
		if i, found := of[string(tag)]; found {
			ballots[i].Private = true
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("look which voters can be written to: %w", err)
	}
	return nil
}

func (u caseTx) openBallots(caseID int64, key *seal.Key) ([]moderation.Ballot, error) {
	rows, err := u.QueryContext(u.ctx, `SELECT sealed FROM ballot WHERE case_id = ?`, caseID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ballots []moderation.Ballot
	for rows.Next() {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return nil, err
		}
		b, err := openBallot(key, sealed)
		if err != nil {
			return nil, err
		}
		ballots = append(ballots, b)
	}
	return ballots, rows.Err()
}

func openBallot(key *seal.Key, sealed []byte) (moderation.Ballot, error) {
	b, err := unsealBallot(key, sealed)
	return b.ballot(), err
}

func unsealBallot(key *seal.Key, sealed []byte) (b sealedBallot, err error) {
	plain, err := key.Open(sealBallot, sealed)
	if err == nil {
		err = json.Unmarshal(bytes.TrimRight(plain, " "), &b) // most of it is padding, which would be looked at twice
	}
	return b, err
}

// saveBallot keeps a ballot, with the opening of its entry in the ledger. Whoever has voted in the case before, even if they
// took that back, keeps the opening that they had, unless they wiped since. So a receipt stays the same and does not tell that
// they voted again.
func (u caseTx) saveBallot(c *caseRow, b moderation.Ballot, o ledger.Opening, before bool, wiped time.Time) error {
	key, err := u.caseKey(c)
	if err != nil {
		return err
	}
	if before {
		was, _, err := u.s.castBy(u.ctx, u, c, key, b.Voter)
		if err != nil {
			return fmt.Errorf("read an earlier ballot: %w", err)
		}
		if kept, shown := was.opening(); shown && !moderation.IsWiped(fromUnix(was.At), wiped) {
			o = kept
		}
	}
	return u.putBallot(c, key, sealedBallot{
		Voter: b.Voter, Language: b.Language, Side: b.Side, Weight: b.Weight, New: b.New, Kind: kindOfBallot(b), Order: b.Order, Quiet: b.Quiet, Drawn: b.Drawn,
		Joined: unix(b.Joined), Rule: b.Rule, At: unix(b.At), Entry: o.Index, Salt: o.Salt, Event: o.Event,
	})
}

// retract leaves of a ballot that there was one: who cast it cannot judge the case later. The opening of its entry stays, and
// when it was cast, for they may vote again.
func (u caseTx) retract(c *caseRow, voter int64) error {
	key, err := u.caseKey(c)
	if err != nil {
		return err
	}
	was, _, err := u.s.castBy(u.ctx, u, c, key, voter)
	if err != nil {
		return fmt.Errorf("read a ballot that is taken back: %w", err)
	}
	o, _ := was.opening()
	return u.putBallot(c, key, sealedBallot{Voter: voter, At: was.At, Entry: o.Index, Salt: o.Salt, Event: o.Event})
}

// retractAll has all take their ballots back. In a case that an earlier release withdrew some may be left.
func retractAll(u caseTx, c *caseRow) error {
	ballots, _, err := u.ballots(c)
	for _, b := range ballots {
		if err == nil {
			err = u.retract(c, b.Voter)
		}
	}
	return err
}

func (u caseTx) putBallot(c *caseRow, key *seal.Key, b sealedBallot) error {
	plain, err := marshalPadded(ballotSize, b)
	if err != nil {
		return fmt.Errorf("write a ballot: %w", err)
	}
	u.Later("keep a ballot", `INSERT INTO ballot (case_id, tag, sealed) VALUES (?, ?, ?)
		ON CONFLICT (case_id, tag) DO UPDATE SET sealed = excluded.sealed`,
		c.id, key.Tag(tagVoter, b.Voter), key.Seal(sealBallot, plain))
	return nil
}

// castBy is what is kept of a person's ballot in a case; false if there never was one.
func (s caseStore) castBy(ctx context.Context, in sqldb.Querier, c *caseRow, key *seal.Key, person int64) (b sealedBallot, found bool, err error) {
	var sealed []byte
	err = in.QueryRowContext(ctx, `SELECT sealed FROM ballot WHERE case_id = ? AND tag = ?`, c.id, key.Tag(tagVoter, person)).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return b, false, nil
	}
	if err == nil {
		b, err = unsealBallot(key, sealed)
	}
	return b, err == nil, err
}

// ballotOpening is what the ledger says of a person's ballot in a case: that they voted. None if they did not, took it back, wiped it,
// or it is destroyed, and none of an entry that names a side: nobody can make them show that.
func (s caseStore) ballotOpening(ctx context.Context, tx sqldb.Querier, c *caseRow, person int64) (openings []ledger.Opening, voted bool, err error) {
	if c.key == nil {
		return nil, false, nil
	}
	key, err := s.key.Unwrap(sealCaseKey, c.key)
	if err != nil {
		return nil, false, fmt.Errorf("open the key of case %s: %w", c.ID, err)
	}
	b, _, err := s.castBy(ctx, tx, c, key, person)
	if err != nil || b.Side == "" {
		return nil, false, err
	}
	wiped, err := s.wipedIn(ctx, tx, person)
	if err != nil || moderation.IsWiped(fromUnix(b.At), wiped) {
		return nil, false, err
	}
	o, shown := b.opening()
	if !shown {
		return nil, true, nil
	}
	if o.Index < 0 {
		switch err := tx.QueryRowContext(ctx, `SELECT entry FROM ledger_place WHERE place = ?`, -o.Index).Scan(&o.Index); {
		case errors.Is(err, sql.ErrNoRows): // it waits
		case err != nil:
			return nil, false, fmt.Errorf("look for the entry of a ballot: %w", err)
		}
	}
	return []ledger.Opening{o}, true, nil
}
