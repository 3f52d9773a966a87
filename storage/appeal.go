package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// sealedAppeal is what the sealed bytes say of the appeal against a case, and of its jury. Fields may be added. The release before
// wrote no more than the first five, of an appeal that was always there.
type sealedAppeal struct {
	Words    string       `json:"w,omitempty"`
	Filed    int64        `json:"f"`
	Deadline int64        `json:"d"`
	Ends     int64        `json:"e,omitempty"`
	Seats    []sealedSeat `json:"s,omitempty"`

	Appeals   bool        `json:"a,omitempty"` // there is an appeal
	Reason    jury.Reason `json:"y,omitempty"` // of the jury; empty if there is none
	Former    []int64     `json:"x,omitempty"`
	Payer     int64       `json:"p,omitempty"` // whose report brought it
	Round     int64       `json:"r,omitempty"` // seconds
	RoundEnds int64       `json:"n,omitempty"`
	JuryEnds  int64       `json:"j,omitempty"`
	Noted     int64       `json:"o,omitempty"`
}

type sealedSeat struct {
	Juror    int64       `json:"j"`
	Language string      `json:"l,omitempty"`
	Private  bool        `json:"p,omitempty"`
	Drawn    int64       `json:"d"`
	Ballot   jury.Ballot `json:"r,omitempty"`
	Weight   float64     `json:"w,omitempty"`
	Gone     bool        `json:"g,omitempty"`
}

// appealSize is the step in which the length of a sealed appeal grows. All jurors that there can be fit into one, and the longest
// sentence, whatever it is written in.
const appealSize = 10000

// pleaded is what is kept of an appeal against a case and of its jury, as far as there is one.
type pleaded struct {
	appeal *moderation.Appeal
	jury   *jury.Jury
}

// pleaded opens the appeal against a case, and its jury. There is none once its key is destroyed.
func (u caseTx) pleaded(c *caseRow) (p pleaded, err error) {
	if c == nil || !c.pleaded || c.key == nil {
		return p, nil
	}
	var sealed []byte
	if err := u.Row(`SELECT sealed FROM appeal WHERE case_id = ?`, c.id).Scan(&sealed); err != nil {
		return p, fmt.Errorf("read the appeal against case %s: %w", c.ID, err)
	}
	return u.s.openPleaded(c, sealed)
}

func (s caseStore) openPleaded(c *caseRow, sealed []byte) (p pleaded, err error) {
	key, err := s.key.Unwrap(sealCaseKey, c.key)
	if err != nil {
		return p, fmt.Errorf("open the key of case %s: %w", c.ID, err)
	}
	plain, err := key.Open(sealAppeal, sealed)
	if err != nil {
		return p, fmt.Errorf("open the appeal against case %s: %w", c.ID, err)
	}
	var hidden sealedAppeal
	if err := json.Unmarshal(plain, &hidden); err != nil {
		return p, fmt.Errorf("read the appeal against case %s: %w", c.ID, err)
	}
	if !hidden.Appeals && hidden.Reason == jury.NoJury {
		hidden = hidden.modern(c.Case)
	}
	return pleaded{hidden.appeal(), hidden.jury()}, nil
}

// modern is what the release before would have written, had it been this one. Its jurors weighed the same; it took seats from who did
// not answer in time, and gave them to others.
func (h sealedAppeal) modern(c moderation.Case) sealedAppeal {
	h.Appeals = true
	if c.Jury == jury.NoJury && len(h.Seats) == 0 {
		return h
	}
	if h.Reason = c.Jury; h.Reason == jury.NoJury {
		h.Reason = jury.Appeal
		if c.Reopens != "" {
			h.Reason = jury.Reopened
		}
	}
	round := h.Reason.Times().Round
	h.Round, h.JuryEnds, h.Noted = int64(round/time.Second), h.Deadline, h.Ends
	var seats []sealedSeat
	for _, s := range h.Seats {
		if s.Gone {
			h.Former = append(h.Former, s.Juror)
			continue
		}
		if s.Ballot != "" {
			s.Weight = 1
		}
		seats = append(seats, s)
		h.RoundEnds = max(h.RoundEnds, s.Drawn+h.Round)
	}
	h.Seats = seats
	return h
}

func (h sealedAppeal) appeal() *moderation.Appeal {
	if !h.Appeals {
		return nil
	}
	return &moderation.Appeal{Words: h.Words, Filed: fromUnix(h.Filed), Deadline: fromUnix(h.Deadline), Ends: fromUnix(h.Ends)}
}

