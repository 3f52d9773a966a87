package bot

import "github.com/ostrakon-bot/ostrakon/bot/wire"

// placesFor is how many places an update takes in the inbox.
func placesFor(raw []byte) int { return 1 + len(raw)/place }

func placesOf(jobs []*job) (n int) {
	for _, j := range jobs {
		n += j.places
	}
	return n
}

// reserve has a job be kept if there is room for it. mu is held.
func (d *dispatcher) reserve(j *job) bool {
	if j.places > d.room {
		return false
	}
	d.room -= j.places
	j.phase = keeping
	return true
}

// crowd is a queue of a chat, and the presses in it that may be dropped.
type crowd struct {
	queue   *queue
	presses []*job // oldest first
	drop    int    // how many of them are dropped
	places  int    // that all of the queue takes
}

// makeRoom drops presses until there are n free places. It takes the oldest of whichever chat's queue is the longest then, so that no
// chat loses more than makes it as short as others. If the longest has no presses that are kept, it stops: a shorter one does
// not pay for it. It returns what it dropped. mu is held.
func (d *dispatcher) makeRoom(n int) (dropped []*job) {
	if d.room >= n {
		return nil
	}
	crowds := d.crowds()
	for d.room < n && len(crowds) > 0 {
		longest := &crowds[0]
		for i := range crowds {
			if crowds[i].places > longest.places {
				longest = &crowds[i]
			}
		}
		if longest.drop == len(longest.presses) {
			break
		}
		j := longest.presses[longest.drop]
		longest.drop++
		longest.places -= j.places
		d.room += j.places
		j.phase = over
		dropped = append(dropped, j)
	}
	for _, c := range crowds {
		c.queue.remove(c.presses[:c.drop])
	}
	return dropped
}

// crowds lists the queues. The head of each may be at work already. mu is held.
func (d *dispatcher) crowds() (all []crowd) {
	for _, c := range d.chats {
		crowd := crowd{queue: &c.rest, places: placesOf(c.rest.jobs)}
		for i, j := range c.rest.jobs {
			if i > 0 && j.phase == kept && j.update.Callback != nil {
				crowd.presses = append(crowd.presses, j)
			}
		}
		all = append(all, crowd)
	}
	return all
}

// tellDropped tells those whose presses were dropped, and takes these out of the inbox.
func (d *dispatcher) tellDropped(dropped []*job) {
	if len(dropped) == 0 {
		return
	}
	d.r.log.Warn("too many updates wait, so the oldest presses of the chat with most of them are dropped", "presses", len(dropped))
	forget := make([]int64, len(dropped))
	var told [4][]wire.Call // so many are told at the same time, for others are answered meanwhile
	for i, j := range dropped {
		forget[i] = j.update.ID
		d.r.dropped()
		told[i%len(told)] = append(told[i%len(told)], d.r.sayDropped(&j.update)...)
	}
	for _, calls := range told {
		d.r.answers.offer(d.work, calls)
	}
	d.forget(forget)
}
