package storage

import (
	"context"
	"errors"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

var _ moderation.Store = (*Store)(nil)

// Update implements [moderation.Store].
func (s *Store) Update(ctx context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	var out moderation.Outcome
	var refused error
	err := s.withTx(ctx, func(u *Tx) error {
		out, refused = moderation.Outcome{}, nil
		u.Lossy = key.Done.ID != 0 && u.againIfLost()
		handled := u.markHandled(key.Update)
		f, err := u.load(key)
		if err == nil {
			err = u.Flush()
		}
		if err != nil {
			return err
		}
		if handled.isDuplicate() {
			return moderation.ErrSeen
		}
		out, err = decide(f.docket)
		if no := (*moderation.Refusal)(nil); errors.As(err, &no) {
			refused = err // an answer like any other: the update is handled
			return nil
		}
		if err != nil {
			return err
		}
		return u.commit(key, f, out)
	})
	if err == nil {
		err = refused
	}
	return out, err
}

// file is what was loaded for a decision: the docket, and the rows behind it.
type file struct {
	docket moderation.Docket
	chat   chatRow
	cs     *caseRow
	key    *seal.Key // for a new case
	before *caseRow  // the withdrawn case that a report of the message would open again; nil if there is none

	counted bool // who writes in the group, which is to be kept
}

// load reads all that a decision may look at.
func (u *Tx) load(key moderation.Key) (file, error) {
	var f file
	if key.Chat == 0 {
		return f, u.loadDaily(&f.docket, key)
	}
	chat, err := u.chat(key.Chat, key.Kind)
	if err != nil {
		return f, err
	}
	f.chat = *chat
	if !key.Bare || key.Size {
		if f.counted, err = u.count(&f.chat, key); err != nil {
			return f, err
		}
	}
	d := &f.docket
	d.Chat = f.chat.Chat
	if err := u.loadPractice(d, f.chat.id, key); err != nil {
		return f, err
	}
	if key.Gathered != "" {
		if d.Gathered, err = u.gathered(f.chat.id, key.Gathered); err != nil {
			return f, err
		}
	}
	if key.Period {
		if err := u.loadPeriod(d, f.chat); err != nil {
			return f, err
		}
	}
	if err := u.loadSweep(d, f.chat.id, key); err != nil {
		return f, err
	}
	if f.cs, f.before, err = u.findCase(f.chat, key); err != nil {
		return f, err
	}
	if f.cs != nil {
		read := f.cs.Case // not what the row is compared with later
		d.Case = &read
	}
	if f.before != nil {
		read := f.before.Case
		d.Withdrawn = &read
	}
	if key.Bare {
		return f, nil
	}
	if key.Message != 0 || key.Fresh {
		if f.key, err = u.s.freshKey(); err != nil {
			return f, err
		}
		d.FreshSeed = seedOf(f.key)
	}
	if d.Ballots, d.Retracted, err = u.ballots(f.cs); err != nil {
		return f, err
	}
	if err := u.loadEarlier(d, f, key); err != nil {
		return f, err
	}
	if err := u.loadJury(d, f, key); err != nil {
		return f, err
	}
	if err := u.loadActor(d, f.chat, key.Actor, key.Wiper); err != nil {
		return f, err
	}
	if err := u.loadLearning(d, f.chat.id, key); err != nil {
		return f, err
	}
	if err := u.loadAuthor(d, f, key); err != nil {
		return f, err
	}
	return f, u.loadMessages(d, f, key)
}

// loadJury reads the appeal against a case, its jury, who could be drawn for one, and what is remembered of the actor and juries.
func (u *Tx) loadJury(d *moderation.Docket, f file, key moderation.Key) error {
	p, err := u.pleaded(f.cs)
	if err != nil {
		return err
	}
	d.Appeal, d.Jury = p.appeal, p.jury
	if key.Juror {
		records, err := u.readJuryRecords(f.chat.id, []int64{key.Actor})
		if err != nil {
			return err
		}
		d.Juror = moderation.Loaded(records[key.Actor])
	}
	if !key.Pool {
		return nil
	}
	pool, err := u.pool(f.chat, *d)
	d.Pool = moderation.Loaded(pool)
	return err
}

func (u *Tx) loadActor(d *moderation.Docket, chat chatRow, actor, wiper int64) error {
	var err error
	ballots := d.Ballots
	if d.Case != nil && d.Case.Verdict.Final() {
		ballots = nil // they decide nothing any more
	}
	if actor != 0 || len(ballots) > 0 {
		if d.Ties, err = u.ties(chat, ballots, actor); err != nil {
			return err
		}
	}
	if actor == 0 {
		return u.loadWiper(d, wiper)
	}
	if d.Record, err = u.record(chat.id, actor); err != nil {
		return err
	}
	if d.Unknown, err = u.unknown(chat, actor, d.Record); err != nil {
		return err
	}
	d.Bucket, d.Wiped, err = u.bucket(chat.id, actor)
	return err
}

// loadWiper reads when somebody wiped who is no actor.
func (u activityTx) loadWiper(d *moderation.Docket, wiper int64) (err error) {
	if wiper != 0 {
		d.Wiped, err = u.wiped(wiper)
	}
	return err
}

// voted reports whether somebody may have voted in the case before, even if they took that back.
func (f file) voted(in *caseRow, who int64) bool {
	if in != f.cs { // of a case that was withdrawn all that is left of ballots is whose they were
		return f.before != nil && in.id == f.before.id
	}
	return slices.Contains(f.docket.Retracted, who) ||
		slices.ContainsFunc(f.docket.Ballots, func(b moderation.Ballot) bool { return b.Voter == who })
}

// author is whose history and conduct a decision is about. Of a case that another may follow the author may be forgotten.
func (f file) author(key moderation.Key) int64 {
	if f.cs == nil || f.followed(key) && key.Author != 0 {
		return key.Author
	}
	return f.cs.Author.ID
}

func (u *Tx) loadAuthor(d *moderation.Docket, f file, key moderation.Key) error {
	author := f.author(key)
	if author == 0 {
		return nil
	}
	var err error
	if d.History, err = u.history(f.chat.id, author); err != nil {
		return err
	}
	if d.Author, err = u.record(f.chat.id, author); err != nil {
		return err
	}
	d.Conduct = d.Author.Conduct
	if d.Presence, err = u.presence(f.chat.id, author); err != nil {
		return err
	}
	if card := f.cs != nil && f.cs.Carded() && !f.followed(key); key.Actor != 0 && key.Message != 0 && !card {
		if d.Brought, err = u.brought(f.chat.id, key.Actor, author); err != nil {
			return err
		}
	}
	if key.Turns {
		turns, err := u.turns(f.chat.id, author)
		if err != nil {
			return err
		}
		d.Turns = moderation.Loaded(turns)
	}
	if key.Restraint {
		restraint, err := u.restraint(f.chat.id, author)
		if err != nil {
			return err
		}
		d.Restraint = moderation.Loaded(restraint)
	}
	d.Private, err = u.private(author)
	return err
}

func (u *Tx) loadMessages(d *moderation.Docket, f file, key moderation.Key) error {
	var err error
	switch {
	case f.cs != nil && !f.followed(key):
		d.Messages, err = u.caseMessages(f.cs)
	case key.Message != 0:
		if d.Messages, err = u.reportedMessages(f, key); err != nil {
			return err
		}
		if d.Withdrawn == nil {
			d.FreshID, err = u.freshID(f.chat.id)
		}
	}
	if err == nil && key.Fresh && d.FreshID == "" {
		d.FreshID, err = u.freshID(f.chat.id)
	}
	return err
}

// commit writes an outcome.
func (u *Tx) commit(key moderation.Key, f file, out moderation.Outcome) error {
	if out.Private != nil {
		u.savePrivate(key.Actor, *out.Private)
	}
	if f.counted && (out.Case != nil || key.Size) {
		u.saveCount(f.chat)
	}
	if out.Chat != nil {
		if err := u.saveChat(f.chat.id, *out.Chat); err != nil {
			return err
		}
	}
	if out.Practice != nil {
		if err := u.savePractice(f.chat.id, *out.Practice); err != nil {
			return err
		}
	}
	if err := u.commitActor(key, f, out); err != nil {
		return err
	}
	if out.Case != nil {
		if err := u.commitCase(f, out); err != nil {
			return err
		}
	} else if _, err := u.enter(f.chat.id, out.Events); err != nil {
		return err
	}
	if err := u.commitConduct(key, f, out); err != nil {
		return err
	}
	u.commitReversal(f.chat.id, out)
	if err := u.commitSweep(f, out); err != nil {
		return err
	}
	if err := u.commitAdmins(key, f.chat.id, out); err != nil {
		return err
	}
	if out.Silence != nil {
		if err := u.silence(f.chat.id, *out.Silence); err != nil {
			return err
		}
	}
	u.saveLimits(f.chat.id, f.author(key), out.AuthorChanges)
	if err := u.saveJuryRecords(f.chat.id, out.JuryRecords); err != nil {
		return err
	}
	if err := u.log.Redact(f.chat.id, messagelog.ByNumber(out.Removed...)); err != nil {
		return err
	}
	u.release(f.chat.id, out.Release)
	if out.Waits != "" && key.Held.ID != 0 {
		u.waitFor(key.Held, out.Waits)
	}
	if key.Done.ID != 0 {
		u.drop(key.Done.ID, key.Done.Revision)
	}
	u.dropNamed(f.chat.id, out.Dropped)
	return u.enqueue(f.chat.id, out.Effects)
}

func (u *Tx) commitActor(key moderation.Key, f file, out moderation.Outcome) error {
	if out.Bucket != nil {
		u.saveBucket(f.chat.id, key.Actor, *out.Bucket)
	}
	if out.Brought != nil {
		if err := u.saveBrought(f.chat.id, key.Actor, f.author(key), *out.Brought); err != nil {
			return err
		}
	}
	if out.Quiz != nil {
		if err := u.saveQuiz(f.chat.id, key.Actor, *out.Quiz); err != nil {
			return err
		}
	}
	if out.Daily != "" {
		u.saveDaily(key.Actor, out.Daily)
	}
	if out.Wipes {
		if err := u.saveWiped(key.Actor, out.Pressed); err != nil {
			return err
		}
	}
	if out.Asks != "" {
		if err := u.saveAsked(key.Actor, f.chat.id, out.Asks); err != nil {
			return err
		}
	}
	if out.Appeal != nil && key.Actor != 0 {
		u.forgetAsked(key.Actor)
	}
	if out.Record != nil {
		u.saveRecord(f.chat.id, key.Actor, *out.Record)
	}
	return nil
}

// commitConduct keeps what an outcome does to the standing of the author.
func (u *Tx) commitConduct(key moderation.Key, f file, out moderation.Outcome) error {
	author := f.author(key)
	if out.Conduct != nil {
		if err := u.saveConduct(f.chat.id, author, *out.Conduct); err != nil {
			return err
		}
	}
	if out.Restraint != nil {
		if err := u.saveRestraint(f.chat.id, author, *out.Restraint); err != nil {
			return err
		}
	}
	return u.saveTurns(f.chat.id, author, out.Turns)
}
