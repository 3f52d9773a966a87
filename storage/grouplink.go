package storage

import (
	"context"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// A link to a message names its group by Telegram's number or by a public name. A link to a comment names the channel on whose
// post it is. By these names a group is found, as its messages told them last.

// The kinds of names. They are stored.
const (
	linkName        = 0 // the public name of the group
	linkChannel     = 1 // the number of its channel
	linkChannelName = 2 // the public name of that
)

const saveLink = `INSERT INTO group_link (chat, what, tag) VALUES (?, ?, ?)
	ON CONFLICT (chat, what) DO UPDATE SET tag = excluded.tag WHERE group_link.tag <> excluded.tag`

// noteLinks notes by what a group is found, as one of its messages tells. It is written once in the life of a process, and when it changes.
func (u *Tx) noteLinks(chat int64, m *moderation.SeenMessage) {
	u.noteLink(groupLink{chat, linkName}, m.Public)
	if m.Role != moderation.RoleLinked {
		return
	}
	u.noteLink(groupLink{chat, linkChannel}, strconv.FormatInt(m.Author.ID, 10))
	u.noteLink(groupLink{chat, linkChannelName}, m.ChannelName)
}

// noteLink notes a name, or that there is none any more: others may have it now, and links with it lead to their messages.
func (u *Tx) noteLink(link groupLink, name string) {
	if known, found := u.s.links.Get(link); found && known == name {
		return
	}
	const doing = "note by what a group is found"
	if name == "" {
		u.Later(doing, `DELETE FROM group_link WHERE chat = ? AND what = ?`, link.chat, link.kind)
	} else {
		u.Later(doing, saveLink, link.chat, link.kind, u.s.linkTag(link.kind, name))
	}
	u.OnCommit(func() { u.s.links.Add(link, name) })
}

// linkTag stands for a name.
func (s *Store) linkTag(kind int, name string) []byte {
	switch kind {
	case linkName:
		return s.key.TagText(tagGroupName, 0, strings.ToLower(name))
	case linkChannelName:
		return s.key.TagText(tagChannelName, 0, strings.ToLower(name))
	default:
		return s.key.TagText(tagChannel, 0, name)
	}
}

// Linked lists the groups to which a link may lead, by Telegram's numbers: those that the bot is in. Nearly always it is one or
// none. Two have the same name if the bot did not hear of the one that gave it up.
func (s chatStore) Linked(ctx context.Context, to moderation.MessageRef) ([]int64, error) {
	switch {
	case to.Channel && to.Name != "":
		return s.linkedBy(ctx, linkChannelName, to.Name)
	case to.Channel:
		return s.linkedBy(ctx, linkChannel, strconv.FormatInt(to.Chat, 10))
	case to.Name != "":
		return s.linkedBy(ctx, linkName, to.Name)
	}
	return s.numbers(ctx, `SELECT number FROM chat WHERE number = ? AND is_member = 1`, to.Chat)
}

func (s chatStore) linkedBy(ctx context.Context, kind int, name string) ([]int64, error) {
	return s.numbers(ctx, `SELECT number FROM chat WHERE is_member = 1 AND id IN (SELECT chat FROM group_link WHERE tag = ?) ORDER BY id`, s.linkTag(kind, name))
}