func (h sealedAppeal) jury() *jury.Jury {
	if h.Reason == jury.NoJury {
		return nil
	}
	j := &jury.Jury{
		Reason: h.Reason, Former: h.Former, Payer: h.Payer, Round: time.Duration(h.Round) * time.Second,
		RoundEnds: fromUnix(h.RoundEnds), Ends: fromUnix(h.JuryEnds), Noted: fromUnix(h.Noted),
	}
	for _, s := range h.Seats {
		juror := jury.Juror{ID: s.Juror, Language: s.Language, Private: s.Private}
		j.Seats = append(j.Seats, jury.Seat{Juror: juror, Drawn: fromUnix(s.Drawn), Ballot: s.Ballot, Weight: s.Weight, Gone: s.Gone})
	}
	return j
}

// hide is what is to be sealed.
func (p pleaded) hide() (h sealedAppeal) {
	if a := p.appeal; a != nil {
		h = sealedAppeal{Words: a.Words, Filed: unix(a.Filed), Deadline: unix(a.Deadline), Ends: unix(a.Ends), Appeals: true}
	}
	j := p.jury
	if j == nil {
		return h
	}
	h.Reason, h.Former, h.Payer, h.Round = j.Reason, j.Former, j.Payer, int64(j.Round/time.Second)
	h.RoundEnds, h.JuryEnds, h.Noted = unix(j.RoundEnds), unix(j.Ends), unix(j.Noted)
	for _, s := range j.Seats {
		h.Seats = append(h.Seats, sealedSeat{s.Juror.ID, s.Juror.Language, s.Juror.Private, unix(s.Drawn), s.Ballot, s.Weight, s.Gone})
	}
	return h
}

// commitPleaded keeps an appeal or a jury beside what there is of the other.
func (u caseTx) commitPleaded(c *caseRow, was moderation.CaseView, out moderation.CaseChanges) error {
	p := pleaded{was.Appeal, was.Jury}
	if out.Appeal == nil && out.Jury == nil {
		return nil
	}
	if out.Appeal != nil {
		p.appeal = out.Appeal
	}
	if out.Jury != nil {
		p.jury = out.Jury
	}
	plain, err := marshalPadded(appealSize, p.hide())
	if err != nil {
		return fmt.Errorf("write an appeal: %w", err)
	}
	key, err := u.caseKey(c)
	if err != nil {
		return err
	}
	u.Later("keep an appeal", `INSERT INTO appeal (case_id, sealed) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET sealed = excluded.sealed`,
		c.id, key.Seal(sealAppeal, plain))
	return nil
}

// Appeal returns the appeal against a case. It says false if there is none, or not any more.
func (s caseStore) Appeal(ctx context.Context, chat int64, id string) (a moderation.Appeal, found bool, err error) {
	p, err := s.pleadedIn(ctx, chat, id)
	if err != nil || p.appeal == nil {
		return a, false, err
	}
	return *p.appeal, true, nil
}

// Jury returns the jury of a case, or the last that it had. It says false if there is none, or not any more.
func (s caseStore) Jury(ctx context.Context, chat int64, id string) (j jury.Jury, found bool, err error) {
	p, err := s.pleadedIn(ctx, chat, id)
	if err != nil || p.jury == nil {
		return j, false, err
	}
	return *p.jury, true, nil
}

func (s caseStore) pleadedIn(ctx context.Context, chat int64, id string) (p pleaded, err error) {
	var sealed []byte
	c, err := s.caseRow(ctx, chat, id)
	if err == nil && c.key != nil {
		err = s.reader.QueryRowContext(ctx, `SELECT sealed FROM appeal WHERE case_id = ?`, c.id).Scan(&sealed)
	}
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, moderation.ErrNoCase) || err == nil && c.key == nil {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("read an appeal: %w", available(err))
	}
	return s.openPleaded(&c, sealed)
}

// AppealsDue implements [moderation.Store].
func (s caseStore) AppealsDue(ctx context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	return s.refs(ctx, `SELECT g.number, c.short FROM cases c JOIN chat g ON g.id = c.chat
		WHERE c.appeal = 'admins' AND c.appeal_due <= ? ORDER BY c.appeal_due LIMIT ?`, now.Unix(), limit)
}

// JuriesDue implements [moderation.Store].
func (s caseStore) JuriesDue(ctx context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	return s.refs(ctx, `SELECT g.number, c.short FROM cases c JOIN chat g ON g.id = c.chat
		WHERE c.jury_due > 0 AND c.jury_due <= ? ORDER BY c.jury_due LIMIT ?`, now.Unix(), limit)
}
