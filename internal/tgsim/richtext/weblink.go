package richtext

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// webForm is what may be one: protocol, user, domain, port, path.
var webForm = regexp.MustCompile(
	`(?i)((?:https?|ftp)://)?([\pL\pN_.+-]+@)?([\pL\pN_~-]+(?:\.[\pL\pN_~-]+)+)(:\d{1,5})?([/?#][^\s<>"«»]*)?`)

// linksOf finds the links and email addresses of a text as TDLib does, in the everyday cases. A link is whatever a
// protocol stands before, or a bare domain whose end is one that there is.
func linksOf(text string) (found []webLink) {
	if !dotted(text) {
		return nil
	}
	for _, m := range webForm.FindAllStringSubmatchIndex(text, -1) {
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		protocol, user, domain, path := part(1), part(2), part(3), part(5)
		bare := protocol == ""
		if !isDomain(domain, bare) || bare && glued(text[:m[0]]) {
			continue
		}
		l := webLink{"url", m[0], m[1] - len(path) + len(fitPath(path))}
		if bare && user != "" && part(4) == "" && path == "" {
			l.kind = "email"
		}
		found = append(found, l)
	}
	return found
}

// topDomains are the countries' and a choice of the others.
var topDomains = func() map[string]bool {
	known := map[string]bool{}
	for _, top := range strings.Fields(`
		ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd
		cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd
		ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg
		kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mk ml mm mn mo mp mq mr ms mt mu mv mw
		mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb
		sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug
		uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
		aero app art bar best bid bio biz blog bot casino cat chat click cloud club com coop dev digital edu fun gov group
		icu info int jobs life link live mil mobi money museum name net network news online org page pro sale shop site
		social space store tech tel tips today top travel vip web website wiki win work world xxx xyz zip онлайн рус рф сайт`) {
		known[top] = true
	}
	return known
}()

// webLink is where a text has a link or an email address.
type webLink struct {
	kind     string // "url" or "email"
	from, to int    // bytes
}

// dotted says whether the text has a dot inside a word, without which there is
// no domain. It is here because the expression is slow.
func dotted(text string) bool {
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '.' && text[i-1] > ' ' && text[i+1] > ' ' {
			return true
		}
	}
	return false
}

// glued says whether the text ends in what no bare domain can follow.
func glued(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return before != "" && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_/#@", r))
}

// isDomain says whether there may be such a domain; a bare one has to look more
// like one than one behind a protocol.
func isDomain(domain string, bare bool) bool {
	labels := strings.Split(domain, ".")
	for _, l := range labels {
		if len(l) > 63 || strings.HasSuffix(l, "-") {
			return false
		}
	}
	if strings.Trim(domain, "0123456789.") == "" {
		return len(labels) == 4 // an IP address
	}
	top, name := labels[len(labels)-1], labels[len(labels)-2]
	switch {
	case utf8.RuneCountInString(top) < 2 || strings.Contains(name, "_"):
		return false
	case strings.HasPrefix(top, "xn--"):
		return len(top) > 5
	case strings.ContainsAny(top, "_-"):
		return false
	}
	return !bare || isTopDomain(top)
}

// isTopDomain knows the end of a domain in one case throughout: "Hello.World" is
// the end of one sentence and the beginning of another.
func isTopDomain(top string) bool {
	lower := strings.ToLower(top)
	_, first := utf8.DecodeRuneInString(top)
	_, firstLower := utf8.DecodeRuneInString(lower)
	return topDomains[lower] && (lower == top || lower[firstLower:] != top[first:])
}

// fitPath cuts off what belongs to the sentence around the link.
func fitPath(path string) string {
	return strings.TrimRight(path[:closedAt(path)], ".:;,('?!`")
}

// closedAt is where the path closes a bracket that it did not open, or its end.
func closedAt(path string) int {
	var depth [3]int
	for i, r := range path {
		if n := strings.IndexRune("([{", r); n >= 0 {
			depth[n]++
		}
		if n := strings.IndexRune(")]}", r); n >= 0 {
			if depth[n]--; depth[n] < 0 {
				return i
			}
		}
	}
	return len(path)
}
