package config_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/config"
)

// row is a line of the README's table: | `key` | `default` | or | `key` | none |.
var row = regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\| `?([^`|]*?)`? \\|")

func TestReadmeTellsTheTruth(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, m := range row.FindAllStringSubmatch(string(b), -1) {
		said[m[1]] = m[2]
	}
	for line := range strings.Lines(config.Default().String()) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		value = strings.Trim(value, `"`)
		if value == "" || value == "(none)" {
			value = "none"
		}
		if said[name] != value {
			t.Errorf("%s: the README says %q, the default is %q", name, said[name], value)
		}
		delete(said, name)
	}
	for name := range said {
		t.Errorf("the README explains %s, which there is not", name)
	}
}
