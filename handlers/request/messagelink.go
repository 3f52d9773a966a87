package request

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// linkBefore is what Telegram puts before the number of a supergroup or channel where links have the number alone. Of numbers above
// leastLinked some are of groups that are no supergroups, to whose messages there are no links.
const (
	linkBefore  = "-100"
	leastLinked = -1_000_000_000_000
)

// FindMessageLink finds the first link to a message among the words and the links of a text. Rest are the words without it.
func FindMessageLink(m *wire.Message, words string) (to moderation.MessageRef, rest string, found bool) {
	fields := strings.Fields(words)
	for i, word := range fields {
		if to, found = ParseMessageLink(word); found {
			return to, strings.Join(append(fields[:i:i], fields[i+1:]...), " "), true
		}
	}
	for _, e := range m.Entities {
		if to, found = ParseMessageLink(e.URL); found {
			return to, words, true
		}
	}
	return to, words, false
}

// ParseMessageLink reads a link to a message, as Telegram's apps make and open them.
func ParseMessageLink(link string) (moderation.MessageRef, bool) {
	link = strings.Trim(link, `<>()[]{}"'“”«»,;`)
	if path, found := strings.CutPrefix(link, "tg:"); found {
		return parseAppLink("tg://" + strings.TrimLeft(path, "/"))
	}
	at, err := url.Parse(withScheme(link))
	if err != nil || at.Scheme != "https" && at.Scheme != "http" {
		return moderation.MessageRef{}, false
	}
	parts := strings.Split(strings.Trim(at.Path, "/"), "/")
	name, known := hostName(at.Hostname())
	switch {
	case !known:
		return moderation.MessageRef{}, false
	case name != "": // name.t.me/12
		parts = append([]string{name}, parts...)
	case parts[0] == "s": // of the page that shows a channel in a browser
		parts = parts[1:]
	}
	return fromPath(parts, at.Query())
}

// withScheme adds what people leave out.
func withScheme(link string) string {
	if strings.Contains(link, "://") {
		return link
	}
	return "https://" + link
}

// hostName reports whether a host is Telegram's, and which name stands before it.
func hostName(host string) (name string, ours bool) {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	for _, h := range []string{"t.me", "telegram.me", "telegram.dog"} {
		if host == h {
			return "", true
		}
		if name, found := strings.CutSuffix(host, "."+h); found && publicName.MatchString(name) {
			return name, true
		}
	}
	return "", false
}

var publicName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{1,31}$`)

// fromPath reads c/<number>/<message>, <name>/<message>, and both with a topic in the middle.
func fromPath(parts []string, query url.Values) (to moderation.MessageRef, ok bool) {
	private := len(parts) > 0 && parts[0] == "c"
	if private {
		parts = parts[1:]
	}
	if len(parts) < 2 || len(parts) > 3 {
		return to, false
	}
	if private {
		to.Chat, ok = chatNumber(parts[0])
	} else {
		to.Name, ok = parts[0], publicName.MatchString(parts[0])
	}
	return finished(to, ok, parts[len(parts)-1], query)
}

// parseAppLink reads tg://privatepost?channel=…&post=… and tg://resolve?domain=…&post=….
func parseAppLink(link string) (to moderation.MessageRef, ok bool) {
	at, err := url.Parse(link)
	if err != nil {
		return to, false
	}
	query := at.Query()
	switch at.Host {
	case "privatepost":
		to.Chat, ok = chatNumber(query.Get("channel"))
	case "resolve":
		to.Name = query.Get("domain")
		ok = publicName.MatchString(to.Name)
	}
	return finished(to, ok, query.Get("post"), query)
}

// finished adds the message. With a comment, the link is to a channel's post, and the message is the comment.
func finished(to moderation.MessageRef, ok bool, message string, query url.Values) (moderation.MessageRef, bool) {
	if comment := query.Get("comment"); comment != "" {
		to.Channel, message = true, comment
	}
	to.Message = number(message)
	if !ok || to.Message == 0 {
		return moderation.MessageRef{}, false
	}
	return to, true
}

func chatNumber(text string) (chat int64, ok bool) {
	if number(text) == 0 {
		return 0, false
	}
	chat, err := strconv.ParseInt(linkBefore+text, 10, 64)
	return chat, err == nil && chat < leastLinked
}

// number reads digits alone; 0 for anything else.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || text[0] == '+' {
		return 0
	}
	return n
}
