// Package world is the state of a simulated Telegram and its rules.
//
// A [World] has accounts, chats, members, messages and the updates that wait for
// bots. The rules say what a change does: who is told of it, what stays, what
// runs out when. All of it is under the lock of the world, which callers hold.
//
// The package knows no HTTP. What people do is in package people, what bots do
// in package methods.
package world

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/guard"
)

// World is a Telegram in memory. All its state, and that of the users, bots,
// chats and messages that belong to it, is under the lock that it embeds. The
// methods of this package expect it held.
type World struct {
	guard.Guard

	Opts Options

	Accounts  map[int64]*Account
	Usernames map[string]any // *User, *Bot or *Chat, by lower-case username
	Users     []*User
	Bots      []*Bot
	ByToken   map[string]*Bot
	Chats     []*Chat
	ByChatID  map[int64]*Chat
	Files     map[string]*File
	Invites   map[string]*Invite // by link
	Queries   map[string]*Press
	Inlines   map[string]*Message // by inline_message_id

	lastUser, lastBot, lastChat, lastGroup int64
	lastSmallID                            int // message ids of private chats and basic groups
	lastSeq                                int // order of everything ever shown
	manyQueries                            int // when to forget old presses
	LastQuery, LastAlbum, lastFile         int64
	LastInvite                             int64

	Violations []string // breaches of the schema, by bots and by the simulator
}

// Now is the present time of the simulated world.
func (s *World) Now() time.Time { return s.Opts.Now() }

// Unix is the present time in seconds.
func (s *World) Unix() int64 { return s.Opts.Now().Unix() }

// Violate notes a breach of the schema.
func (s *World) Violate(text string) {
	s.Violations = append(s.Violations, text)
	s.Touch()
}

// Options say what kind of server the world has.
type Options struct {
	Now func() time.Time // the clock of everything that has a date or a deadline

	NoEphemeralSupport bool // a server from before Bot API 10.2
	OldEphemeral       bool // a server of Bot API 10.2
	NoSettings         bool // a server from before Bot API 10.5
	Limits             bool // the sending limits hold
	KeepMessages       int  // how many messages a chat remembers; 0 is all
	CheckUpdates       bool // updates are held against the schema
}

// OldSettings says whether the server is from before Bot API 10.5.
func (o Options) OldSettings() bool { return o.NoSettings || o.Before103() }

// Before103 says whether the server is from before Bot API 10.3: it ignores
// ephemeral_message_parameters, and administrators have no welcome messages.
func (o Options) Before103() bool { return o.NoEphemeralSupport || o.OldEphemeral }
