package methods

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// checkEntities refuses entities that are none: outside of the text, inside of a character, or with fields that their type
// does not have. Telegram only drops some of them, but a bot that sends such a thing has counted wrong.
func (c *Call) checkEntities(entities []wire.Entity, text string) ([]wire.Entity, *wire.Error) {
	units := utf16.Encode([]rune(text))
	for _, e := range entities {
		if why := richtext.Wrong(e, units); why != "" {
			c.Violate(c.Method + ": " + why + " (" + e.Type + ")")
			return nil, wire.BadRequest(why)
		}
	}
	if why := richtext.WrongTogether(entities); why != "" {
		c.Violate(c.Method + ": " + why)
		return nil, wire.BadRequest(why)
	}
	if len(entities) > mostEntities {
		c.Violate(c.Method + ": more than 100 entities, of which Telegram drops the rest")
		return nil, wire.BadRequest("too many entities")
	}
	slices.SortStableFunc(entities, func(a, b wire.Entity) int { return a.Offset - b.Offset })
	return entities, nil
}

const mostEntities = 100

// formatted reads a text parameter: plain with entities, or in a parse mode.
// HTML is parsed as Telegram does; MarkdownV2 and Markdown are not simulated.
func (c *Call) formatted(param, entitiesParam string) (string, []wire.Entity, *wire.Error) {
	text := c.P.Str(param)
	switch strings.ToLower(c.P.Str("parse_mode")) {
	case "":
		var entities []wire.Entity
		if c.P.Object(entitiesParam, &entities) {
			entities, e := c.checkEntities(entities, text)
			return text, richtext.WithFound(entities, text), e
		}
		return text, richtext.EntitiesOf(text), nil
	case "html":
		plain, entities, e := richtext.ParseHTML(text)
		if e != nil {
			return "", nil, e
		}
		return plain, richtext.WithFound(entities, plain), nil
	case "markdown", "markdownv2":
		return "", nil, wire.BadRequest("parse mode " + c.P.Str("parse_mode") + " is not simulated")
	}
	return "", nil, wire.BadRequest("unsupported parse_mode")
}
