package tgsim

import (
	"html"
	"strings"
)

// formatted reads a text parameter: plain with entities, or in a parse mode.
// HTML is parsed as Telegram does; MarkdownV2 and Markdown are not simulated.
func (c *call) formatted(param, entitiesParam string) (string, []Entity, *apiError) {
	text := c.p.str(param)
	switch strings.ToLower(c.p.str("parse_mode")) {
	case "":
		var entities []Entity
		if c.p.object(entitiesParam, &entities) {
			entities, e := c.checkEntities(entities, text)
			return text, withFound(entities, text), e
		}
		return text, entitiesOf(text), nil
	case "html":
		plain, entities, e := parseHTML(text)
		if e != nil {
			return "", nil, e
		}
		return plain, withFound(entities, plain), nil
	case "markdown", "markdownv2":
		return "", nil, badRequest("parse mode " + c.p.str("parse_mode") + " is not simulated")
	}
	return "", nil, badRequest("unsupported parse_mode")
}

// htmlTags are the tags of the parse mode and the entities they make.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
	"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}

type openTag struct {
	name   string
	entity Entity
}

// parseHTML turns HTML into text and entities.
func parseHTML(s string) (string, []Entity, *apiError) {
	var plain strings.Builder
	var entities []Entity
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
			offset += utf16Len(chunk)
			continue
		}
		end := strings.IndexByte(s, '>')
		if end < 0 {
			return "", nil, badRequest("can't parse entities: Unclosed start tag")
		}
		tag := s[1:end]
		s = s[end+1:]
		if name, closing := strings.CutPrefix(tag, "/"); closing {
			if len(open) == 0 || open[len(open)-1].name != strings.ToLower(name) {
				return "", nil, badRequest("can't parse entities: Unmatched end tag \"" + name + "\"")
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
			return "", nil, badRequest("can't parse entities: Unsupported start tag \"" + name + "\"")
		}
		open = append(open, openTag{name, Entity{Type: kind, Offset: offset, URL: linkOf(kind, attrs)}})
	}
	if len(open) > 0 {
		return "", nil, badRequest("can't parse entities: Can't find end tag corresponding to start tag \"" + open[len(open)-1].name + "\"")
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
