package copies_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/copies"
)

// letters are what the texts of the properties are made of. They are no look-alikes of each other.
const letters = "abcdefgyz ABCDXYZ äéñ жмйщ ΓΔΩ אבג عمر किता 你好 0123456789 !?-—👍🎉"

const link = "https://a.example/Path?id=1"

func anyText() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.RuneFrom([]rune(letters)), 1, 60, -1)
}

// disguises change how a text looks in no way, or hardly.
var disguises = map[string]func(t *rapid.T, text string) string{
	"upper case": func(_ *rapid.T, text string) string { return strings.ToUpper(text) },
	"lower case": func(_ *rapid.T, text string) string { return strings.ToLower(text) },
	"width":      func(_ *rapid.T, text string) string { return strings.Map(wide, text) },
	"look-alike letters": func(_ *rapid.T, text string) string {
		return strings.NewReplacer("a", "а", "c", "с", "e", "ℯ", "y", "у", "A", "Α", "B", "В", "X", "Х", "м", "ʍ").Replace(text)
	},
	"no width": func(t *rapid.T, text string) string {
		return scatter(t, text, "\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\ufe0f", "\u00ad", "\U000e0041")
	},
	"more space": func(_ *rapid.T, text string) string { return "\n" + strings.ReplaceAll(text, " ", " \u00a0\t") + " " },
	"heaped marks": func(_ *rapid.T, text string) string {
		return strings.NewReplacer("a", "a\u0336\u0347", "b", "b\u0489", "X", "X\u0300\u0353").Replace(text)
	},
}

func wide(r rune) rune {
	if '!' <= r && r <= '~' {
		return r - '!' + '！'
	}
	return r
}

// scatter puts characters between those of a text.
func scatter(t *rapid.T, text string, what ...string) string {
	var b strings.Builder
	for _, r := range text {
		if rapid.Bool().Draw(t, "here") {
			b.WriteString(rapid.SampledFrom(what).Draw(t, "what"))
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestDisguisesChangeNothing: a text that was disguised is a copy of itself, however often and in which order.
func TestDisguisesChangeNothing(t *testing.T) {
	t.Parallel()
	names := []string{"upper case", "lower case", "width", "look-alike letters", "no width", "more space", "heaped marks"}
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		disguised := text
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 2).Draw(t, "disguises") {
			disguised = disguises[name](t, disguised)
		}
		if copies.Fold(text) != copies.Fold(disguised) {
			t.Fatalf("%q and %q are told apart:\n%q\n%q", text, disguised, copies.Fold(text), copies.Fold(disguised))
		}
		if a, b := mark(t, text+"\n"+link), mark(t, disguised+"\n"+link); a != b {
			t.Fatalf("the marks are %q and %q", a, b)
		}
	})
}

func mark(t *rapid.T, text string) string {
	marks := copies.Of(copies.Message{Text: text})
	if len(marks) != 1 {
		t.Fatalf("%q has the marks %q", text, marks)
	}
	return marks[0]
}

// TestEachCharacterCounts: a text in which one character is another is no copy.
func TestEachCharacterCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := []rune(anyText().Draw(t, "text"))
		i := rapid.IntRange(0, len(all)-1).Draw(t, "at")
		other := rapid.RuneFrom([]rune(letters)).Draw(t, "other")
		if unicode.ToLower(other) == unicode.ToLower(all[i]) || other == ' ' || all[i] == ' ' || unicode.IsMark(other) || unicode.IsMark(all[i]) {
			t.Skip("the same character, or one that may be alone")
		}
		before := mark(t, "say "+string(all)+"\n"+link)
		all[i] = other
		if after := mark(t, "say "+string(all)+"\n"+link); before == after {
			t.Fatalf("with %q at %d the mark is still %q", other, i, after)
		}
	})
}

// TestDigitsCount: a number in which one digit is another is no copy.
func TestDigitsCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		digits := []byte(rapid.StringMatching(`[0-9]{6,16}`).Draw(t, "digits"))
		before := mark(t, "call "+string(digits))
		i := rapid.IntRange(0, len(digits)-1).Draw(t, "at")
		digits[i] = '0' + (digits[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "more")))%10
		if after := mark(t, "call "+string(digits)); before == after {
			t.Fatalf("%s has the mark of another number", digits)
		}
	})
}

// TestFoldedTextStays: what was folded is folded to itself.
func TestFoldedTextStays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { staysFolded(t, rapid.String().Draw(t, "text")) })
}

func staysFolded(t interface{ Fatalf(string, ...any) }, text string) {
	if once := copies.Fold(text); copies.Fold(once) != once {
		t.Fatalf("%q is folded to %q, and that to %q", text, once, copies.Fold(once))
	}
}

// FuzzOf: no message makes it fail, whatever Telegram says of its parts.
func FuzzOf(f *testing.F) {
	f.Add("buy here https://a.example/%zz?a&b=%", "url", 9, 30, "")
	f.Add("t\u0336\u0347 @name\u200b \xff 123456", "text_link", -1, 99, "tg://resolve?domain=x")
	f.Add("👩‍👩‍👧 İı ŉ ﷽ ½", "mention", 1, 3, "http://[::1]:80/..//")
	f.Fuzz(func(t *testing.T, text, kind string, offset, length int, url string) {
		m := copies.Message{Text: text, Entities: []copies.Entity{
			{Type: kind, Offset: offset, Length: length, URL: url}, {Type: "url", Offset: length, Length: offset},
		}}
		if a, b := copies.Of(m), copies.Of(m); len(a) != len(b) || len(a) == 1 && a[0] != b[0] {
			t.Fatalf("a message has the marks %q and %q", a, b)
		}
		staysFolded(t, text)
	})
}

// BenchmarkOf measures what a message costs. Most have neither an address nor a number.
func BenchmarkOf(b *testing.B) {
	for name, m := range map[string]copies.Message{
		"greeting":       {Text: "Good morning, how are you today?"},
		"Russian":        {Text: "Доброе утро! Кто сегодня идёт на встречу в семь вечера?"},
		"Hindi":          {Text: "सुप्रभात! आज शाम सात बजे मिलने कौन आ रहा है?"},
		"long":           {Text: strings.Repeat("How are you today, and what are you up to? ", 20)},
		"link":           said("Look at this: <https://a.example/path?id=1&utm_source=x>"),
		"link, Cyrillic": said("Посмотрите, что я нашёл: <https://a.example/path?id=1>"),
		"photo":          file("photo", "AQADAgATabcdEAAD"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				copies.Of(m)
			}
		})
	}
}
