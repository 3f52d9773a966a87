package tgsim

import (
	"encoding/json"
	"strings"
)

// Rich makes the message a rich one: blocks is JSON, an array of RichBlock. Such
// a message has no text; the text that is given is ignored.
func Rich(blocks string) SendOption { return func(o *sending) { o.blocks = blocks } }

type wireRich struct {
	Blocks json.RawMessage `json:"blocks"`
}

// richParts are the fields of rich blocks and texts that hold what people read,
// in the order in which they do.
var richParts = []string{"label", "title", "summary", "header", "text", "caption", "credit", "cells", "rows", "items", "blocks"}

// richWords are the words of rich blocks, as people read them.
func richWords(blocks string) string {
	var v any
	if err := json.Unmarshal([]byte(blocks), &v); err != nil {
		panic("tgsim: rich blocks: " + err.Error())
	}
	var words []string
	collect(v, &words)
	return strings.Join(words, " ")
}

func collect(v any, words *[]string) {
	switch x := v.(type) {
	case string:
		*words = append(*words, x)
	case []any:
		for _, part := range x {
			collect(part, words)
		}
	case map[string]any:
		for _, name := range richParts {
			if part, ok := x[name]; ok {
				collect(part, words)
			}
		}
	}
}
