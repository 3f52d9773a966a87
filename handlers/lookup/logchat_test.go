package lookup_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
)

// admins answer questions about a log channel and its group: who administers them. An error stands for a chat that does not answer.
type admins struct {
	kind       string // of the log
	log, group string
	fails      map[int64]error
}

func (admins) Me() wire.Self { return wire.Self{User: wire.User{ID: 99, Bot: true}} }

func (tg admins) Do(_ context.Context, call wire.Call) (wire.Result, error) {
	says := tg.group
	switch {
	case call.Method == "getChat":
		says = fmt.Sprintf(`{"id":%d,"type":%q,"title":"Log"}`, call.Chat, tg.kind)
	case tg.fails[call.Chat] != nil:
		return wire.Result{}, tg.fails[call.Chat]
	case call.Chat == channelID:
		says = tg.log
	}
	return wire.Result{Raw: json.RawMessage(says)}, nil
}

// owner and admin are members as Telegram tells of them.
func owner(id int) string { return fmt.Sprintf(`{"status":"creator","user":{"id":%d}}`, id) }

func admin(id int, rights string) string {
	return fmt.Sprintf(`{"status":"administrator","user":{"id":%d,"is_bot":%v,"first_name":"A"},"can_delete_messages":true%s}`, id, id > 90, rights)
}

const posts, edits = `,"can_post_messages":true`, `,"can_edit_messages":true`

// A log is trusted if its owner and all who may post or edit there are admins of the group.
func TestLogChat(t *testing.T) {
	t.Parallel()
	group := []string{owner(1), admin(2, ""), admin(98, ""), admin(99, "")}
	for name, c := range map[string]struct {
		kind           string
		log            []string
		trusted        bool
		others, silent int
	}{
		"the owner's":           {"channel", []string{owner(1), admin(99, posts)}, true, 0, 0},
		"an admin's":            {"channel", []string{owner(2), admin(1, posts), admin(99, posts)}, true, 0, 0},
		"a stranger's":          {"channel", []string{owner(5), admin(1, posts), admin(99, posts)}, false, 1, 0},
		"nobody's":              {"channel", []string{admin(1, posts), admin(99, posts)}, false, 0, 0},
		"a stranger posts":      {"channel", []string{owner(1), admin(5, posts), admin(99, posts)}, false, 1, 0},
		"a stranger edits":      {"channel", []string{owner(1), admin(5, edits), admin(99, posts)}, false, 1, 0},
		"a stranger only reads": {"channel", []string{owner(1), admin(5, ""), admin(99, posts)}, true, 0, 0},
		"another bot posts":     {"channel", []string{owner(1), admin(97, posts), admin(99, posts)}, false, 1, 0},
		"another bot reads":     {"channel", []string{owner(1), admin(97, ""), admin(99, posts)}, true, 0, 1},
		"a bot of the group":    {"channel", []string{owner(1), admin(98, posts), admin(99, posts)}, true, 0, 0},
		"a group":               {"supergroup", []string{owner(1), admin(2, "")}, true, 0, 0},
		"a stranger's group":    {"supergroup", []string{owner(5), admin(1, "")}, false, 1, 0},
		"a stranger in a group": {"supergroup", []string{owner(1), admin(5, "")}, false, 1, 0},
	} {
		tg := admins{kind: c.kind, log: "[" + strings.Join(c.log, ",") + "]", group: "[" + strings.Join(group, ",") + "]"}
		found, err := lookup.New(tg).LogChat(t.Context(), groupID, channelID)
		if err != nil || found.Trusted() != c.trusted || len(found.Others) != c.others || len(found.Silent) != c.silent {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
		if found.Beyond(4) != 0 || found.Beyond(6) != 2 {
			t.Errorf("%s: of 4 members %d are strangers, of 6 %d", name, found.Beyond(4), found.Beyond(6))
		}
	}
}

// What Telegram does not say about the group is told apart from what it does not say about the log.
func TestLogChatWithoutAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fails   map[int64]error
		ofGroup bool
	}{
		"of the log":   {map[int64]error{channelID: busy}, false},
		"of the group": {map[int64]error{groupID: busy}, true},
		"of both":      {map[int64]error{channelID: busy, groupID: kicked}, false},
	} {
		tg := admins{kind: "channel", log: "[]", group: "[]", fails: c.fails}
		_, err := lookup.New(tg).LogChat(t.Context(), groupID, channelID)
		if lookup.OfGroup(err) != c.ofGroup || wire.KindOf(err) != wire.KindTooMany {
			t.Errorf("%s: %v", name, err)
		}
	}
}
