package demo

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Pass lets time pass, and returns when the bot has done all that was to be done by then.
type Pass func(context.Context, time.Duration) error

// apart is the time after each act. A vote card shows what changed within 15 s.
const apart = 16 * time.Second

// Play has the people act a scene, and shows each step when the bot has done its part.
func (s *Stage) Play(ctx context.Context, scene []Step, pass Pass, show func(Frame) error) error {
	if err := s.Ready(ctx); err != nil {
		return err
	}
	for _, step := range scene {
		if err := s.step(ctx, step, pass); err != nil {
			return fmt.Errorf("%s %w", step.Tell, err)
		}
		if err := show(s.Frame(step.Tell)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stage) step(ctx context.Context, step Step, pass Pass) error {
	if err := pass(ctx, step.After); err != nil {
		return err
	}
	for _, act := range step.Acts {
		if err := act(s); err != nil {
			return err
		}
		// First what the bot does at once, then what it lets wait.
		if err := errors.Join(pass(ctx, 0), pass(ctx, apart)); err != nil {
			return err
		}
	}
	return nil
}
