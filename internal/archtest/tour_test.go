package archtest

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTourNamesEveryPackage compares doc.go with the packages there are: it names each of them, and no other. The simulated
// Telegram lists its own.
func TestTourNamesEveryPackage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, m := range regexp.MustCompile(`\[(`+regexp.QuoteMeta(ourModule)+`/[^]]+)\]`).FindAllStringSubmatch(string(text), -1) {
		named = append(named, m[1])
	}
	packages := imports(t).packages()
	for _, p := range packages {
		if p != ourModule && !strings.HasPrefix(p, ourModule+"/internal/tgsim/") && !slices.Contains(named, p) {
			t.Errorf("doc.go does not name the package %s", nickname(p))
		}
	}
	for _, n := range named {
		if !slices.Contains(packages, n) {
			t.Errorf("doc.go names %s, which is no package", strings.TrimPrefix(n, ourModule+"/"))
		}
	}
}
