package e2e

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// breakSomething is one thing that goes wrong.
func (c *chaos) breakSomething() {
	i := c.random.IntN(len(c.replicas))
	p := c.replicas[i]
	faults := map[string]func(){
		"kill": func() {
			if c.up[i] {
				p.kill()
				c.up[i] = false
			} else {
				p.start()
				c.up[i] = true
			}
		},
		"stop and go on": func() { c.pause(i) },
		"telegram":       c.breakTelegram,
		"slow telegram":  c.slowTelegram,
		"flood":          c.flood,
		"clock":          c.moveClock,
	}
	if c.server != nil {
		faults["database crash"] = func() {
			c.must(c.server.Kill())
			c.must(c.server.Restart())
		}
	} else {
		faults["full disk"] = c.fillDisk
	}
	names := []string{"kill", "kill", "stop and go on", "telegram", "telegram", "telegram", "slow telegram", "flood", "clock", "database crash", "full disk"}
	name := names[c.random.IntN(len(names))]
	if do := faults[name]; do != nil {
		c.faults[name]++
		do()
	}
	for i := range c.up { // nobody stays down for long
		if !c.up[i] && c.random.IntN(2) == 0 {
			c.replicas[i].start()
			c.up[i] = true
		}
	}
}

// pause stops a process for a while, in the middle of whatever it does.
func (c *chaos) pause(i int) {
	if !c.up[i] {
		return
	}
	process := c.replicas[i].cmd.Process
	if process.Signal(syscall.SIGSTOP) != nil {
		return
	}
	var once sync.Once
	goOn := func() { once.Do(func() { _ = process.Signal(syscall.SIGCONT) }) } // it may be dead by then
	c.undo = append(c.undo, goOn)
	time.AfterFunc(time.Duration(c.random.IntN(2500))*time.Millisecond, goOn)
}

// What may go wrong at Telegram. When it does not say who somebody is, the bot asks them to try again, and the model would
// have to know; so calls that only read are left alone.
var breakable = []string{
	"sendMessage", "editMessageText", "deleteMessage", "deleteMessages", "restrictChatMember", "answerCallbackQuery", "editEphemeralMessageText",
}

// breakTelegram makes calls go wrong in all the ways there are.
func (c *chaos) breakTelegram() {
	kinds := []tgsim.FaultKind{tgsim.TooManyRequests, tgsim.ServerError, tgsim.Reset, tgsim.LostAnswer, tgsim.Duplicate, tgsim.Hang}
	f := tgsim.Fault{Kind: kinds[c.random.IntN(len(kinds))], Times: 1 + c.random.IntN(6), Skip: c.random.IntN(4), RetryAfter: 1 + c.random.Int64N(3)}
	f.Method = breakable[c.random.IntN(len(breakable))]
	c.faults["telegram: "+string(f.Kind)]++
	switch f.Kind {
	case tgsim.Duplicate:
		f.Method = "getUpdates"
	case tgsim.Hang:
		armed := c.sim.Fail(f)
		c.undo = append(c.undo, armed.Release)
		time.AfterFunc(time.Duration(c.random.IntN(2000))*time.Millisecond, armed.Release)
		return
	}
	c.sim.Fail(f)
}

// slowTelegram makes each call take a while, for a while.
func (c *chaos) slowTelegram() {
	c.sim.SetCallTime(tgsim.CallTime{Least: 20 * time.Millisecond, Most: 400 * time.Millisecond, Seed: c.random.Uint64()})
	var once sync.Once
	end := func() { once.Do(func() { c.sim.SetCallTime(tgsim.CallTime{}) }) }
	c.undo = append(c.undo, end)
	time.AfterFunc(time.Duration(500+c.random.IntN(3000))*time.Millisecond, end)
}

