package people

import (
	"errors"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Forward has the user forward a message into a chat, such as a Dialog.
func Forward(u *world.User, m *world.Message, to *world.Chat) (*world.Message, error) {
	f, err := copied(u, m, to)
	if err != nil {
		return nil, err
	}
	to.Post(f)
	return f, nil
}

// ForwardAlbum has the user forward messages together. They are an album, which is not the one that they were.
func ForwardAlbum(u *world.User, album []*world.Message, to *world.Chat) ([]*world.Message, error) {
	u.World.LastAlbum++
	var copies []*world.Message
	for _, m := range album {
		f, err := copied(u, m, to)
		if err != nil {
			return nil, err
		}
		f.GroupID = albumID(u.World.LastAlbum)
		copies = append(copies, f)
	}
	for _, f := range copies {
		to.Post(f)
	}
	return copies, nil
}

// copied is a forward that is not sent yet.
func copied(u *world.User, m *world.Message, to *world.Chat) (*world.Message, error) {
	if m.Deleted || m.Ephemeral() || m.Service != nil {
		return nil, errors.New("the message can't be forwarded")
	}
	f := to.NewMessage(u.Account)
	f.Text, f.Entities, f.Media, f.Blocks = m.Text, m.Entities, m.Media, m.Blocks
	f.Origin = m.OriginForForward()
	return f, mask(u, to, f, Sending{})
}

// albumID is what the items of the n-th album share.
func albumID(n int64) string { return strconv.FormatInt(13_000_000_000_000_000+n, 10) }
