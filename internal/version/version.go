// Package version says which release this is: from the linker's flags, or else
// from what Go noted at the build.
package version

import (
	"cmp"
	"fmt"
	"runtime/debug"
)

// Given by the linker, see LDFLAGS in the Makefile:
//
//	-X github.com/ostrakon-bot/ostrakon/internal/version.version=v1.2.3
var version, commit string

// Info is what there is to know.
type Info struct {
	Version string // "v1.2.3", or "devel" when nobody numbered it
	Commit  string // twelve digits, "+" behind them if files were changed; may be empty
	Go      string // the toolchain, "go1.26.8"
}

// Get prefers what the linker was told over what the Go tool recorded.
func Get() Info {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		build = &debug.BuildInfo{}
	}
	return merge(version, commit, build)
}

func merge(version, commit string, build *debug.BuildInfo) Info {
	module := build.Main.Version
	if module == "(devel)" {
		module = ""
	}
	return Info{
		Version: cmp.Or(version, module, "devel"),
		Commit:  cmp.Or(short(commit), vcs(build)),
		Go:      build.GoVersion,
	}
}

// vcs is the commit the Go tool saw.
func vcs(build *debug.BuildInfo) string {
	var revision, changed string
	for _, s := range build.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = short(s.Value)
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	if revision == "" {
		return ""
	}
	return revision + changed
}

func short(commit string) string {
	return commit[:min(len(commit), 12)]
}

// String is one line: "ostrakon v1.2.3 (0123456789ab, go1.26.8)".
func (i Info) String() string {
	if i.Commit == "" {
		return fmt.Sprintf("ostrakon %s (%s)", i.Version, i.Go)
	}
	return fmt.Sprintf("ostrakon %s (%s, %s)", i.Version, i.Commit, i.Go)
}
