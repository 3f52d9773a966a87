package main

import (
	"fmt"
	"strconv"
)

// unusual are deeds and settings that few groups see, and all must bear.
var unusual = []verb{
	{form: `the name of {who} is {text}`, run: rename},
}

// rename gives somebody another name; \u202e and the like are characters.
func rename(w *world, a []string) error {
	name, err := strconv.Unquote(`"` + a[1] + `"`)
	if err != nil {
		return fmt.Errorf("the name %q: %w", a[1], err)
	}
	w.who(a[0]).SetName(name, "")
	return nil
}