// flood has all members of one group press a card, again and again, while Telegram does not say who they are. It is more than
// the inbox holds. Nobody judges that group: there the oldest presses are dropped.
func (c *chaos) flood() {
	g := c.flooded
	if g.spam == nil || cardOf(g.voters[0], g.group, g.spam[0].message) == nil {
		author := c.sim.AddUser("Nobody")
		c.must(g.group.Join(author))
		m, err := author.Send(g.group, "Buy shares")
		c.must(err)
		_, err = g.voters[0].Command(g.group, "/report spam", tgsim.ReplyTo(m))
		c.must(err)
		g.spam = []*accused{{message: m}}
		return // the card comes
	}
	armed := c.sim.Fail(tgsim.Fault{Kind: tgsim.Hang, Method: "getChatMember", Chat: g.group.ID(), Times: -1})
	c.undo = append(c.undo, armed.Release)
	card := cardOf(g.voters[0], g.group, g.spam[0].message)
	for i := range 4 {
		for n, u := range g.voters {
			_, _ = u.Press(card, []string{"🚩", "👌"}[(i+n)%2]) // the card may be gone
		}
	}
	time.AfterFunc(time.Duration(c.random.IntN(2000))*time.Millisecond, armed.Release)
}

// moveClock sets the clocks of all replicas forth or back, by up to two minutes. It is less in a short run, since the
// bot then keeps to limits for longer.
func (c *chaos) moveClock() {
	most := min(120, 2*int(c.lasts.Seconds()))
	by := time.Duration(c.random.IntN(2*most+1)-most) * time.Second
	next := c.clock + ".next"
	c.must(os.WriteFile(next, []byte(by.String()), 0o600))
	c.must(os.Rename(next, c.clock))
	c.undo = append(c.undo, func() { _ = os.Remove(c.clock) })
}

// fillDisk leaves no room on the disk of the database, for a while.
func (c *chaos) fillDisk() {
	var room syscall.Statfs_t
	if syscall.Statfs(c.disk, &room) != nil || room.Blocks*uint64(room.Bsize) > 100<<20 {
		delete(c.faults, "full disk")
		return // it is no disk of our own
	}
	ballast := filepath.Join(c.disk, "ballast")
	f, err := os.Create(ballast)
	c.must(err)
	for _, size := range []int{1 << 20, 4096} {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
	_ = f.Close()
	var once sync.Once
	clear := func() { once.Do(func() { _ = os.Remove(ballast) }) }
	c.undo = append(c.undo, clear)
	time.AfterFunc(time.Duration(500+c.random.IntN(1500))*time.Millisecond, clear)
}

// proxy stands before the replicas: it hands each update to one of them, now and then late, or to a second one as well.
type proxy struct {
	url     string
	targets []string
	client  http.Client

	mu     sync.Mutex
	random *rand.Rand
}

func newProxy(t *testing.T, seed uint64) *proxy {
	p := &proxy{client: http.Client{Timeout: 4 * time.Second}, random: rand.New(rand.NewPCG(seed, 2))}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.url = server.URL + "/hook"
	return p
}

func (p *proxy) add(target string) { p.targets = append(p.targets, target) }

func (p *proxy) dice(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.random.IntN(n)
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if p.dice(10) == 0 {
		time.Sleep(time.Duration(p.dice(300)) * time.Millisecond)
	}
	if p.dice(10) == 0 {
		go p.hand(r.Header.Clone(), body, p.dice(len(p.targets)))
	}
	first := p.dice(len(p.targets))
	for i := range p.targets {
		if code := p.hand(r.Header, body, (first+i)%len(p.targets)); code == http.StatusOK {
			return
		}
	}
	http.Error(w, "nobody is there", http.StatusBadGateway)
}

func (p *proxy) hand(header http.Header, body []byte, to int) int {
	req, err := http.NewRequest(http.MethodPost, "http://"+p.targets[to]+"/hook", bytes.NewReader(body))
	if err != nil {
		return 0
	}
	req.Header = header
	res, err := p.client.Do(req)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	return res.StatusCode
}

// freeAddress is one at which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
