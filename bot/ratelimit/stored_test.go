package ratelimit

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/storedtest"
)

// What replicas booked is written by each of them, perhaps by two releases at once.
func TestStoredBookings(t *testing.T) {
	written, booked, err := bookAll([][]byte{nil, nil}, Request{Chat: -5, Class: Post}, time.UnixMilli(1782907200123))
	if err != nil || !booked.OK {
		t.Fatal(booked, err)
	}
	for i, name := range []string{"bookings of all", "bookings of a group"} {
		limits := [][]limit{limitsOfAll, limitsOfGroup}[i]
		storedtest.Check(t, storedtest.Form{
			Name: name, Value: string(written[i]),
			Write: func() ([]byte, error) { return written[i], nil },
			Read: func(plain []byte) (any, error) {
				windows, err := openWindows(plain, limits)
				if err != nil {
					return nil, err
				}
				again, err := closeWindows(windows)
				return string(again), err
			},
		})
	}
}
