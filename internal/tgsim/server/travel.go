package server

import (
	"context"
	"time"
)

// travel waits, without the lock, as long as the call takes on its way. Other calls are answered meanwhile. A call whose
// client does not wait for the answer arrives all the same. Only a poll is then over: it could confirm what nobody got, and
// end the poll that the client makes next.
func (s *API) travel(ctx context.Context, method string) (arrived bool) {
	s.world.Lock()
	takes := s.Faults.CallTime()
	s.world.Unlock()
	if takes <= 0 {
		return true
	}
	if method != "getUpdates" {
		time.Sleep(takes)
		return true
	}
	timer := time.NewTimer(takes)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
