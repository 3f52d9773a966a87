package locale_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, fallback, want, why string }{
		{"ru", "en", "ru", "we speak it"},
		{"zh-hans", "en", "zh", "what Telegram's Chinese packs say"},
		{"zh-Hant-TW", "en", "zh", "the nearest we have"},
		{"es-419", "ru", "es", "their language goes before the group's"},
		{"RU", "en", "ru", "capitals do not matter"},
		{"sv-SE", "es", "es", "we do not speak theirs, so the group's"},
		{"sv-SE", "sv-SE", "en", "we speak neither"},
		{"", "zh-hans", "zh", "they do not say, and the operator wrote the group's at length"},
		{"", "", "en", "nobody says anything"},
		{"r", "u", "en", "no half words"},
		{"-ru", "en", "en", "nonsense"},
	} {
		if got := locale.Match(c.code, c.fallback); got != c.want {
			t.Errorf("Match(%q, %q) = %q, want %q: %s", c.code, c.fallback, got, c.want, c.why)
		}
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	codes := locale.Languages()
	if codes[0] != locale.Default {
		t.Errorf("the first language is %q, want %q", codes[0], locale.Default)
	}
	if !slices.IsSorted(codes[1:]) {
		t.Errorf("the others are not in order: %v", codes[1:])
	}
	for _, want := range []string{"en", "zh", "ru", "es"} { // promised in the README
		if !slices.Contains(codes, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language, key string
		args          locale.Args
		want          string
	}{
		{"en", "card.votes", locale.Args{"count": 1}, "1 vote"},
		{"en", "card.votes", locale.Args{"count": 4}, "4 votes"},
		{"ru", "card.votes", locale.Args{"count": 21}, "21 голос"},
		{"ru", "card.votes", locale.Args{"count": 3}, "3 голоса"},
		{"ru", "card.votes", locale.Args{"count": 11}, "11 голосов"},
		{"es", "card.votes", locale.Args{"count": 1}, "1 voto"},
		{"zh", "card.votes", locale.Args{"count": 1}, "已有 1 票"},
		{"en", "card.upheld", locale.Args{"count": 3, "rule": "Spam", "case": "7KQ2"}, "Removed by 3 votes. Rule: Spam. 7KQ2"},
		{"en", "notice.in", locale.Args{"group": "{text}", "text": "No."}, "{text}: No."},
		{"en", "no.such.key", nil, "no.such.key"},
		{"tlh", "rule.spam", nil, "Spam"},
	} {
		if got := locale.In(c.language).Text(c.key, c.args); got != c.want {
			t.Errorf("%s: %s with %v is %q, want %q", c.language, c.key, c.args, got, c.want)
		}
	}
}

func TestHas(t *testing.T) {
	t.Parallel()
	p := locale.In("ru")
	if !p.Has("rule.spam") || p.Has("rule") {
		t.Error("a key is there when it is there as a whole")
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		language string
		d        time.Duration
		want     string
	}{
		{"en", time.Hour, "1 hour"},
		{"en", 90 * time.Minute, "90 minutes"},
		{"en", 7 * day, "7 days"},
		{"en", 14 * day, "2 weeks"},
		{"en", 1500 * time.Millisecond, "1 second"},
		{"ru", 2 * time.Minute, "2 минуты"},
		{"ru", 21 * day, "3 недели"},
		{"es", day, "1 día"},
		{"zh", 30 * time.Minute, "30 分钟"},
	} {
		if got := locale.In(c.language).Duration(c.d); got != c.want {
			t.Errorf("%s: %v is %q, want %q", c.language, c.d, got, c.want)
		}
	}
}
