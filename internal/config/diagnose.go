package config

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// symptom is a way in which people write YAML that is none.
type symptom struct {
	in  func(line string) bool
	say func(line string) string // what to do, without the value
}

// symptoms are looked for in their order, in each line from the top: the parser often stumbles lines later.
var symptoms = []symptom{
	{func(l string) bool { return tabbed.MatchString(l) },
		func(string) string { return "begins with a tab; replace each tab by two spaces" }},
	{func(l string) bool {
		return strings.ContainsFunc(indentOf(l), func(r rune) bool { return r != ' ' && r != '\t' })
	},
		func(string) string {
			return "begins with a space of another kind, as web pages have them; type ordinary spaces instead"
		}},
	{func(l string) bool {
		return strings.ContainsFunc(l, func(r rune) bool { return r != '\t' && unicode.IsControl(r) })
	},
		func(string) string { return "holds a character that cannot be seen; type the line anew" }},
	{func(l string) bool { return wide.MatchString(l) },
		func(string) string { return "has a colon of another keyboard; write : and a space" }},
	{func(l string) bool { _, ok := glued(strings.TrimSpace(l)); return ok },
		func(l string) string {
			key, _ := glued(strings.TrimSpace(l))
			return "lacks a space behind the colon; write it as " + key + ": and the value"
		}},
	{func(l string) bool { return special.MatchString(l) },
		func(l string) string {
			m := special.FindStringSubmatch(l)
			return fmt.Sprintf(`has a value that begins with %s, which means something else in YAML; put the value in quotes%s`, m[2], example(m[1]))
		}},
	{func(l string) bool { m := quoted.FindStringSubmatch(l); return m != nil && !closed(m[1], m[2]) },
		func(l string) string {
			return "opens a quote (" + quoted.FindStringSubmatch(l)[1] + ") and does not close it where the value ends; close it there"
		}},
	{func(l string) bool { return second.MatchString(l) },
		func(l string) string { return "has a second colon with a space behind; put the value in quotes" }},
}

var (
	tabbed  = regexp.MustCompile(`^ *\t\s*[^\s#]`)
	wide    = regexp.MustCompile(`^\s*[a-z_]+\s*[：﹕꞉]`)
	special = regexp.MustCompile("^\\s*([\\w.]+):\\s+([*&!%@`|>\\[\\]{},?-])")
	quoted  = regexp.MustCompile(`^\s*[\w.]+:\s+(["'])(.*)$`)
	second  = regexp.MustCompile(`^\s*[\w.]+:\s+[^"'\s#][^"'#]*:(\s|$)`)
	known   = regexp.MustCompile(`^([a-z_]+):\S`)
)

func indentOf(line string) string {
	return line[:len(line)-len(strings.TrimLeftFunc(line, unicode.IsSpace))]
}

// glued says whether a line is a key of ours with a value that follows its colon at once, and which.
func glued(line string) (string, bool) {
	m := known.FindStringSubmatch(line)
	if m == nil || !slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix("."+n, "."+m[1]) }) {
		return "", false
	}
	return m[1], true
}

// closed says whether what follows a quote closes it: another one, with at most a comment behind.
func closed(sign, rest string) bool {
	if sign == `'` {
		rest = strings.ReplaceAll(rest, `''`, "")
	} else {
		rest = strings.NewReplacer(`\\`, "", `\"`, "").Replace(rest)
	}
	_, behind, found := strings.Cut(rest, sign)
	behind = strings.TrimSpace(behind)
	return found && (behind == "" || strings.HasPrefix(behind, "#"))
}

// example shows a value in quotes for the keys whose values often need them.
func example(key string) string {
	if key == "digest" {
		return `, as in digest: "*/30 * * * *"`
	}
	return ""
}

var lineOf = regexp.MustCompile(`line (\d+)`)

// diagnose says what is wrong with a file that is no YAML, and where. The words of the parser are not passed on: some
// of them quote the file.
func diagnose(lines []string, parser error) error {
	for n, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, s := range symptoms {
			if s.in(line) {
				return fmt.Errorf("line %d %s", n+1, s.say(line))
			}
		}
	}
	at := 0
	if m := lineOf.FindStringSubmatch(parser.Error()); m != nil {
		at, _ = strconv.Atoi(m[1]) // its digits cannot fail
	}
	if at < 1 || at > len(lines) {
		return errors.New("it is no YAML; compare it with config.example.yaml")
	}
	return fmt.Errorf("line %d, or the one before it, is no YAML; keys of one section begin below each other, and a line is a key, a colon, a space and a value", at)
}
