package richtext

import (
	"html"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// htmlTags are the tags of the parse mode and the entities they make.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
	"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}

type openTag struct {
	name   string
	entity wire.Entity
}

// ParseHTML turns HTML into text and entities.
func ParseHTML(s string) (string, []wire.Entity, *wire.Error) {
	var plain strings.Builder
	var entities []wire.Entity
	var open []openTag
	offset := 0
	for s != "" {
		next := strings.IndexByte(s, '<')
		if next != 0 {
			chunk := s
			if next > 0 {
				chunk = s[:next]
			}
			s = s[len(chunk):]
			chunk = html.UnescapeString(chunk)
			plain.WriteString(chunk)
			offset += Utf16Len(chunk)
			continue
		}
		end := strings.IndexByte(s, '>')
		if end < 0 {
			return "", nil, wire.BadRequest("can't parse entities: Unclosed start tag")
		}
		tag := s[1:end]
		s = s[end+1:]
		if name, closing := strings.CutPrefix(tag, "/"); closing {
			if len(open) == 0 || open[len(open)-1].name != strings.ToLower(name) {
				return "", nil, wire.BadRequest("can't parse entities: Unmatched end tag \"" + name + "\"")
			}
			e := open[len(open)-1].entity
			open = open[:len(open)-1]
			if e.Length = offset - e.Offset; e.Length > 0 {
				entities = append(entities, e)
			}
			continue
		}
		name, attrs, _ := strings.Cut(tag, " ")
		name = strings.ToLower(name)
		kind, ok := htmlTags[name]
		if !ok {
			return "", nil, wire.BadRequest("can't parse entities: Unsupported start tag \"" + name + "\"")
		}
		open = append(open, openTag{name, wire.Entity{Type: kind, Offset: offset, URL: linkOf(kind, attrs)}})
	}
	if len(open) > 0 {
		return "", nil, wire.BadRequest("can't parse entities: Can't find end tag corresponding to start tag \"" + open[len(open)-1].name + "\"")
	}
	return plain.String(), entities, nil
}

// linkOf is the href of an <a> tag.
func linkOf(kind, attrs string) string {
	if kind != "text_link" {
		return ""
	}
	_, rest, _ := strings.Cut(attrs, "href=")
	return html.UnescapeString(strings.Trim(rest, `"' `))
}
