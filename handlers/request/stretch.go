package request

import (
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Stretch is a row of messages. In a forum it holds only those of one topic, because the numbers run through all
// topics.
type Stretch struct {
	First, Last int64
	Forum       bool
	Topic       int64 // of a forum; 0 = General
}

// Parts are what the button carries.
func (r Stretch) Parts() []string {
	parts := []string{strconv.FormatInt(r.First, 10), strconv.FormatInt(r.Last, 10)}
	if r.Forum {
		parts = append(parts, strconv.FormatInt(r.Topic, 10))
	}
	return parts
}

// ParseStretch reads what [Stretch.Parts] wrote. It returns false for what no button of ours carries.
func ParseStretch(first, rest string) (r Stretch, ok bool) {
	last, topic, forum := strings.Cut(rest, ":")
	r.Forum = forum
	for _, n := range []struct {
		text string
		to   *int64
	}{{first, &r.First}, {last, &r.Last}, {topic, &r.Topic}} {
		var err error
		if *n.to, err = strconv.ParseInt(n.text, 10, 64); err != nil && n.text != "" {
			return r, false
		}
	}
	return r, r.First > 0 && r.Last >= r.First && r.Topic >= 0 && (forum || r.Last-r.First < moderation.MaxPurge)
}
