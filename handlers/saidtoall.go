package handlers

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/ostrakon-bot/ostrakon/handlers/request"
)

// saidToAll remembers what was answered for all to see. What the bot said a moment ago still stands there, and is enough of an answer:
// else anybody could have it fill the group.
type saidToAll struct {
	last *lru.Cache[saidWhat, time.Time]
}

// saidWhat is the answer to a command in a group.
type saidWhat struct {
	chat int64
	name string
}

const (
	saidKept  = 10_000
	saidEvery = time.Minute
)

func newSaidToAll() saidToAll { return saidToAll{newCache[saidWhat, time.Time](saidKept)} }

// again notes that a command is answered for all to see, and reports whether it was a moment ago.
func (s saidToAll) again(chat int64, name string, now time.Time) bool {
	what := saidWhat{chat, name}
	if last, said := s.last.Get(what); said && now.Sub(last) < saidEvery {
		return true
	}
	s.last.Add(what, now)
	return false
}

// answersAll reports whether all see the answer to a command that anybody may give. A channel is given none that it alone sees. An
// admin in the group's name is not either, but may ask as often as they like, except for what is long.
func answersAll(cmd *request.Command, name string) bool {
	if name == "privacy" {
		return privacyForAll(cmd)
	}
	return cmd.Masked() && !cmd.Message.AnonymousAdmin()
}
