package archtest

import (
	"encoding/json"
	"fmt"
	"go/ast"
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
	"figure":        {key: 1, args: -1, takes: 3},
	"detail":        {key: 1, args: -1, takes: 3},
	"barOf":         {key: 1, args: -1, takes: 3},
	"listOf":        {key: 1, args: -1, takes: 3},
	"button":        {key: 0, args: -1, takes: 2, more: true},
	"answerByAlert": {key: 2, args: -1, takes: 3, adds: []string{"bot"}},
	"didOr":         {key: 3, or: 4, args: 5, takes: 6, more: true, adds: []string{"right"}},
	"freed":         {key: 4, or: 5, args: 6, takes: 7, adds: []string{"right"}},
}

// speaker says which argument of a call is the key and which fills it in, and how many it takes, or
// takes at least; adds is filled in anyway. One that says either of two keys has the second in or.
type speaker struct {
	key, or, args, takes int
	more                 bool
	adds                 []string
}

// keys are the arguments of a call that are keys.
func (s speaker) keys(call *ast.CallExpr) []ast.Expr {
	if s.or == 0 {
		return []ast.Expr{call.Args[s.key]}
	}
	return []ast.Expr{call.Args[s.key], call.Args[s.or]}
}

func (s speaker) isCalledBy(call *ast.CallExpr) bool {
	return len(call.Args) == s.takes || s.more && len(call.Args) > s.takes
}

// built are the keys that are put together while the program runs. Each says what stands in place of
// "*", or of a name, if it matters what holds the value, and why it is one of these and nothing else.
var built = []struct {
	key  string
	fill func(t *testing.T) []string
	why  string
}{
	{"refuse.*", join(constantsOf("Code"), constantsOf("Problem")), "a refusal is worded by its code"},
	{"rule.*", constantsOf("RuleID"), "the name of a rule, on buttons and in sentences"},
	{"rule.*.why", constantsOf("RuleID"), "the rule in words, for the author and in /rules"},
	{"rule.*.breaks.1", constantsOf("RuleID"), "what breaks the rule, below 📖 and in the quiz"},
	{"rule.*.breaks.2", constantsOf("RuleID"), "what breaks the rule, below 📖 and in the quiz"},
	{"rule.*.fine.1", constantsOf("RuleID"), "what does not, though one might think so"},
	{"rule.*.fine.2", constantsOf("RuleID"), "what does not, though one might think so"},
	{"rule.*.words", constantsOf("RuleID"), "what else people call the rule, with commas between"},
	{"entry.rule_*", constantsOf("AmendKind"), "what an administrator changed about the rule book"},
	{"step.*", but("Penalty", "not_put"), "a step of the ladder, by what it does"},
	{"notice.*", but("Penalty", "not_put"), "a penalty that is in force, to the one whom it is about"},
	{"notice.*_for", only("Penalty", "ban"), "a ban with an end"},
	{"step.*_for", only("Penalty", "ban"), "a ban with an end; a mute always has one, a warning and a kick never"},
	{"tier.*", constantsOf("Tier"), "a tier of standing, by its name"},
	{"tier.*.means", constantsOf("Tier"), "what a tier means for the one who has it"},
	{"turn.*", constantsOf("Cause"), "why a standing changed"},
	{"deed.*", constantsOf("Penalty"), "the steps of the ladder in the digest"},
	{"card.*", but("Verdict", "open", "withdrawn"), "an open case's card asks, a withdrawn one's is taken away"},
	{"card.*_few", only("Verdict", "upheld", "dismissed"), "what votes decide"},
	{"card.*_admin", only("Verdict", "upheld", "dismissed"), "what an administrator can decide"},
	{"case.<Verdict>", only("Verdict", "upheld", "dismissed"), "what can be decided; open and expired are worded apart, a withdrawn one is not shown"},
	{"case.<Reversed>", constantsOf("Reversal"), "what became of the verdict"},
	{"news.<Reversal>", constantsOf("Reversal"), "why a penalty ended, for the author"},
	{"news.<Reversal>_not_put", constantsOf("Reversal"), "that a penalty which was never in force does not count, for the author"},
	{"news.<Reversal>_remove", constantsOf("Reversal"), "that a verdict which had brought no penalty does not count, for the author"},
	{"mycases.state.<Verdict>", but("Verdict"), "how a case stands, for those it concerns"},
	{"mycases.state.<Reversed>", constantsOf("Reversal"), "what became of its verdict"},
	{"forget.stays.*", constantsOf("Retained"), "why something of somebody must be kept"},
	{"news.appeal_*", only("AppealState", "stands", "lapsed"), "how an appeal ended, for the author; of one that is granted they read more"},
	{"case.appeal_*", but("AppealState", ""), "how an appeal stands"},
	{"entry.*", only("Topic", "decided", "confirmed", "dropped", "hand", "overturned", "pardoned", "harsher", "corrected", "appealed", "appeal_asks", "appeal_stands", "appeal_lapsed", "jury"), "what became of a case"},
	{"news.freed_*", only("Penalty", "mute", "ban"), "what lasts and can be ended by hand"},
	{"hand.done_*", but("Penalty", "remove", "not_put"), "a penalty that an administrator gave, by what it does"},
	{"hand.freed_*", only("Penalty", "mute", "ban"), "what lasts and can be ended by hand"},
	{"entry.freed_*", only("Penalty", "mute", "ban"), "what lasts and can be ended by hand"},
	{"outcome.*", but("Verdict", "open", "withdrawn"), "what a reporter is told; who withdraws is told nothing more"},
	{"decide.*", only("Verdict", "upheld", "dismissed"), "what an administrator can decide"},
	{"vote.*", constantsOf("Side"), "the toast after a vote"},
	{"admins.*", only("Topic", "target_admin", "too_old", "failed", "basic_mute", "log_lost", "log_public", "log_foreign"), "the news of moderation.Trouble; all other news is worded by itself"},
	{"case.put_*", only("Progress", "admin", "failed", "late", "by_hand"), "why a penalty was never put"},
	{"right.*", constantsOf("Right"), "a right of the bot's, by its name"},
	{"setting.*.name", join(shownSettings, changed("moderation")), "a setting in the menu, and as it is logged"},
	{"setting.*.about", shownSettings, "what a setting means"},
	{"setting.*.allowed", shownSettings, "what a setting may be"},
	{"value.*", wordedValues, "the values that the table of settings has words for"},
	{"command.*", menuNames, "the menu"},
	{"help.words.*", helpNames, "what a command is called by who looks for it, with commas between"},
	{"help.topic.*", topicNames, "what a command does, for who asks"},
	{"settings.preset.*.name", presetNames, "a preset of the settings"},
	{"settings.preset.*.about", presetNames, "what a preset means"},
	{"duration.*", listed("internal/locale", "units"), "a length of time in its unit"},
	{"month.*", months, "a month, by its number"},
}

