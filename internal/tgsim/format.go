package tgsim

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// formatted reads a text parameter: plain with entities, or in a parse mode.
// HTML is parsed as Telegram does; MarkdownV2 and Markdown are not simulated.
func (c *call) formatted(param, entitiesParam string) (string, []wire.Entity, *wire.Error) {
	text := c.p.Str(param)
	switch strings.ToLower(c.p.Str("parse_mode")) {
	case "":
		var entities []wire.Entity
		if c.p.Object(entitiesParam, &entities) {
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
		return "", nil, wire.BadRequest("parse mode " + c.p.Str("parse_mode") + " is not simulated")
	}
	return "", nil, wire.BadRequest("unsupported parse_mode")
}
