package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/config"
)

// commented is a default in the example: "#key: value". Prose has a space.
var commented = regexp.MustCompile(`(?m)^( *)#([a-z_]+:.*)$`)

func TestExampleTellsTheTruth(t *testing.T) {
	b, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"as it is":                  string(b),
		"every default uncommented": commented.ReplaceAllString(string(b), "$1$2"),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.yaml")
			write(t, path, text)
			got, err := config.Load(path)
			if err != nil {
				t.Fatal(err)
			}
			if want := config.Default(); !reflect.DeepEqual(got, want) {
				t.Errorf("the example says\n%vbut the defaults are\n%v", got, want)
			}
		})
	}
}

func TestExampleNamesEveryKey(t *testing.T) {
	b, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]int{}
	for _, m := range commented.FindAllStringSubmatch(string(b), -1) {
		name, _, _ := strings.Cut(m[2], ":")
		shown[name]++
	}
	for _, name := range config.Names {
		last := name[strings.LastIndexByte(name, '.')+1:]
		if shown[last]--; shown[last] < 0 {
			t.Errorf("the example does not show %s", name)
		}
	}
	for name, more := range shown {
		if more > 0 {
			t.Errorf("the example shows %s, which there is not", name)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
