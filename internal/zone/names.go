// Package zone finds the time zone that a person means by what they type.
//
// Zones have the names of the IANA database, such as "Asia/Shanghai". The list of
// names is part of the program. The zones themselves are loaded by
// [time.LoadLocation], which knows them wherever time/tzdata is in the program.
package zone

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

//go:embed names.txt
var names string

//go:embed cities.txt
var cities string

// directory says which zone is meant by what was typed, folded.
type directory struct {
	whole  map[string]string // "asia/shanghai"
	called map[string]string // "shanghai", "beijing"; never the fixed zones, whose signs are not as people think
	spoken []entry           // both, for guessing, in the order of the lists
}

type entry struct{ key, name string }

// open reads the lists when they are first asked for.
var open = sync.OnceValue(func() *directory {
	d := &directory{whole: map[string]string{}, called: map[string]string{}}
	// A city comes before the end of a name: Petersburg is in Russia, though there is one in Indiana.
	for line := range lines(cities) {
		name, list, _ := strings.Cut(line, ": ")
		for city := range strings.SplitSeq(list, ", ") {
			d.call(fold(city), name)
		}
	}
	usual, legacy := sections()
	for name := range lines(legacy) {
		d.whole[fold(name)] = name
		if strings.Contains(name, "/") && !fixed(name) {
			d.spoken = append(d.spoken, entry{fold(name), name})
		}
	}
	for name := range lines(usual) {
		d.whole[fold(name)] = name
		if fixed(name) {
			continue
		}
		d.spoken = append(d.spoken, entry{fold(name), name})
		for _, tail, more := strings.Cut(name, "/"); more; _, tail, more = strings.Cut(tail, "/") {
			d.call(fold(tail), name)
		}
	}
	return d
})

// sections are the names that are made of an area and a place, and the others.
func sections() (usual, legacy string) {
	at := strings.LastIndex(names, "\n\n")
	return names[:at], names[at:]
}

// call notes what a zone is called, unless another is called so already.
func (d *directory) call(key, name string) {
	if _, taken := d.called[key]; !taken {
		d.called[key] = name
		d.spoken = append(d.spoken, entry{key, name})
	}
}

// fixed reports whether a zone is at a fixed distance from UTC.
func fixed(name string) bool {
	return name == "UTC" || strings.HasPrefix(name, "Etc/")
}

// lines are those that are neither empty nor comments.
func lines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}
