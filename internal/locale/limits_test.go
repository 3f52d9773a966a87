package locale_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// signs are what buttons begin with, in every language, so that they are told apart.
var signs = map[string]string{
	"button.breaks": "🚩 ", "button.uphold": "🚩 ", "button.stands": "🚩 ", "button.confirm": "🚩 ",
	"button.fine": "👌 ", "button.dismiss": "👌 ", "button.overturn": "👌 ", "button.drop": "👌 ",
	"button.forget": "🗑 ", "button.receipt": "🧾 ", "button.appeal": "⚖️ ", "button.skip": "⚖️ ", "button.mistake": "⚖️ ",
	"button.undo": "↩️ ", "button.wipe": "🧹 ", "button.evidence": "🔍 ", "button.case": "🔍 ", "button.harsher": "⚡ ", "button.purge": "🗑 ", "button.quiz": "🎓 ",
	"button.back": "← ", "button.groups": "← ",
	"button.up": "⬆️ ", "button.down": "⬇️ ", "button.remove": "🗑 ", "button.rule": "📖 ", "button.rules": "📖 ",
	"button.add":     "➕ ",
	"button.decline": "🎲 ", "button.willing": "🎲 ",
	"button.more":  "", // it leads to a page, and stands beside one with a sign
	"button.about": "", // it leads to the private chat and stands alone
}

// widths are how many characters the label of a button may have, by what its key matches; the first
// that matches counts.
var widths = []struct {
	keys    *regexp.Regexp
	longest int
	why     string
}{
	{regexp.MustCompile(`^button\.about$`), 20, "it has no sign"},
	{regexp.MustCompile(`^button\.`), 24, "two stand in a row on a phone, with their signs"},
	{regexp.MustCompile(`^settings\.preset\.[a-z]+\.name$`), 9, "three stand in a row on a phone, one of them with a tick"},
	{regexp.MustCompile(`^rule\.[a-z]+$`), 24, "two stand in a row on a phone"},
	{regexp.MustCompile(`^setting\.[a-z]+\.name$`), 20, "two stand in a row on a phone"},
	{regexp.MustCompile(`^value\.0\.`), 10, "four stand in a row on a phone"},
	{regexp.MustCompile(`^value\.`), 20, "two stand in a row on a phone, one of them with a tick"},
	{regexp.MustCompile(`^language$`), 20, "two stand in a row on a phone, one of them with a tick"},
}

func TestButtons(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _, key, text string) {
		sign, ok := signs[key]
		if strings.HasPrefix(key, "button.") && !ok {
			t.Errorf("nobody says which sign %s begins with", key)
		}
		if !strings.HasPrefix(text, sign) {
			t.Errorf("%s is %q, but begins with %q everywhere", key, text, sign)
		}
		for _, w := range widths {
			if !w.keys.MatchString(key) {
				continue
			}
			if n := utf8.RuneCountInString(text); n > w.longest {
				t.Errorf("%s is %q: %d characters, at most %d: %s", key, text, n, w.longest, w.why)
			}
			return
		}
	})
}

// limits are how long texts may be, by what their keys match; the first that matches counts.
var limits = []struct {
	keys    *regexp.Regexp
	longest int
	why     string
}{
	{toasts, 200, "a toast, which Telegram cuts"},
	{regexp.MustCompile(`^about\.description`), 512, "Telegram refuses longer descriptions of bots"},
	{regexp.MustCompile(`^about\.short$`), 120, "likewise in profiles"},
	{regexp.MustCompile(`^settings\.preset\.[a-z]+\.about$`), 85, "three stand on the first page of the settings, two lines each on a phone"},
	{regexp.MustCompile(`^command\.`), 256, "Telegram refuses longer descriptions, and all of the menu with them"},
	{regexp.MustCompile(`^setting\.[a-z]+\.about$`), 100, "it stands under the name of the setting"},
	{sentences, 300, "one sentence says what is allowed"},
	{regexp.MustCompile(`^setting\.near$`), 300, "it stands where that sentence would"},
	{regexp.MustCompile(`^(card|outcome|decide|me|hand|news)\.`), 300, "it is read in passing"},
	{regexp.MustCompile(``), 1200, "it fits on one screen of a phone"},
}

