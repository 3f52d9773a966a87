package demo

import (
	"cmp"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Act is something that somebody does.
type Act func(*Stage) error

func bringTheBot(s *Stage) error {
	s.Club.Add(s.Bot)
	s.Club.Promote(s.Bot, tgsim.Rights{DeleteMessages: true, RestrictMembers: true})
	return nil
}

// say has somebody write to the group.
func say(name, text string) Act {
	return func(s *Stage) error {
		_, err := s.who(name).Send(s.Club, text)
		return err
	}
}

// cannotSay has somebody try to write to the group, where Telegram does not let them.
func cannotSay(name, text string) Act {
	return func(s *Stage) error {
		p := s.who(name)
		if _, err := p.Send(s.Club, text); err == nil {
			return fmt.Errorf("%s could write", name)
		}
		s.note(p, Line{Kind: Refused, From: name, Text: text, Private: true})
		return nil
	}
}

// report has somebody give a command in reply to the latest message that contains a text.
func report(name, command, about string) Act {
	return func(s *Stage) error {
		p := s.who(name)
		m := p.Find(s.Club, about)
		if m == nil {
			return fmt.Errorf("%s sees no %q", name, about)
		}
		_, err := p.Command(s.Club, command, tgsim.ReplyTo(m))
		return err
	}
}

// tap has somebody tap the latest button whose label begins with a sign.
func tap(name, sign string) Act {
	return func(s *Stage) error {
		p := s.who(name)
		m := s.button(p, sign)
		if m == nil {
			return fmt.Errorf("%s sees no button %q", name, sign)
		}
		_, err := p.Press(m, sign)
		return err
	}
}

// openRecentActions has an administrator look at what Telegram noted of the group.
func openRecentActions(name string) Act {
	return func(s *Stage) error {
		p := s.who(name)
		actions := s.recentActions(p)
		if len(actions) <= s.before {
			return fmt.Errorf("%s sees no recent actions", name)
		}
		for _, a := range actions[s.before:] {
			s.note(p, logged(a))
		}
		return nil
	}
}

// deeds are Telegram's words for recent actions as people say them.
var deeds = map[string]string{
	"join": "added", "promote": "promoted", "restrict": "restricted", "ban": "banned", "delete": "deleted", "edit": "edited",
}

// logged is an entry of the recent actions.
func logged(a tgsim.RecentAction) Line {
	deed := cmp.Or(deeds[a.Action], a.Action) + " " + a.Member
	if a.Message != nil {
		deed += fmt.Sprintf("“%s” by %s", a.Text, a.Sender)
	}
	return Line{Kind: Logged, From: a.Time.UTC().Format("15:04") + " " + a.By, Text: deed, Private: true}
}
