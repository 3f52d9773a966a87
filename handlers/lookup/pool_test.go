package lookup

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// guarded is a pool that counts the jobs that panic.
func guarded(panics *int) *Pool {
	return &Pool{Guard: func(job func()) {
		defer func() {
			if recover() != nil {
				*panics++
			}
		}()
		job()
	}}
}

// A job that panics harms no other.
func TestJobThatPanics(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var panics, done int
		p := guarded(&panics)
		for range 2 * poolSize {
			p.Run(func() { panic("x") })
			synctest.Wait()
		}
		p.Run(func() { done++ })
		if err := p.Close(context.Background()); err != nil || panics != 2*poolSize || done != 1 {
			t.Errorf("%d panicked, %d done: %v", panics, done, err)
		}
	})
}

// Who waits for a question that panics hears of it where it can be caught, or that there is no answer.
func TestQuestionThatPanics(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var panics int
		d := newDesk(t)
		d.known.pool = guarded(&panics)
		d.tg.before = func(membership) { panic("x") }
		ctx := Beside(t.Context())
		d.Begin(ctx, group, anna.person)
		synctest.Wait()
		if _, err := d.Member(ctx, group, anna.person); !errors.Is(err, ErrUnsure) {
			t.Errorf("the answer is %v", err)
		}
		d.Ahead(t.Context(), group, bob.person)
		synctest.Wait()
		d.Ahead(t.Context(), group, bob.person)
		synctest.Wait()
		if panics != 3 {
			t.Errorf("%d panicked", panics)
		}
		defer func() {
			if recover() == nil {
				t.Error("nothing was thrown")
			}
		}()
		_ = All(func() error { return nil }, func() error {
			_, err := d.tg.Do(t.Context(), wire.GetChatMember(group, 1))
			return err
		})
	})
}