var (
	toasts    = regexp.MustCompile(`^(refuse\..*|vote\..*|try_again|report\.undone|report\.chosen|picker\.gone(_[a-z]+)?|settings\.saved|evidence\.sent)$`)
	sentences = regexp.MustCompile(`^([a-z]+\.wrong|hand\.wrong_time|book\.wrong_[a-z]+)$`)
)

func TestLengths(t *testing.T) {
	t.Parallel()
	fill := map[string]func(key, text string) string{}
	for lang, s := range sheets(t) {
		fill[lang] = filler(s)
	}
	each(t, func(t *testing.T, lang, key, text string) {
		full := fill[lang](key, text)
		if left := placeholder.FindString(full); left != "" {
			t.Errorf("%s: nobody knows how long %s can be", key, left)
		}
		for _, l := range limits {
			if !l.keys.MatchString(key) {
				continue
			}
			if n := width(full); n > l.longest {
				t.Errorf("%s has %d characters, at most %d: %s\n%s", key, n, l.longest, l.why, full)
			}
			return
		}
	})
}

// width is how long Telegram finds a text.
func width(text string) int { return len(utf16.Encode([]rune(text))) }

// longestOf says where to look for the longest that can really stand in a placeholder.
var longestOf = map[string]*regexp.Regexp{
	"{allowed}":  regexp.MustCompile(`^setting\..*\.allowed$`),
	"{about}":    regexp.MustCompile(`^setting\..*\.about$`),
	"{duration}": regexp.MustCompile(`^duration\.`),
	"{first}":    regexp.MustCompile(`^right\.`),
	"{how}":      regexp.MustCompile(`^how\.`),
	"{way}":      regexp.MustCompile(`^way\.`),
	"{unseen}":   regexp.MustCompile(`^unseen\.`),
	"{seen}":     regexp.MustCompile(`^visible\.briefly$`),
	"{for}":      regexp.MustCompile(`^duration\.`),
	"{rule}":     regexp.MustCompile(`^rule\.[a-z]+$`),
	"{second}":   regexp.MustCompile(`^right\.`),
	"{state}":    regexp.MustCompile(`^mycases\.state\.`),
	"{tier}":     regexp.MustCompile(`^tier\.`),
	"{verdict}":  regexp.MustCompile(`^case\.(dismissed|expired|hand|open|upheld|swept)$`),
	"{votes}":    regexp.MustCompile(`^(card\.votes|votes\..*|case\.by_(admin|jury))$`),
	"{why}":      regexp.MustCompile(`^rule\..*\.why$`),
}

// own is how long a group's own words can be, where the locale's may stand.
var own = map[string]int{"{rule}": 24, "{why}": 300}

// What people choose themselves, and how long it is when it is shown.
var (
	someone = strings.Repeat("ж", 60)
	ladder  = strings.Repeat("mute 365d, ", 19) + "ban 365d"
)

