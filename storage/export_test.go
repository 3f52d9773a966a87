package storage

import "context"

// Trouble sets a pragma of the connection that writes.
func (s *Store) Trouble(ctx context.Context, pragma string) error {
	_, err := s.writer.ExecContext(ctx, "PRAGMA "+pragma)
	return err
}
