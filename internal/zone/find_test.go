package zone_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/ostrakon-bot/ostrakon/internal/zone"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		// Names.
		"Europe/Berlin":                  "Europe/Berlin",
		"europe/berlin":                  "Europe/Berlin",
		" EUROPE / BERLIN ":              "Europe/Berlin",
		"america/new york":               "America/New_York",
		"America/New-York":               "America/New_York",
		"America/Port-au-Prince":         "America/Port-au-Prince",
		"america/port_au_prince":         "America/Port-au-Prince",
		"Asia/Calcutta":                  "Asia/Calcutta",
		"asia/saigon":                    "Asia/Saigon",
		"america/north dakota/new salem": "America/North_Dakota/New_Salem",
		"utc":                            "UTC",
		"Etc/UTC":                        "Etc/UTC",
		"etc/gmt-8":                      "Etc/GMT-8", // as it is written, for who knows what it means
		"Etc/GMT+8":                      "Etc/GMT+8",
		// Names that are older than areas and places.
		"US/Eastern":         "US/Eastern",
		"us/eastern":         "US/Eastern",
		" US / East-Indiana": "US/East-Indiana",
		"us/east indiana":    "US/East-Indiana",
		"est5edt":            "EST5EDT",
		"W-SU":               "W-SU",
		"nz-chat":            "NZ-CHAT",
		"gb eire":            "GB-Eire",
		"etc/gmt0":           "Etc/GMT0",
		"gmt-0":              "GMT-0",
		"zulu":               "Zulu",
		"Hong Kong":          "Asia/Hong_Kong",
		// Ends of names.
		"Shanghai":               "Asia/Shanghai",
		"new york":               "America/New_York",
		"calcutta":               "Asia/Calcutta",
		"bogota":                 "America/Bogota",
		"Bogotá":                 "America/Bogota",
		"São Paulo":              "America/Sao_Paulo",
		"ZÜRICH":                 "Europe/Zurich",
		"Zu\u0308rich":           "Europe/Zurich",
		"İstanbul":               "Europe/Istanbul", // Asia/Istanbul is the same
		"nicosia":                "Asia/Nicosia",
		"buenos aires":           "America/Argentina/Buenos_Aires",
		"argentina/buenos aires": "America/Argentina/Buenos_Aires",
		"St. John's":             "America/St_Johns",
		"N’Djamena":              "Africa/Ndjamena",
		"los angeles":            "America/Los_Angeles",
		"ｓｈａｎｇｈａｉ":               "Asia/Shanghai",
		// Cities.
		"Beijing":            "Asia/Shanghai",
		"peking":             "Asia/Shanghai",
		"Guangzhou":          "Asia/Shanghai",
		"北京":                 "Asia/Shanghai",
		"上海":                 "Asia/Shanghai",
		"東京":                 "Asia/Tokyo",
		"서울":                 "Asia/Seoul",
		"Bombay":             "Asia/Kolkata",
		"new delhi":          "Asia/Kolkata",
		"दिल्ली":             "Asia/Kolkata",
		"San Francisco":      "America/Los_Angeles",
		"Washington, D.C.":   "America/New_York",
		"Rio de Janeiro":     "America/Sao_Paulo",
		"Mexico":             "America/Mexico_City",
		"México":             "America/Mexico_City",
		"Barcelona":          "Europe/Madrid",
		"St. Petersburg":     "Europe/Moscow",
		"petersburg":         "Europe/Moscow", // not the one in Indiana
		"indiana/petersburg": "America/Indiana/Petersburg",
		"МОСКВА":             "Europe/Moscow",
		"Киев":               "Europe/Kyiv",
		"Київ":               "Europe/Kyiv",
		"Мадрид":             "Europe/Madrid",
		"Кишинев":            "Europe/Chisinau",
		"αθηνα":              "Europe/Athens",
		"القاهرة":            "Africa/Cairo",
		// Distances.
		"GMT":       "GMT",
		"UTC+0":     "UTC",
		"-00:00":    "UTC",
		"UTC+8":     "Etc/GMT-8",
		"utc + 8":   "Etc/GMT-8",
		"GMT+08:00": "Etc/GMT-8",
		"GMT+8":     "Etc/GMT-8", // the end of a name too, of the wrong one
		"+8":        "Etc/GMT-8",
		"+0800":     "Etc/GMT-8",
		"ＵＴＣ＋８":     "Etc/GMT-8",
		"UTC-3":     "Etc/GMT+3",
		"UTC−3":     "Etc/GMT+3",
		"UTC–03:00": "Etc/GMT+3",
		"+14":       "Etc/GMT-14",
		"-12":       "Etc/GMT+12",
	} {
		if got, near := zone.Find(typed); got != want || near != nil {
			t.Errorf("%q: got %q and %q, want %q", typed, got, near, want)
		}
	}
}

func TestFindSuggests(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"Shangai":          "Asia/Shanghai",
		"Bejing":           "Asia/Shanghai",
		"Europe/Shanghai":  "Asia/Shanghai",
		"Europe/Berln":     "Europe/Berlin",
		"san fransisco":    "America/Los_Angeles",
		"Los Angelos":      "America/Los_Angeles",
		"Kolkatta":         "Asia/Kolkata",
		"Масква":           "Europe/Moscow",
		"Ciudad de Mejico": "America/Mexico_City",
		"US/Estern":        "US/Eastern",
		"Canada/Atlantik":  "Canada/Atlantic",
		"UTC+5:30":         "Asia/Kolkata",
		"+0545":            "Asia/Kathmandu",
	} {
		name, near := zone.Find(typed)
		if name != "" || len(near) == 0 || near[0] != want {
			t.Errorf("%q: got %q and %q, want %s to be suggested", typed, name, near, want)
		}
	}
}

func TestFindHasNoIdea(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"", " ", "/", "+", "-", "+15", "-13", "+99", "UTC+8:15", "utc+", "8", "+0.8", "xyzzy", "Local", "local", "..", "../etc/passwd", "Europe/../UTC", "/etc/localtime", "localtime", "42", "时区",
		strings.Repeat("shanghai", 1e6), strings.Repeat("ﷺ", 60),
	} {
		if name, near := zone.Find(typed); name != "" || len(near) > 0 {
			t.Errorf("%.50q: got %q and %q", typed, name, near)
		}
	}
}

func TestSuggestionsAreTheCallers(t *testing.T) {
	t.Parallel()
	_, near := zone.Find("+5:30")
	near[0] = "changed"
	if _, again := zone.Find("+5:30"); slices.Contains(again, "changed") {
		t.Error("what one caller changes, another sees")
	}
}

func FuzzFind(f *testing.F) {
	for _, typed := range []string{
		"Asia/Shanghai", "new york", "Shangai", "北京", "UTC+8", "GMT-03:30", "+14", "a/b/c/d", "St. John's", "\xff", "ﷺ", "Zu\u0308rich",
	} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		name, near := zone.Find(typed)
		if name != "" && near != nil || len(near) > 3 {
			t.Errorf("%q: got %q and %q", typed, name, near)
		}
		for _, n := range append(near, name) {
			if _, err := time.LoadLocation(n); err != nil {
				t.Errorf("%q: %v", typed, err)
			}
		}
		if again, _ := zone.Find(name); again != name {
			t.Errorf("%q: %q is found, and called %q itself", typed, name, again)
		}
	})
}