// filler returns what puts the longest that can really stand there in the placeholders of texts.
func filler(s sheet) func(key, text string) string {
	number := longer("200000", anyForm(s["digest.few"]))
	pairs := []string{
		"{back}", anyForm(s["right.admin"]) + ", " + anyForm(s["right.delete"]) + ", " + anyForm(s["right.restrict"]),
		"{bot}", "@" + strings.Repeat("b", 32),
		"{bots}", strings.Repeat("@"+strings.Repeat("b", 32)+", ", 10),
		"{by}", longer(someone, longest(s, regexp.MustCompile(`^entry\.anonymous`))),
		"{case}", "7KQ27KQ2",
		"{other}", "7KQ27KQ2",
		"{changes}", strings.Repeat("ж", 500),
		"{code}", "ABCDEFGHIJ",
		"{command}", "/reportlimit",
		"{cost}", "40",
		"{count}", "200000",
		"{example}", strings.Repeat("ж", 200),
		"{right}", longest(s, regexp.MustCompile(`^right\.`)),
		"{settings}", strings.Repeat("/reportlimit ", 16), // of all settings
		"{severity}", "3",
		"{step}", penalty(s),
		"{date}", moment(s),
		"{day}", "30", "{month}", longest(s, regexp.MustCompile(`^month\.`)), "{year}", "2026", "{time}", "23:59",
		"{from}", ladder,
		"{group}", strings.Repeat("ж", 128),
		"{link}", "https://t.me/" + strings.Repeat("u", 32),
		"{list}", penalties(s, number),
		"{modes}", strings.Repeat("has_topics_enabled, ", 10), // the modes that bot.Modes names
		"{missing}", anyForm(s["right.admin"]) + ", " + anyForm(s["right.delete"]) + ", " + anyForm(s["right.restrict"]),
		"{name}", someone + " (@" + strings.Repeat("u", 32) + ")",
		"{near}", strings.Repeat("America/Argentina/ComodRivadavia, ", 5),
		"{names}", strings.Repeat(someone+", ", 5),
		"{needed}", "20",
		"{number}", number,
		"{period}", longestPeriod(s),
		"{points}", "−100",
		"{score}", "100",
		"{text}", strings.Repeat("ж", 300), // with its case; shown as evidence it may fill the screen
		"{title}", strings.Repeat("ж", 128),
		"{to}", ladder,
		"{until}", moment(s),
	}
	for name, keys := range longestOf {
		pairs = append(pairs, name, longer(strings.Repeat("ж", own[name]), longest(s, keys)))
	}
	once := strings.NewReplacer(pairs...)
	return func(key, text string) string {
		value := ladder
		if toasts.MatchString(key) {
			value = strings.Repeat("v", 64) // it comes from a button, which can hold no more
		}
		// What follows holds a step, that a duration, and that a number.
		for range 4 {
			text = strings.ReplaceAll(once.Replace(text), "{value}", value)
		}
		return text
	}
}

// penalty is the longest step of the ladder, with what may be said behind it.
func penalty(s sheet) string {
	step := longest(s, regexp.MustCompile(`^step\.(ban|ban_for|kick|mute|remove|warn)$`))
	return strings.ReplaceAll(longest(s, regexp.MustCompile(`^step\.(never|waits)$`)), "{step}", step)
}

// moment is the longest time that can be told, and longestDay the longest day.
func moment(s sheet) string {
	return strings.NewReplacer("{date}", longestDay(s), "{time}", "23:59").Replace(longest(s, regexp.MustCompile(`^time\.(at|stamp|today|tomorrow)$`)))
}

func longestPeriod(s sheet) string {
	return strings.NewReplacer("{from}", longestDay(s), "{to}", longestDay(s)).Replace(anyForm(s["digest.period"]))
}

func longestDay(s sheet) string {
	month := longest(s, regexp.MustCompile(`^month\.`))
	return strings.NewReplacer("{day}", "30", "{month}", month, "{year}", "2026").Replace(anyForm(s["time.day_year"]))
}

func longest(s sheet, keys *regexp.Regexp) string {
	var found string
	for key, forms := range s {
		for _, text := range forms {
			if keys.MatchString(key) {
				found = longer(found, text)
			}
		}
	}
	return found
}

func longer(a, b string) string {
	if width(b) > width(a) {
		return b
	}
	return a
}

