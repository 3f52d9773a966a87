package storage_test

import "github.com/ostrakon-bot/ostrakon/moderation"

// read is a part of a docket that was asked for.
func read[T any](d *desk, part moderation.Wanted[T]) T {
	d.t.Helper()
	value, err := part.Read()
	d.must(err)
	return value
}

// unasked fails if a part of a docket is there though nobody asked for it.
func unasked[T any](d *desk, part moderation.Wanted[T]) {
	d.t.Helper()
	if value, err := part.Read(); err == nil {
		d.t.Errorf("nobody asked, and there is %+v", value)
	}
}