func TestEveryTextIsSaidAndEverythingSaidIsAText(t *testing.T) {
	t.Parallel()
	texts, said := englishTexts(t), map[string]bool{}
	fills, met := map[string][]string{}, map[string]bool{}
	for _, b := range built {
		fills[b.key] = b.fill(t)
	}
	for _, dir := range []string{"handlers", "internal/locale", "internal/settings"} {
		src := source{rules: constants(t, "moderation"), own: constants(t, dir)}
		maps.Copy(src.rules, constants(t, "internal/settings"))
		src.fset, src.files = tree(t, dir)
		uses, errs := keysIn(src)
		for _, err := range errs {
			t.Error(err)
		}
		for _, u := range uses {
			entry := u.key
			if fills[entry] == nil {
				entry = unknown.ReplaceAllString(u.key, "*")
			}
			if unknown.MatchString(u.key) && fills[entry] == nil {
				t.Errorf("%s builds a key %q: add it to the table, with what can stand in it and why", u.at, u.key)
				continue
			}
			met[entry] = true
			for _, key := range expand(u.key, fills[entry]) {
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
	if !unknown.MatchString(key) {
		return []string{key}
	}
	for _, f := range fills {
		keys = append(keys, unknown.ReplaceAllString(key, f))
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
		if strings.HasPrefix(key, "_") {
			continue // for translators
		}
		texts[key] = fmt.Sprint(v) // forms are printed one after the other; placeholders stay what they are
	}
	return texts
}

// What the texts tell people to type must be there.
func TestTextsNameOnlyCommandsThatExist(t *testing.T) {
	t.Parallel()
	commands := commandNames(t)
	for key, text := range englishTexts(t) {
		text = regexp.MustCompile(`https://\S+`).ReplaceAllString(text, "")
		for _, m := range regexp.MustCompile(`/([a-z]+)`).FindAllStringSubmatch(text, -1) {
			if !slices.Contains(commands, m[1]) {
				t.Errorf("%s names /%s, which is no command", key, m[1])
			}
		}
	}
}
