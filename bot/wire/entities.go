package wire

// dateTimeFormat asks for a short date and a short time, such as "8 Sep 18:16", whatever the day is. What depends on the
// day, such as "tomorrow", would be wrong for who reads later.
const dateTimeFormat = "dt"

// Entities shows parts of the text, or of the caption, as they are marked. Types that name somebody or need what a bot may
// not have are left out, and so are times that nobody knows.
func (c Call) Entities(all []Entity) Call {
	var list []map[string]any
	for _, e := range all {
		if one := entity(e); one != nil {
			list = append(list, one)
		}
	}
	return c.entities(list)
}

// Fold shows a part of the text, or of the caption, as a quotation that is folded up until it is tapped. Offset and
// length count UTF-16 units.
func (c Call) Fold(offset, length int) Call {
	return c.entities([]map[string]any{{"type": "expandable_blockquote", "offset": offset, "length": length}})
}

// Marked has split look at the words of the call: it returns them as they are to be sent, and what it found marked in them.
// The answer to a press cannot have entities.
func (c Call) Marked(split func(text string) (plain string, marked []Entity)) Call {
	for _, field := range []string{"text", "caption"} {
		text, _ := c.Params[field].(string)
		plain, marked := split(text)
		if plain == text {
			continue
		}
		if c = c.with(field, plain); c.Method != "answerCallbackQuery" {
			c = c.Entities(marked)
		}
	}
	return c
}

// entities adds to those that the call has.
func (c Call) entities(more []map[string]any) Call {
	if len(more) == 0 {
		return c
	}
	field := "entities"
	if c.Params["text"] == nil {
		field = "caption_entities"
	}
	had, _ := c.Params[field].([]map[string]any)
	return c.with(field, append(had[:len(had):len(had)], more...))
}

// entity is how Telegram wants it; nil if it is to be left out.
func entity(e Entity) map[string]any {
	if !shown[e.Type] || (e.Type == dateTime) != (e.Time != 0) {
		return nil
	}
	one := map[string]any{"type": e.Type, "offset": e.Offset, "length": e.Length}
	if e.URL != "" {
		one["url"] = e.URL
	}
	if e.Language != "" {
		one["language"] = e.Language
	}
	if e.Time != 0 {
		one["unix_time"], one["date_time_format"] = e.Time, dateTimeFormat
	}
	return one
}

// shown are the types of entities that a text can be sent with.
var shown = map[string]bool{
	"bold": true, "italic": true, "underline": true, "strikethrough": true, "spoiler": true, "blockquote": true,
	"expandable_blockquote": true, "code": true, "pre": true, "text_link": true, dateTime: true,
}
