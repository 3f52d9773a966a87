package zone

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

func TestEveryNameIsThatOfAZone(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for name := range lines(names) {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
		if seen[fold(name)] {
			t.Errorf("%s stands in the list twice", name)
		}
		seen[fold(name)] = true
		if found, _ := Find(name); found != name {
			t.Errorf("%s is found as %q", name, found)
		}
	}
	if len(seen) < 500 {
		t.Errorf("only %d names", len(seen))
	}
}

// Every name that the program's own zones have is found, whichever of their letters are capitals and whatever people
// write for its underscores and hyphens.
func TestEveryZoneOfTheProgramIsFound(t *testing.T) {
	t.Parallel()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	all, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip")) // of which time/tzdata is made
	if err != nil {
		t.Fatal(err)
	}
	defer all.Close()
	for _, f := range all.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		for _, typed := range []string{f.Name, strings.ToLower(f.Name), strings.ToUpper(f.Name), " " + strings.ReplaceAll(f.Name, "_", " ") + " "} {
			if found, near := Find(typed); found != f.Name {
				t.Errorf("%q is found as %q, %q", typed, found, near)
			}
		}
	}
	if len(all.File) < 590 {
		t.Errorf("only %d names", len(all.File))
	}
}

func TestFixedZonesAreWhereTheyAreSought(t *testing.T) {
	t.Parallel()
	for hours := -12; hours <= 14; hours++ {
		typed := "UTC" + time.Time{}.In(time.FixedZone("", hours*3600)).Format("-07:00")
		name, _ := Find(typed)
		zone, err := time.LoadLocation(name)
		if err != nil || name == "" {
			t.Fatalf("%s: got %q, %v", typed, name, err)
		}
		if _, got := time.Unix(0, 0).In(zone).Zone(); got != hours*3600 {
			t.Errorf("%s: %s is %d hours from UTC", typed, name, got/3600)
		}
	}
}

func TestOddPlacesAreWhereTheyAreSought(t *testing.T) {
	t.Parallel()
	for distance, places := range odd {
		for _, name := range places {
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			for month := range time.Month(12) {
				at := time.Date(2026, month+1, 1, 0, 0, 0, 0, zone)
				if got := strings.Replace(at.Format("-07:00"), "0", "", 1); got != distance {
					t.Errorf("%s is at %s in %s, not %s", name, got, at.Format("January"), distance)
				}
			}
		}
	}
}

func TestCities(t *testing.T) {
	t.Parallel()
	var tails []string
	for name := range lines(names) {
		tails = append(tails, fold(name[strings.LastIndex(name, "/")+1:]))
	}
	seen := map[string]bool{}
	for line := range lines(cities) {
		name, list, ok := strings.Cut(line, ": ")
		if found, _ := Find(name); !ok || found != name {
			t.Errorf("%q is no name of a zone", name)
		}
		for city := range strings.SplitSeq(list, ", ") {
			key := fold(city)
			if seen[key] {
				t.Errorf("%s stands in the list twice", city)
			}
			seen[key] = true
			if slices.Contains(tails, key) && key != "petersburg" {
				t.Errorf("%s has a zone of its own", city)
			}
			if found, _ := Find(city); found != name {
				t.Errorf("%s is found in %s, not in %s", city, found, name)
			}
		}
	}
}

// The end of a name may be enough because no two zones in use end alike.
func TestNoTwoZonesInUseEndAlike(t *testing.T) {
	t.Parallel()
	inUse, _, _ := strings.Cut(names, "\n\n")
	seen := map[string]string{}
	for name := range lines(inUse) {
		tail := fold(name[strings.LastIndex(name, "/")+1:])
		if seen[tail] != "" {
			t.Errorf("%s ends like %s", name, seen[tail])
		}
		seen[tail] = name
	}
}
