package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/people"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// SendOption changes how a person's message is sent.
type SendOption = people.SendOption

// ReplyElsewhere makes the message a reply to one of another chat that the
// sender sees. Bots get it as external_reply, and no reply_to_message.
func ReplyElsewhere(m *Message) SendOption {
	return func(o *people.Sending) { o.Elsewhere = m.message }
}

// Quoting marks words of what is replied to.
func Quoting(words string) SendOption { return func(o *people.Sending) { o.Quote = words } }

// Naming makes words of the text name a user by a text_mention, as apps do for those who have no username. The words
// are what the writer left of the name that the app put there.
func Naming(words string, who *User) SendOption {
	return func(o *people.Sending) { o.Named = append(o.Named, people.Naming{Words: words, Who: who.user}) }
}

// Rich makes the message a rich one: blocks is JSON, an array of RichBlock. Such
// a message has no text; the text that is given is ignored.
func Rich(blocks string) SendOption { return func(o *people.Sending) { o.Blocks = blocks } }

// ReplyTo makes the message a reply.
func ReplyTo(m *Message) SendOption { return func(o *people.Sending) { o.Reply = m.message } }

// InTopic sends into a topic of a forum.
func InTopic(t *Topic) SendOption { return func(o *people.Sending) { o.Topic = t.topic } }

// AsChannel sends in the name of a channel that the user owns.
func AsChannel(c *Chat) SendOption { return func(o *people.Sending) { o.AsChannel = c.chat } }

// OldApp makes Command act like an app from before July 2026: everything is
// public.
func OldApp() SendOption { return func(o *people.Sending) { o.OldApp = true } }

// OnDesktop makes Command act like the desktop app: of several bots that declare the command ephemeral, the first gets it.
func OnDesktop() SendOption { return func(o *people.Sending) { o.Desktop = true } }

// WithPhoto sends a photo; the text is its caption.
func WithPhoto() SendOption { return func(o *people.Sending) { o.Media = world.PhotoKind } }

// WithVideo sends a video; the text is its caption.
func WithVideo() SendOption { return func(o *people.Sending) { o.Media = world.VideoKind } }

// WithDocument sends a file of that name; the text is its caption.
func WithDocument(name string) SendOption {
	return func(o *people.Sending) { o.Media, o.Name = world.DocumentKind, name }
}

// WithAudio sends music; the text is its caption.
func WithAudio() SendOption { return func(o *people.Sending) { o.Media = world.AudioKind } }

// WithVoice sends a voice note; the text is its caption.
func WithVoice() SendOption { return func(o *people.Sending) { o.Media = world.VoiceKind } }

// WithVideoNote sends a round video; the text is but a name to find it by.
func WithVideoNote() SendOption {
	return func(o *people.Sending) { o.Media = world.VideoNoteKind }
}

// WithAnimation sends a GIF; the text is its caption.
func WithAnimation() SendOption {
	return func(o *people.Sending) { o.Media = world.AnimationKind }
}

// WithSticker sends a sticker; the text is its emoji.
func WithSticker() SendOption { return func(o *people.Sending) { o.Media = world.StickerKind } }

// WithPoll sends a poll; the text is its question.
func WithPoll() SendOption { return func(o *people.Sending) { o.Media = world.PollKind } }

// WithContact sends somebody's phone number; the text is their name.
func WithContact() SendOption { return func(o *people.Sending) { o.Media = world.ContactKind } }

// With joins options.
func With(opts ...SendOption) SendOption {
	return func(o *people.Sending) {
		for _, opt := range opts {
			opt(o)
		}
	}
}

// Large makes what is sent as large as that, in bytes.
func Large(size int) SendOption { return func(o *people.Sending) { o.Size = size } }

// WithLink makes words of the text, or "" for all of it, a link to an address
// that they do not show.
func WithLink(words, url string) SendOption {
	return func(o *people.Sending) { o.Linked, o.URL = words, url }
}
