package richtext

import (
	"encoding/json"
	"strings"
)

// richParts are the fields of rich blocks and texts that hold what people read,
// in the order in which they do.
var richParts = []string{"label", "title", "summary", "header", "text", "caption", "credit", "cells", "rows", "items", "blocks"}

// Words are the words of rich blocks, as people read them.
func Words(blocks string) string {
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
