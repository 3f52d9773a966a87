package lookup

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// If it was not found out whether the bot is an admin, that is asked again with the next question.
func TestWhetherChangesAreHeardIsAskedAgain(t *testing.T) {
	t.Parallel()
	mine := membership{chat: group, person: me}
	for name, first := range map[string]func(*desk){
		"the answer is thrown away": func(d *desk) {
			var once sync.Once
			d.tg.afterMe = func() {
				once.Do(func() {
					d.known.mu.Lock()
					defer d.known.mu.Unlock()
					d.known.changed(mine) // or somebody who is counted in the same place
				})
			}
			d.present(anna, true, 1)
		},
		"too many questions wait": func(d *desk) {
			free := make(chan struct{})
			for d.known.pool.Run(func() { <-free }) {
			}
			d.present(anna, true, 1)
			close(free)
			synctest.Wait()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.known.Follow()
				first(d)
				time.Sleep(goodFor)
				d.present(anna, true, 2)
				time.Sleep(heardFor - time.Second)
				d.present(anna, true, 2)
			})
		})
	}
}