// A digest is the caption of its picture, of which Telegram takes 1,024 characters. It has all its
// figures, the group's name above them, as many rules as are told by name, and all penalties. The
// numbers are larger than any group's; if they were real, the checkpoint below would cost the last lines.
func TestDigestFitsUnderItsPicture(t *testing.T) {
	t.Parallel()
	const most, rulesShown = 1024, 5
	lists := []string{"digest.penalties", "digest.rules"}
	compared := []string{"digest.reports", "digest.upheld", "digest.dismissed", "digest.expired"}
	other := []string{ // stands in the picture alone, or is no line
		"digest.before", "digest.change", "digest.few", "digest.figure", "digest.median", "digest.now", "digest.others", "digest.outcomes",
		"digest.part", "digest.period", "digest.quiet",
	}
	for lang, s := range sheets(t) {
		fill := filler(s)
		line := func(key string, pairs ...string) string {
			return fill(key, strings.NewReplacer(pairs...).Replace(anyForm(s[key])))
		}
		number, change := longer("200000", anyForm(s["digest.few"])), " ▲200000"
		lines := []string{someone, "📊 " + longestPeriod(s), line("digest.median")}
		for _, key := range slices.Sorted(maps.Keys(s)) {
			if strings.HasPrefix(key, "digest.") && !slices.Contains(other, key) && !slices.Contains(lists, key) {
				shown := number
				if slices.Contains(compared, key) {
					shown = longer(number, "200000"+change)
				}
				lines = append(lines, line("digest.figure", "{name}", line(key), "{number}", shown)+" · ")
			}
		}
		rules := line("digest.part", "{name}", anyForm(s["digest.others"]), "{number}", "200000")
		for range rulesShown {
			rules += ", " + line("digest.part", "{name}", "1️⃣ {rule}", "{number}", "200000")
		}
		lines = append(lines,
			line("digest.figure", "{name}", line("digest.rules"), "{number}", rules),
			line("digest.figure", "{name}", line("digest.penalties"), "{number}", penalties(s, "200000")))
		caption := strings.Join(lines, "\n")
		if left := placeholder.FindString(caption); left != "" {
			t.Errorf("%s.json: nobody knows how long %s can be", lang, left)
		}
		if n := width(caption); n > most {
			t.Errorf("%s.json: the digest has %d characters, at most %d:\n%s", lang, n, most, caption)
		}
	}
}

// penalties are all kinds of them with their numbers, as the digest joins them.
func penalties(s sheet, number string) string {
	names := []string{anyForm(s["digest.others"])}
	for key := range s {
		if strings.HasPrefix(key, "deed.") {
			names = append(names, anyForm(s[key]))
		}
	}
	var all string
	for i, name := range names {
		one := strings.NewReplacer("{name}", name, "{number}", number).Replace(anyForm(s["digest.part"]))
		if i > 0 {
			one = strings.NewReplacer("{first}", all, "{second}", one).Replace(anyForm(s["list.two"]))
		}
		all = one
	}
	return all
}

// Who types a wrong value gets one sentence, whatever the setting: no line break, and an end only at
// the end.
func TestWrongValuesGetOneSentence(t *testing.T) {
	t.Parallel()
	sentence := regexp.MustCompile(`^[^.。।!?！？\n]+[.。।]$`)
	for lang, s := range sheets(t) {
		for _, key := range slices.Sorted(maps.Keys(s)) {
			if !sentences.MatchString(key) {
				continue
			}
			for allowed := range s {
				if !strings.HasSuffix(allowed, ".allowed") {
					continue
				}
				text := strings.ReplaceAll(anyForm(s[key]), "{allowed}", anyForm(s[allowed]))
				if !sentence.MatchString(text) {
					t.Errorf("%s.json: %s is not one sentence: %q", lang, key, text)
				}
			}
		}
	}
}

// What stands on a button, in a list or under the name of a setting has one line; and what is put into
// a sentence does not end it.
func TestPiecesAreOneLine(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`^((button|command|deed|digest|duration|refuse|right|rule|setting\.[a-z]+|step|value|vote|votes)\.|settings\.(line|saved)$)`)
	piece := regexp.MustCompile(`^(deed\.|digest\.(few|others)$|duration\.|language$|right\.|rule\.[a-z]+$|setting\.[a-z]+\.(allowed|name)$|step\.|value\.|votes\.)`)
	each(t, func(t *testing.T, _, key, text string) {
		if line.MatchString(key) && strings.Contains(text, "\n") {
			t.Errorf("%s has more than one line: %q", key, text)
		}
		if last, _ := utf8.DecodeLastRuneInString(text); piece.MatchString(key) && strings.ContainsRune(".。।!?！？,，:：;；", last) {
			t.Errorf("%s is put into a sentence and must not end it: %q", key, text)
		}
		if strings.HasSuffix(key, ".about") && strings.HasPrefix(key, "setting.") && !regexp.MustCompile(`[.。।]$`).MatchString(text) {
			t.Errorf("%s is a sentence and does not end: %q", key, text)
		}
	})
}
