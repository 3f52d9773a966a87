package outbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// putIn adds a row to a lane of its chat and class.
func (q *queue) putIn(chat int64, class int, lane int64, body string) {
	q.put(chat, class, body)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rows[len(q.rows)-1].Lane = lane
}

// One person's paced chat holds up nobody else of the group, and their own words keep their order.
func TestLanesOfAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.putIn(-5, 2, 1, "admin 1")
		p.queue.putIn(-5, 2, 1, "admin 2")
		p.queue.putIn(-5, 2, 2, "anna")
		p.run()
		begun := p.together("admin 1", "anna")
		begun["admin 1"].answer <- &outbox.NotBefore{Until: p.clock.Now().Add(time.Minute)}
		begun["anna"].answer <- nil
		p.queue.putIn(-5, 2, 3, "bob")
		p.looks()
		p.done("bob")
		p.nothing()
		p.clock.Advance(time.Minute)
		p.done("admin 1")
		p.done("admin 2")
	})
}

// Penalties and deletions go side by side, and a penalty that waits is in no deletion's way; what the group reads waits for both.
func TestLanesOfUrgentRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.putIn(-5, 0, 7, "mute")
		p.queue.putIn(-5, 0, 0, "delete")
		p.queue.put(-5, 1, "card")
		p.run()
		begun := p.together("mute", "delete")
		begun["mute"].answer <- &outbox.NotBefore{Until: p.clock.Now().Add(time.Minute)}
		p.nothing()
		begun["delete"].answer <- nil
		p.nothing()
		p.queue.putIn(-5, 0, 0, "another delete")
		p.looks()
		p.done("another delete")
		p.nothing()
		p.clock.Advance(time.Minute)
		p.done("mute")
		p.done("card")
	})
}

// What is put off is in nobody's way, and goes when its time has come.
func TestPostponed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(-5, 1, "card")
		p.queue.put(-5, 1, "another card")
		p.run()
		p.next("card").answer <- &outbox.NotBefore{Until: p.clock.Now().Add(3 * time.Second), Also: outbox.NothingElse}
		p.done("another card")
		p.nothing()
		p.clock.Advance(3 * time.Second)
		p.done("card")
	})
}

// A group in which many penalties wait has its share of them under way, and keeps no other group waiting.
func TestManyUrgentLanesOfOneChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		for lane := range int64(100) {
			p.queue.putIn(-5, 0, 2+lane, "mute")
		}
		p.queue.put(-6, 0, "ban")
		p.queue.put(-7, 1, "card")
		p.run()
		want := []string{"ban", "card"}
		for range outbox.Share {
			want = append(want, "mute")
		}
		p.together(want...)
		p.nothing()
	})
}

// Of a group that Telegram makes wait no more is tried than its share, until it may go on.
func TestShareOfAChatThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		for lane := range int64(3 * outbox.Share) {
			p.queue.putIn(-5, 0, 2+lane, "mute")
		}
		p.run()
		for range outbox.Share {
			p.next("mute").answer <- &outbox.NotBefore{Until: p.clock.Now().Add(time.Minute)}
		}
		p.nothing()
		p.clock.Advance(time.Minute)
		for range 3 * outbox.Share {
			p.done("mute")
		}
		p.empty()
	})
}
