package copies

import (
	"net/url"
	"slices"
	"strings"
)

// address is what is compared of a link: where it leads, however it is written.
func address(link string) string {
	link = strings.TrimSpace(visible(link))
	u, err := url.Parse(withScheme(link))
	if err != nil || u.Host == "" && u.Opaque == "" {
		return link
	}
	host, path := place(u)
	form := scheme(u) + user(u) + host + strings.TrimRight(path, "/")
	if query := parameters(u.RawQuery, host); query != "" {
		form += "?" + query
	}
	if u.Fragment != "" {
		form += "#" + u.EscapedFragment()
	}
	return form
}

// withScheme completes a link as Telegram does.
func withScheme(link string) string {
	if before, _, found := strings.Cut(link, "://"); found && !strings.ContainsAny(before, "./?#") {
		return link
	}
	return "http://" + link
}

// scheme is that of a link, or nothing where a browser finds the same page either way.
func scheme(u *url.URL) string {
	if u.Scheme == "http" || u.Scheme == "https" {
		return ""
	}
	return u.Scheme + "://"
}

func user(u *url.URL) string {
	if u.User == nil {
		return ""
	}
	return u.User.String() + "@"
}

// place is the host and the path. Usernames at Telegram are the same in capitals.
func place(u *url.URL) (host, path string) {
	host = strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	path = plain(u.EscapedPath())
	switch name, found := strings.CutSuffix(host, ".t.me"); {
	case found:
		return telegram, "/" + name + path
	case host == telegram || host == "telegram.me" || host == "telegram.dog":
		return telegram, usernameLower(path)
	default:
		return host, path
	}
}

// telegram is the host of Telegram's own links.
const telegram = "t.me"

// usernameLower turns the first part of a path into small letters, if it is no invitation.
func usernameLower(path string) string {
	if strings.HasPrefix(path, "/+") {
		return path
	}
	first, rest, more := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if path = "/" + strings.ToLower(first); more {
		path += "/" + rest
	}
	return path
}

// parameters are those of a link that change where it leads, in one order.
func parameters(query, host string) string {
	all := strings.Split(query, "&")
	kept := all[:0]
	for _, p := range all {
		if key, _, _ := strings.Cut(p, "="); p != "" && !tracks(strings.ToLower(key), host) {
			kept = append(kept, plain(strings.ReplaceAll(p, "+", "%20")))
		}
	}
	slices.Sort(kept)
	return strings.Join(kept, "&")
}

// tracks reports whether a parameter only tells where a reader came from. One that says who is paid for it does more: ref and start
// stay.
func tracks(key, host string) bool {
	return tracking[key] || strings.HasPrefix(key, "utm_") || key == "si" && shares[host]
}

var tracking = set(`
	_ga _gl _hsenc _hsmi _openstat dclid fbclid gad_source gbraid gclid gclsrc igsh igshid li_fat_id mc_cid mc_eid mkt_tok msclkid
	srsltid ttclid twclid vero_id wbraid wickedid yclid ysclid`)

// shares are the hosts whose parameter si says who shared a link.
var shares = set("youtu.be youtube.com m.youtube.com music.youtube.com open.spotify.com")

func set(words string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		all[w] = true
	}
	return all
}

// plain writes characters as they are that need no escape, and the others in one way.
func plain(escaped string) string {
	var b strings.Builder
	for i := 0; i < len(escaped); i++ {
		c := escaped[i]
		if c == '%' && i+2 < len(escaped) && hexByte(escaped[i+1]) && hexByte(escaped[i+2]) {
			if c = unhex(escaped[i+1])<<4 | unhex(escaped[i+2]); !unreserved(c) {
				b.WriteString(strings.ToUpper(escaped[i : i+3]))
				i += 2
				continue
			}
			i += 2
		} else if c >= 0x80 {
			b.WriteString(url.PathEscape(string([]byte{c})))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// unreserved reports whether a character means the same with and without an escape.
func unreserved(c byte) bool { return nameByte(c) || c == '-' || c == '.' || c == '~' }

func hexByte(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
