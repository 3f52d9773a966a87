package version

import (
	"runtime/debug"
	"testing"
)

func TestMerge(t *testing.T) {
	seen := &debug.BuildInfo{
		GoVersion: "go1.26.8",
		Main:      debug.Module{Version: "v0.9.0"},
		Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef"},
			{Key: "vcs.modified", Value: "true"},
		},
	}
	plain := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "(devel)"}}
	for _, test := range []struct {
		name, version, commit string
		build                 *debug.BuildInfo
		want                  string
	}{
		{"linker wins", "v1.0.0", "fedcba9876543210", seen, "ostrakon v1.0.0 (fedcba987654, go1.26.8)"},
		{"go tool", "", "", seen, "ostrakon v0.9.0 (0123456789ab+, go1.26.8)"},
		{"nothing known", "", "", plain, "ostrakon devel (go1.26.8)"},
		{"short commit", "v1.0.0", "abc", plain, "ostrakon v1.0.0 (abc, go1.26.8)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := merge(test.version, test.commit, test.build).String(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestGet(t *testing.T) {
	if i := Get(); i.Version == "" || i.Go == "" {
		t.Errorf("got %+v", i)
	}
}
