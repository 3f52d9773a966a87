package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Stage is a simulated Telegram with a chess club in it. The bot has an account, and is in no group.
type Stage struct {
	Telegram *tgsim.Sim
	Bot      *tgsim.Bot
	Club     *tgsim.Chat
	Cast     []Person // who is more worth watching comes first

	server *tgsim.Server
	seen   map[string]sight  // what each person saw at the last frame
	notes  map[string][]Line // what happened to them since, other than in the chat
	before int               // how many recent actions are from before the scene
}

// Person is somebody in the scene.
type Person struct {
	*tgsim.User
	Role string
}

// NewStage opens a Telegram that lives by a clock. It is to be closed.
func NewStage(now func() time.Time) *Stage {
	s := &Stage{
		Telegram: tgsim.New(tgsim.Options{Now: now, Limits: true, CheckUpdates: true}),
		seen:     map[string]sight{}, notes: map[string][]Line{},
	}
	for _, p := range []struct{ name, role string }{
		{"Anna", "reporter"}, {"Mallory", "author"}, {"Olga", "owner"}, {"Bob", "reporter"}, {"Carl", "voter"},
	} {
		s.Cast = append(s.Cast, Person{s.Telegram.AddUser(p.name), p.role})
	}
	s.Bot = s.Telegram.AddBot("OstrakonBot", "Ostrakon")
	owner := s.who("Olga")
	s.Club = s.Telegram.NewSupergroup("Chess club", owner.User)
	for _, p := range s.Cast {
		if p != owner {
			s.Club.Add(p)
		}
	}
	s.Frame("") // all that is from before the scene
	s.before = len(s.recentActions(owner))
	s.server = s.Telegram.Serve()
	return s
}

// URL is where the Bot API is.
func (s *Stage) URL() string { return s.server.URL }

// Close ends the Telegram.
func (s *Stage) Close() { s.server.Close() }

// Ready returns once the bot has declared its commands, so that people's apps know which of them
// nobody else may see.
func (s *Stage) Ready(ctx context.Context) error {
	anyone := s.Cast[0]
	err := s.Telegram.Wait(ctx, func() bool {
		return slices.ContainsFunc(anyone.Menu(s.Club, s.Bot), func(c tgsim.BotCommand) bool {
			return c.Command == "report" && c.IsEphemeral
		})
	})
	if err != nil {
		return fmt.Errorf("wait for the bot's commands: %w", err)
	}
	return nil
}

// who finds a person of the cast by name; nobody of that name is the zero Person.
func (s *Stage) who(name string) Person {
	for _, p := range s.Cast {
		if p.Name() == name {
			return p
		}
	}
	return Person{}
}

// recentActions is what an administrator of the club reads in Telegram's recent actions.
func (s *Stage) recentActions(p Person) []tgsim.RecentAction {
	actions, err := s.Club.RecentActions(p.User)
	if err != nil {
		return nil
	}
	return actions
}

// note puts something on a person's screen that is not in the chat.
func (s *Stage) note(p Person, l Line) {
	s.notes[p.Name()] = append(s.notes[p.Name()], l)
}
