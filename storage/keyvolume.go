package storage

import (
	"path/filepath"
	"regexp"
	"strings"
)

// nameless matches the folder of a volume to which nobody gave a name. Docker and Podman delete it with its container, or when they
// tidy up; containerd, which leaves out the last folder, with its pod.
var nameless = regexp.MustCompile(`/volumes/[0-9a-f]{64}(/_data)?$`)

// isNameless says whether a path is in such a volume, by what /proc/self/mountinfo says. See proc(5): the fourth word is the folder that is
// mounted, and the fifth is where.
func isNameless(mounts, path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	longest, is := -1, false
	for line := range strings.Lines(mounts) {
		words := strings.Fields(line)
		if len(words) < 5 {
			continue
		}
		at := words[4]
		if inside := at == "/" || path == at || strings.HasPrefix(path, at+"/"); inside && len(at) >= longest {
			longest, is = len(at), nameless.MatchString(words[3])
		}
	}
	return is
}
