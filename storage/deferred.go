package storage

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Deferred is a call that could not be made at once, written as JSON.
type Deferred struct {
	Chat   int64 // whose limits it counts against; may be 0
	Person int64 // for whom it is; 0 for nobody in particular
	Class  moderation.Class
	Body   []byte
}

// Answering says that a person is being answered until [Store.Answered] is called.
func (s outboxStore) Answering(person int64) {
	s.answering.mu.Lock()
	defer s.answering.mu.Unlock()
	if s.answering.people == nil {
		s.answering.people = map[int64]*answered{}
	}
	a := s.answering.people[person]
	if a == nil {
		a = &answered{}
		s.answering.people[person] = a
	}
	a.by++
}

// Answered says that a person is answered, but for the calls that could not be made. Those are queued, before all
// that was kept for the person meanwhile.
func (s outboxStore) Answered(ctx context.Context, person int64, rest []Deferred) error {
	kept := s.answering.end(person)
	if len(kept) == 0 && len(rest) == 0 {
		return nil
	}
	err := s.withTx(ctx, func(u *Tx) error {
		for _, d := range rest {
			if err := u.putDeferred(d, kept); err != nil {
				return err
			}
		}
		return u.letGo(kept, len(rest) > 0)
	})
	if err != nil {
		s.leave()
		return fmt.Errorf("queue an answer: %w", err)
	}
	return nil
}

// PutCall queues a call that could not be made at once.
func (s outboxStore) PutCall(ctx context.Context, d Deferred) error {
	if err := s.withTx(ctx, func(u *Tx) error { return u.putDeferred(d, nil) }); err != nil {
		return fmt.Errorf("queue an answer: %w", err)
	}
	return nil
}

// putDeferred queues a call. If something is kept for the same person, it waits in the same lane.
func (u outboxTx) putDeferred(d Deferred, kept []keptRow) error {
	var chat int64
	if d.Chat != 0 {
		c, err := u.chat(d.Chat, "")
		if err != nil {
			return err
		}
		chat = c.id
	}
	if len(kept) > 0 && d.Class == moderation.Personal && d.Person == kept[0].person {
		chat = kept[0].chat
	}
	body := append(d.Body, padding(effectSize, len(d.Body))...)
	lane, err := u.laneOf(line{chat, d.Class}, d.Person)
	if err != nil {
		return err
	}
	return u.put(queued{chat: chat, class: d.Class, lane: lane, kind: KindCall, body: body})
}

// letAllGo is for the start: whoever was being answered is not any more. Of several replicas nobody knows that.
func (s outboxStore) letAllGo(ctx context.Context) error {
	if s.shared() {
		return nil
	}
	if err := s.withTx(ctx, func(u *Tx) error { return u.Exec(`UPDATE outbox SET taken = 0 WHERE taken <> 0`) }); err != nil {
		return fmt.Errorf("let go what waited for an answer: %w", err)
	}
	return nil
}
