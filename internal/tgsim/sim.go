package tgsim

import (
	"context"
	"encoding/json"
	"net"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/guard"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
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

	// NoSettings makes a server from before Bot API 10.5: it does not know
	// setMySettings, and getMe does not show what came with that.
	NoSettings bool

	// Limits turns on the sending limits: 20 messages a minute in a group
	// and 30 a second overall, for each bot, edits included; beyond them 429.
	Limits bool

	// Chaos makes calls fail at random.
	Chaos *Chaos

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

// oldSettings says whether the server is from before Bot API 10.5.
func (o Options) oldSettings() bool { return o.NoSettings || o.NoEphemeralSupport }

// Sim is a Telegram in memory. All its state, and that of the users, bots,
// chats and messages that belong to it, is under one mutex: every exported
// method takes it, every unexported one expects it held unless it says
// otherwise.
type Sim struct {
	guard.Guard

	opts    Options
	schema  *schema.Schema
	methods map[string]methodFunc

	accounts  map[int64]*account
	usernames map[string]any // *User, *Bot or *Chat, by lower-case username
	users     []*User
	bots      []*Bot
	byToken   map[string]*Bot
	chats     []*Chat
	byChatID  map[int64]*Chat
	files     map[string]*file
	invites   map[string]*invite // by link
	queries   map[string]*Press
	inlines   map[string]*Message // by inline_message_id

	lastUser, lastBot, lastChat, lastGroup int64
	lastSmallID                            int // message ids of private chats and basic groups
	lastSeq                                int // order of everything ever shown
	manyQueries                            int // when to forget old presses
	lastQuery, lastAlbum, lastFile         int64
	lastInvite                             int64

	lines      *lines
	calls      []Call
	callCount  int
	violations []string
	faults     []*Armed
	chaos      *chaosState
}

// New makes an empty world.
func New(opts Options) *Sim {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	s := &Sim{
		opts:        opts,
		schema:      schema.Load(),
		methods:     simulated(),
		accounts:    map[int64]*account{},
		usernames:   map[string]any{},
		byToken:     map[string]*Bot{},
		byChatID:    map[int64]*Chat{},
		files:       map[string]*file{},
		invites:     map[string]*invite{},
		queries:     map[string]*Press{},
		inlines:     map[string]*Message{},
		manyQueries: 10_000,
		lastUser:    100_000_000,
		lastBot:     7_000_000_000,
		lastChat:    1_001_000_000_000,
		lastGroup:   4_000_000,
	}
	s.lines = &lines{Sim: s, byBot: map[*Bot]*line{}, dial: opts.Dial}
	s.lines.again = func(b *Bot) bool { return s.duplicates(b) != nil }
	s.lines.perform = func(b *Bot, method string, fields map[string]json.RawMessage) { b.Call(method, fields) } //nolint:errcheck
	if opts.Chaos != nil {
		s.chaos = newChaos(*opts.Chaos)
	}
	s.addFakeAccounts()
	return s
}

// Now is the present time of the simulated world.
func (s *Sim) Now() time.Time { return s.opts.Now() }

func (s *Sim) unix() int64 { return s.opts.Now().Unix() }

// Violations lists every breach of the Bot API's schema so far, by the bots'
// calls and, with Options.CheckUpdates, by the simulator itself. A test
// fails if there is any.
func (s *Sim) Violations() []string {
	s.Lock()
	defer s.Unlock()
	return append([]string(nil), s.violations...)
}

func (s *Sim) violate(text string) {
	s.violations = append(s.violations, text)
	s.Touch()
}

// Users lists all users in the order in which they were added.
func (s *Sim) Users() []*User {
	s.Lock()
	defer s.Unlock()
	return append([]*User(nil), s.users...)
}

// EveryoneBut lists all users except those given.
func (s *Sim) EveryoneBut(except ...*User) []*User {
	var out []*User
	for _, u := range s.Users() {
		excepted := false
		for _, e := range except {
			excepted = excepted || e == u
		}
		if !excepted {
			out = append(out, u)
		}
	}
	return out
}
