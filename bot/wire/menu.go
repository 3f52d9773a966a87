package wire

import (
	"fmt"
	"regexp"
	"unicode/utf8"
)

// Scope says whose command menu a list of commands fills.
type Scope struct {
	Type string
	Chat int64 // for the types of one chat
	User int64 // for one member of one chat
}

// The scopes that are not about a single chat.
var (
	ScopeDefault = Scope{Type: "default"}
	ScopePrivate = Scope{Type: "all_private_chats"}
	ScopeGroups  = Scope{Type: "all_group_chats"}
	ScopeAdmins  = Scope{Type: "all_chat_administrators"}
)

// BotCommand is one line of a command menu.
type BotCommand struct {
	Name        string // 1-32 of a-z 0-9 _
	Description string // 1-256 characters
	Ephemeral   bool   // only the bot sees the command, if the app of the member supports that
}

// CommandList is the menu of one scope in one language. An empty language
// stands for all languages without a list of their own.
type CommandList struct {
	Scope    Scope
	Language string
	Commands []BotCommand
}

// SetMyCommands declares one command menu.
func SetMyCommands(scope Scope, language string, commands []BotCommand) Call {
	list := make([]map[string]any, 0, len(commands))
	for _, command := range commands {
		item := map[string]any{"command": command.Name, "description": command.Description}
		if command.Ephemeral {
			item["is_ephemeral"] = true
		}
		list = append(list, item)
	}
	c := Call{Method: "setMyCommands", Params: map[string]any{"commands": list, "scope": scope.object()}}
	if language != "" {
		c.Params["language_code"] = language
	}
	return c
}

// GetMyCommands asks which menu a scope has in a language; see [Result.Commands].
func GetMyCommands(scope Scope, language string) Call {
	c := Call{Method: "getMyCommands", Params: map[string]any{"scope": scope.object()}}
	if language != "" {
		c.Params["language_code"] = language
	}
	return c
}

// Commands reads the answer to [GetMyCommands].
func (r Result) Commands() ([]BotCommand, error) {
	return answer(r, func(in *reader) (menu []BotCommand) {
		in.array(func() { menu = append(menu, in.command()) })
		return menu
	})
}

func (r *reader) command() (c BotCommand) {
	r.object(func(key []byte) {
		switch string(key) {
		case "command":
			c.Name = r.text()
		case "description":
			c.Description = r.text()
		case "is_ephemeral":
			c.Ephemeral = r.flag()
		default:
			r.skip()
		}
	})
	return c
}

func (s Scope) object() map[string]any {
	object := map[string]any{"type": s.Type}
	if s.Chat != 0 {
		object["chat_id"] = s.Chat
	}
	if s.User != 0 {
		object["user_id"] = s.User
	}
	return object
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// Validate finds errors that Telegram would refuse without saying where they are.
func (l CommandList) Validate() error {
	if len(l.Commands) > 100 {
		return fmt.Errorf("%d commands, at most 100 are possible", len(l.Commands))
	}
	for _, command := range l.Commands {
		if !commandName.MatchString(command.Name) {
			return fmt.Errorf("command %q: a name is 1-32 of a-z 0-9 _", command.Name)
		}
		if n := utf8.RuneCountInString(command.Description); n < 1 || n > 256 {
			return fmt.Errorf("command %q: description has %d characters, 1-256 are possible", command.Name, n)
		}
	}
	return nil
}
