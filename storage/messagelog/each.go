package messagelog

import (
	"context"
	"slices"
)

// Each calls visit with each form of each message that the log holds of a chat, the block that came last first, and in a block
// the form that came last first. It goes on until visit fails, or ctx ends.
func (l *Log) Each(ctx context.Context, chat int64, visit func(Message) error) error {
	from := l.options.DB.Reader
	entries, err := l.indexOf(ctx, from, chat, All)
	if err != nil {
		return err
	}
	for _, e := range entries {
		messages, err := l.readOf(ctx, from, chat, e)
		if err != nil {
			return err
		}
		for _, m := range slices.Backward(messages) {
			if err := visit(m); err != nil {
				return err
			}
		}
	}
	return nil
}
