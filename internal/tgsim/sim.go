package tgsim

import (
	"context"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/people"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/server"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Options shape a simulated Telegram. The zero value is a modern server on
// the real clock, without limits and without faults.
type Options struct {
	// Now is the clock of everything that has a date or a deadline, long
	// polls excepted; nil means time.Now.
	Now func() time.Time

	// NoEphemeralSupport makes a server from before Bot API 10.2: it ignores
	// ephemeral parameters, so that such messages are seen by everybody.
	NoEphemeralSupport bool

	// OldEphemeral makes a server of Bot API 10.2: it knows ephemeral messages, but ignores
	// ephemeral_message_parameters, which came with 10.3.
	OldEphemeral bool

	// NoSettings makes a server from before Bot API 10.5: it does not know
	// setMySettings, and getMe does not show what came with that.
	NoSettings bool

	// Limits turns on the sending limits: 20 messages a minute in a group
	// and 30 a second overall, for each bot, edits included; beyond them 429.
	Limits bool

	// Chaos makes calls fail at random.
	Chaos *Chaos

	// CallTime is how long calls take, in real time. The zero value is no time.
	CallTime CallTime

	// KeepMessages bounds the messages remembered in each chat; 0 keeps all.
	KeepMessages int

	// NoCallLog turns the call log off; Calls and WaitCall then see nothing.
	NoCallLog bool

	// Dial opens the connections over which updates go to webhooks, such as through a
	// load balancer of the caller's; nil means as the address says.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	// CheckUpdates holds every update and result that the simulator emits
	// against the schema. A departure becomes a violation.
	CheckUpdates bool
}

// Sim is a Telegram in memory: a world, and the Bot API by which bots reach
// it. Users, bots, chats and messages are handles; their methods take the one
// lock of the world.
type Sim struct {
	world *world.World
	api   *server.API
}

// New makes an empty world.
func New(opts Options) *Sim {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	w := world.New(world.Options{
		Now: opts.Now, NoEphemeralSupport: opts.NoEphemeralSupport, OldEphemeral: opts.OldEphemeral, NoSettings: opts.NoSettings, Limits: opts.Limits,
		KeepMessages: opts.KeepMessages, CheckUpdates: opts.CheckUpdates,
	})
	s := &Sim{world: w, api: server.New(w, opts.Dial)}
	s.api.Log.Off = opts.NoCallLog
	s.api.Faults.SetChaos(opts.Chaos)
	s.api.Faults.SetCallTime(opts.CallTime)
	return s
}

// Upgrade makes an old server a modern one.
func (s *Sim) Upgrade() {
	s.lock()
	defer s.unlock()
	s.world.Opts.NoEphemeralSupport, s.world.Opts.OldEphemeral, s.world.Opts.NoSettings = false, false, false
}

func (s *Sim) lock()   { s.world.Lock() }
func (s *Sim) unlock() { s.world.Unlock() }

// Serve starts answering the Bot API on a free port of 127.0.0.1. It panics
// if there is none, as a test could do nothing else.
func (s *Sim) Serve() *Server { return s.api.Serve() }

// ServeHTTP answers one call of the Bot API.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.api.ServeHTTP(w, r) }

// Now is the present time of the simulated world.
func (s *Sim) Now() time.Time { return s.world.Now() }

// OnChange has f called after each change that some person could see. It is
// called without locks, possibly from several goroutines at once.
func (s *Sim) OnChange(f func()) { s.world.OnChange(f) }

// Wait blocks until cond, called without the lock after every change of any
// kind, returns true, or until ctx ends.
func (s *Sim) Wait(ctx context.Context, cond func() bool) error { return s.world.Wait(ctx, cond) }

// Violations lists every breach of the Bot API's schema so far, by the bots'
// calls and, with Options.CheckUpdates, by the simulator itself. A test
// fails if there is any.
func (s *Sim) Violations() []string {
	s.lock()
	defer s.unlock()
	return slices.Clone(s.world.Violations)
}

// AddUser adds a person.
func (s *Sim) AddUser(firstName string, opts ...UserOption) *User {
	s.lock()
	defer s.unlock()
	return s.user(s.world.AddUser(firstName, opts...))
}

// AddBot registers a bot.
func (s *Sim) AddBot(username, firstName string, opts ...BotOption) *Bot {
	s.lock()
	defer s.unlock()
	return s.bot(s.world.AddBot(username, firstName, opts...))
}

// NewGroup makes a basic group.
func (s *Sim) NewGroup(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Group, title, owner, opts)
}

// NewSupergroup makes a supergroup.
func (s *Sim) NewSupergroup(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Supergroup, title, owner, opts)
}

// NewForum makes a supergroup with topics.
func (s *Sim) NewForum(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Supergroup, title, owner, append(opts, func(c *world.Chat) { c.Forum = true }))
}

// NewChannel makes a channel.
func (s *Sim) NewChannel(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Channel, title, owner, opts)
}

func (s *Sim) newChat(kind Kind, title string, owner *User, opts []ChatOption) *Chat {
	s.lock()
	defer s.unlock()
	return s.chat(s.world.NewChat(kind, title, owner.user, opts))
}

// Users lists all users in the order in which they were added.
func (s *Sim) Users() []*User {
	s.lock()
	defer s.unlock()
	return handles(s.world.Users, s.user)
}

// EveryoneBut lists all users except those given.
func (s *Sim) EveryoneBut(except ...*User) []*User {
	return slices.DeleteFunc(s.Users(), func(u *User) bool { return slices.Contains(except, u) })
}

// Chats lists all chats in order of their creation, private dialogs included.
func (s *Sim) Chats() []*Chat {
	s.lock()
	defer s.unlock()
	return handles(s.world.Chats, s.chat)
}

// Bots lists all bots in the order in which they were added.
func (s *Sim) Bots() []*Bot {
	s.lock()
	defer s.unlock()
	return handles(s.world.Bots, s.bot)
}

// Chat returns the group or channel with the id, or nil.
func (s *Sim) Chat(id int64) *Chat {
	s.lock()
	defer s.unlock()
	return s.chat(s.world.ByChatID[id])
}

// User returns the user with the id, or nil.
func (s *Sim) User(id int64) *User {
	s.lock()
	defer s.unlock()
	if a := s.world.Accounts[id]; a != nil {
		return s.user(a.User)
	}
	return nil
}

// VisibleTo is all that the users together can see anywhere, as text. That is every chat, their ephemeral messages,
// private dialogs and toasts. Of chats they administer it is also the recent actions and members' restrictions. The
// text has no dates and the same order in every run, so that two worlds can be compared:
// sim.VisibleTo(sim.EveryoneBut(anna)...).
func (s *Sim) VisibleTo(users ...*User) string {
	s.lock()
	defer s.unlock()
	list := make([]*world.User, len(users))
	for i, u := range users {
		list[i] = u.user
	}
	return people.VisibleTo(s.world, list...)
}

// handles are the handles of a list.
func handles[W, H any](list []W, handle func(W) H) []H {
	all := make([]H, len(list))
	for i, w := range list {
		all[i] = handle(w)
	}
	return all
}
