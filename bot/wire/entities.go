package wire

// dateTimeFormat asks for a short date and a short time, such as "8 Sep 18:16", whatever the day is. Words that depend
// on the day, such as "tomorrow", would be wrong for whoever reads later.
const dateTimeFormat = "dt"

// Entities formats parts of the text, or of the caption, as they are marked. It leaves out types that name somebody,
// types that a bot may not send, and times without a value.
func (c Call) Entities(all []Entity) Call {
	var list []map[string]any
	for _, e := range all {
		if one := entity(e); one != nil {
			list = append(list, one)
		}
	}
	return c.entities(list)
}

// Marked calls split with the text and the caption. Split returns the text to send and the entities it found in it.
// The answer to a button cannot have entities.
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

// entities adds to the entities of the call.
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

// entity is the form that Telegram expects; nil if the entity is left out.
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

// shown are the types of entities that the bot may send.
var shown = map[string]bool{
	"bold": true, "italic": true, "underline": true, "strikethrough": true, "spoiler": true, Quote: true,
	FoldedQuote: true, Code: true, Pre: true, "text_link": true, dateTime: true,
}
