package e2e

import "math/rand/v2"

// presence says for each second who of a group is there. Others know it in windows of some seconds.
type presence struct {
	there   [][]bool // of each member, in each second
	watched [][]bool // of each member, in each window
}

// watchedIn is how many seconds a window has: so finely do read receipts and online times tell when somebody was there.
const watchedIn = 5

// drawPresence has people come and go. A tenth of them is there most of the time. The others look in for a quarter of a minute,
// every three minutes or so.
func drawPresence(r *rand.Rand, members, seconds int) *presence {
	p := &presence{}
	for m := range members {
		stays, away := 12.0, 180.0
		if m < members/10 {
			stays, away = 180, 80
		}
		p.there, p.watched = append(p.there, make([]bool, seconds)), append(p.watched, make([]bool, seconds/watchedIn+1))
		for from := -int(r.ExpFloat64() * away); from < seconds; {
			to := from + 3 + int(r.ExpFloat64()*stays)
			p.come(m, from, to)
			from = to + 1 + int(r.ExpFloat64()*away)
		}
	}
	return p
}

// come has somebody be there who was perhaps not.
func (p *presence) come(member, from, to int) {
	for at := max(from, 0); at < min(to, len(p.there[member])); at++ {
		p.there[member][at], p.watched[member][at/watchedIn] = true, true
	}
}

// moment draws somebody who is there and when, each second of each person alike. Who is left out are those that skip.
func (p *presence) moment(r *rand.Rand, from, to int, skip func(member int) bool) (member, at int, ok bool) {
	var all [][2]int
	for m, there := range p.there {
		if skip(m) {
			continue
		}
		for at := from; at < min(to, len(there)); at++ {
			if there[at] {
				all = append(all, [2]int{m, at})
			}
		}
	}
	if len(all) == 0 {
		return 0, 0, false
	}
	drawn := all[r.IntN(len(all))]
	return drawn[0], drawn[1], true
}

// momentOf draws a second in which one of them is there.
func (p *presence) momentOf(r *rand.Rand, member, from, to int) (at int, ok bool) {
	_, at, ok = p.moment(r, from, to, func(m int) bool { return m != member })
	return at, ok
}

// around counts who was there, but for one, in the seconds up to a moment.
func (p *presence) around(not, from, to int) (n int) {
	for m := range p.watched {
		for at := max(from, 0); at <= to && m != not; at++ {
			if p.saw(m, at) {
				n++
				break
			}
		}
	}
	return n
}

// saw reports whether somebody was there, as far as others know.
func (p *presence) saw(member, at int) bool {
	return at >= 0 && at/watchedIn < len(p.watched[member]) && p.watched[member][at/watchedIn]
}
