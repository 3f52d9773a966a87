package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// nameKind says what a name in the file is.
type nameKind int

const (
	unknownName nameKind = iota
	sectionName
	keyName
)

func kindOf(name string) nameKind {
	switch {
	case slices.Contains(names, name):
		return keyName
	case slices.ContainsFunc(names, func(k string) bool { return strings.HasPrefix(k, name+".") }):
		return sectionName
	default:
		return unknownName
	}
}

// foreign are variables that begin like ours and are not: what Kubernetes and
// Docker set in every container beside a service named ostrakon-something, and
// what our own tests read.
var foreign = regexp.MustCompile(`^OSTRAKON_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_.+)?)?)$|^OSTRAKON_TEST_`)

// unknownEnv does the same for the environment.
func unknownEnv(environ []string) []error {
	known := Variables
	var meaning []string
	for _, k := range keys {
		meaning = append(meaning, strings.TrimPrefix(k.env(), envPrefix))
	}
	var problems []error
	for _, line := range environ {
		name, _, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, envPrefix) || slices.Contains(known, name) || foreign.MatchString(name) {
			continue
		}
		meant := nearest(strings.TrimPrefix(name, envPrefix), meaning, "_")
		problems = append(problems, fmt.Errorf("unknown environment variable %s; did you mean %s%s?", name, envPrefix, meant))
	}
	slices.SortFunc(problems, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return problems
}

// nearest is the known name that name is most likely a slip of. A left-out or
// wrong section costs as much as one wrong letter, so that "token" finds
// telegram.token.
func nearest(name string, known []string, sep string) string {
	return slices.MinFunc(known, func(a, b string) int {
		return slip(name, a, sep) - slip(name, b, sep)
	})
}

// slip is the smallest number of edits between the tails of two names, where
// each word left out before a tail counts as an edit too.
func slip(a, b, sep string) int {
	least := levenshtein.Distance(a, b, nil)
	for i, x := range tails(a, sep) {
		for j, y := range tails(b, sep) {
			least = min(least, i+j+levenshtein.Distance(x, y, nil))
		}
	}
	return least
}

// tails are "a.b.c", "b.c" and "c".
func tails(name, sep string) []string {
	list := []string{name}
	for {
		_, rest, ok := strings.Cut(name, sep)
		if !ok {
			return list
		}
		list = append(list, rest)
		name = rest
	}
}
