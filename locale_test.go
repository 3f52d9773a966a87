package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Every text is said, and everything said is a text: this reads the source and follows keys to the
// calls that turn them into words. What a language's file must hold is tested in internal/locale.

// speakers are the calls that take a key.
var speakers = map[string]speaker{
	"Text":          {key: 0, args: 1, takes: 2},
	"say":           {key: 2, args: 3, takes: 4},
	"toast":         {key: 2, args: -1, takes: 3},
	"tellPrivately": {key: 3, args: -1, takes: 4},
	"noticeText":    {key: 2, args: 3, takes: 4, adds: []string{"rule", "why"}},
}

// speaker says which argument of a call is the key and which fills it in; adds is filled in anyway.
type speaker struct {
	key, args, takes int
	adds             []string
}

// built are the keys that are put together while the program runs: where "*" stands, and why it is
// one of these and nothing else.
var built = []struct {
	key  string
	fill func(t *testing.T) []string
	why  string
}{
	{"refuse.*", constantsOf("Code"), "a refusal is worded by its code"},
	{"rule.*", constantsOf("RuleID"), "the name of a rule, on buttons and in sentences"},
	{"rule.*.why", constantsOf("RuleID"), "the rule in words, for the author and in /rules"},
	{"step.*", constantsOf("Deed"), "a step of the ladder, by what it does"},
	{"step.*_for", only("Deed", "ban"), "a ban with an end; a mute always has one, a warning and a kick never"},
	{"card.*", but("Verdict", "open", "withdrawn"), "an open case's card asks, a withdrawn one's is taken away"},
	{"card.*_admin", only("Verdict", "upheld", "dismissed"), "what an administrator can decide"},
	{"outcome.*", but("Verdict", "open", "withdrawn"), "what a reporter is told; who withdraws is told nothing more"},
	{"decide.*", only("Verdict", "upheld", "dismissed"), "what an administrator can decide"},
	{"vote.*", constantsOf("Side"), "the toast after a vote"},
	{"admins.*", constantsOf("Topic"), "what the admins are told"},
	{"setting.*.show", listed("handlers", "settings"), "a setting's present value and what is allowed"},
	{"setting.*.set", listed("handlers", "settings"), "a setting's new value"},
	{"setting.*.wrong", listed("handlers", "settings"), "the sentence about what is allowed"},
	{"command.*", listed("handlers", "groupRoutes", "privateRoutes"), "the menu"},
	{"duration.*", listed("internal/locale", "units"), "a length of time in its unit"},
}

func TestEveryTextIsSaidAndEverythingSaidIsAText(t *testing.T) {
	t.Parallel()
	texts, said := englishTexts(t), map[string]bool{}
	fills, met := map[string][]string{}, map[string]bool{}
	for _, b := range built {
		fills[b.key] = b.fill(t)
	}
	for _, dir := range []string{"handlers", "internal/locale"} {
		fset, files := sources(t, dir)
		uses, errs := keysIn(fset, files, constants(t, "moderation"))
		for _, err := range errs {
			t.Error(err)
		}
		for _, u := range uses {
			if _, ok := fills[u.key]; strings.Contains(u.key, "*") && !ok {
				t.Errorf("%s builds a key %q: add it to the table, with what can stand in it and why", u.at, u.key)
				continue
			}
			met[u.key] = true
			for _, key := range expand(u.key, fills[u.key]) {
				said[key] = true
				u.check(t, key, texts)
			}
		}
	}
	for _, b := range built {
		if !met[b.key] {
			t.Errorf("the table has %q (%s), but nothing builds it", b.key, b.why)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if !said[key] {
			t.Errorf("nobody says %q: delete it in every language", key)
		}
	}
}

// use is one place where a key is said.
type use struct {
	at, key string
	args    []string // what is filled in
}

// check sees to it that a key exists and that all its placeholders are filled in.
func (u use) check(t *testing.T, key string, texts map[string]string) {
	t.Helper()
	text, ok := texts[key]
	if !ok {
		t.Errorf("%s says %q, which is in no language", u.at, key)
	}
	for _, m := range regexp.MustCompile(`\{([a-z_]+)\}`).FindAllStringSubmatch(text, -1) {
		if !slices.Contains(u.args, m[1]) {
			t.Errorf("%s says %q without filling in {%s}: people would see the braces", u.at, key, m[1])
		}
	}
}

func expand(key string, fills []string) (keys []string) {
	if !strings.Contains(key, "*") {
		return []string{key}
	}
	for _, f := range fills {
		keys = append(keys, strings.Replace(key, "*", f, 1))
	}
	return keys
}

// englishTexts are the keys and texts of the default language; of plural forms, the longest list.
func englishTexts(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("internal/locale/" + locale.Default + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for key, v := range raw {
		texts[key] = fmt.Sprint(v) // forms are printed one after the other; placeholders stay what they are
	}
	return texts
}

// What the texts tell people to type must be there.
func TestTextsNameOnlyCommandsThatExist(t *testing.T) {
	t.Parallel()
	commands := listed("handlers", "groupRoutes", "privateRoutes")(t)
	for key, text := range englishTexts(t) {
		for _, m := range regexp.MustCompile(`/([a-z]+)`).FindAllStringSubmatch(text, -1) {
			if !slices.Contains(commands, m[1]) {
				t.Errorf("%s names /%s, which is no command", key, m[1])
			}
		}
	}
}
