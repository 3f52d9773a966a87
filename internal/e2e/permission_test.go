package e2e

import (
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// held checks a status and its end, which may be a few seconds off.
func held(want tgsim.Status) func(*world, []string) error {
	return func(w *world, a []string) error {
		d, err := ladder.ParseDuration(a[1])
		m := w.here.Status(w.who(a[0]))
		off := m.Until.Sub(w.clock.Now().Add(d)).Abs()
		if m.Status != want || m.CanSend || m.Until.IsZero() || off > 40*time.Second {
			return errors.Join(err, fmt.Errorf("%s is %s until %s", a[0], m.Status, m.Until))
		}
		return err
	}
}

func status(ok func(tgsim.MemberInfo) bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		if m := w.here.Status(w.who(a[0])); !ok(m) {
			return fmt.Errorf("%s is %s until %v, in the group: %t", a[0], m.Status, m.Until, m.In)
		}
		return nil
	}
}

func cannotWrite(w *world, a []string) error {
	if _, err := w.who(a[0]).Send(w.here, "may I?"); err == nil {
		return fmt.Errorf("%s can", a[0])
	}
	return nil
}

func mayNotSay(w *world, a []string) error {
	u := w.who(a[0])
	words, opts, err := w.understand(u, a[1])
	if err != nil {
		return err
	}
	_, err = w.send(u, words, opts...)
	return forbidden(err)
}

// forbidden is content with the error only of what Telegram's permissions do not allow.
func forbidden(err error) error {
	switch {
	case err == nil:
		return errors.New("it is allowed")
	case errors.Is(err, tgsim.ErrPermission):
		return nil
	}
	return fmt.Errorf("it fails for another reason: %w", err)
}

// plainText is what is left to one who may only write words.
func plainText() tgsim.Permissions {
	p := tgsim.AllPermissions()
	p.SendAudios, p.SendDocuments, p.SendPhotos, p.SendVideos, p.SendVideoNotes, p.SendVoiceNotes = false, false, false, false, false, false
	p.SendPolls, p.SendOtherMessages, p.AddWebPreviews = false, false, false
	return p
}

func maySend(want tgsim.Permissions) func(*world, []string) error {
	return func(w *world, a []string) error {
		if m := w.here.Status(w.who(a[0])); !m.In || m.Permissions != want {
			return fmt.Errorf("%s is %s, in the group: %t, until %v: %+v", a[0], m.Status, m.In, m.Until, m.Permissions)
		}
		return nil
	}
}

func channelBanned(want bool) func(*world, []string) error {
	return func(w *world, a []string) error {
		if w.here.ChannelBanned(w.chats[a[0]]) != want {
			return errors.New("it is otherwise")
		}
		return nil
	}
}
