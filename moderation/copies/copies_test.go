package copies_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/moderation/copies"
)

// said is a message whose links and mentions Telegram marked. What stands between < and > leads to what stands between [ and ].
func said(text string) copies.Message {
	var m copies.Message
	for text != "" {
		before, rest, found := strings.Cut(text, "<")
		m.Text += before
		if !found {
			break
		}
		words, after, _ := strings.Cut(rest, ">")
		e := copies.Entity{Type: typeOf(words), Offset: units(m.Text), Length: units(words)}
		if to, found := strings.CutPrefix(after, "["); found {
			e.Type = "text_link"
			e.URL, after, _ = strings.Cut(to, "]")
		}
		m.Entities = append(m.Entities, e)
		m.Text += words
		text = after
	}
	return m
}

func typeOf(words string) string {
	switch {
	case strings.HasPrefix(words, "@"):
		return "mention"
	case strings.Contains(words, "@"):
		return "email"
	default:
		return "url"
	}
}

func units(text string) int { return len(utf16.Encode([]rune(text))) }

func file(kind, unique string) copies.Message {
	return copies.Message{Files: []copies.File{{Kind: kind, Unique: unique}}}
}

// TestCopies lists what is a copy in spite of how it was disguised.
func TestCopies(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string][2]string{
		"case":                           {"BUY now <spam.example>", "buy NOW <spam.example>"},
		"case of Greek":                  {"Ο ΟΔΟΣ ΣΟΣ 123456", "ο οδος σος 123456"},
		"sharp s":                        {"Grüße <a.example>", "GRÜSSE <a.example>"},
		"wide letters":                   {"ＢＵＹ ｎｏｗ <spam.example>", "buy now <spam.example>"},
		"letters of mathematics":         {"𝐁𝐮𝐲 𝓃𝑜𝓌 <spam.example>", "buy now <spam.example>"},
		"letters in circles and squares": {"Ⓑⓤⓨ 🅽🅞🆆 <spam.example>", "buy now <spam.example>"},
		"small capitals":                 {"ʙᴜʏ ᴄʜᴇᴀᴘ ғᴏʟʟᴏᴡᴇʀs <spam.example>", "buy cheap followers <spam.example>"},
		"Cyrillic letters":               {"Еаrn mоnеу <spam.example>", "Earn money <spam.example>"},
		"Cyrillic capitals":              {"ВОТ НОВАЯ ТЕМА <spam.example>", "вoт нoвая тeмa <spam.example>"},
		"Greek letters":                  {"ΕΑRΤΗ mοney <spam.example>", "earth money <spam.example>"},
		"I for l":                        {"TeIegram Premium <spam.example>", "Telegram premium <spam.example>"},
		"composed and taken apart":       {"cafe\u0301 <spam.example>", "caf\u00e9 <spam.example>"},
		"heaps of marks":                 {"b\u0336\u0347u\u0336y\u0353\u0310 now <spam.example>", "buy now <spam.example>"},
		"struck through":                 {"б\u0336у\u0336й\u0336 <spam.example>", "буи <spam.example>"},
		"no width":                       {"b\u200bu\u200dy\u2060 now\ufeff <spam.example>", "buy now <spam.example>"},
		"direction":                      {"\u202ebuy\u202c now <spam.example>", "buy now <spam.example>"},
		"soft hyphens and fillers":       {"b\u00adu\u115fy now <spam.example>", "buy now <spam.example>"},
		"forms of emoji":                 {"❤\ufe0f <spam.example>", "❤ <spam.example>"},
		"space":                          {"  buy\u00a0 now\n\n<spam.example> ", "buy now <spam.example>"},
		"digits of Arabic":               {"call ٠١٢٣٤٥٦٧", "call 01234567"},
		"keys as digits":                 {"call 1\ufe0f\u20e32\ufe0f\u20e33456", "call 123456"},
		"tracking":                       {"<https://a.example/x?utm_source=tg&id=1&fbclid=Ab>", "<https://a.example/x?id=1>"},
		"nothing but tracking":           {"<https://a.example/?gclid=1>", "<https://a.example>"},
		"order of parameters":            {"<a.example/?b=2&a=1>", "<a.example/?a=1&b=2>"},
		"case of a host":                 {"<https://A.Example/x>", "<https://a.example/x>"},
		"scheme, www and port":           {"<http://www.a.example:80/x/>", "<https://a.example/x>"},
		"escapes":                        {"<https://a.example/%61%2f>", "<https://a.example/a%2F>"},
		"letters in a path":              {"<https://a.example/ж>", "<https://a.example/%d0%b6>"},
		"Telegram's hosts":               {"<https://telegram.me/SpamChannel>", "<t.me/spamchannel>"},
		"a name as a host":               {"<spam_channel.t.me>", "<t.me/spam_channel>"},
		"who shared a video":             {"<https://youtu.be/AbC?si=1>", "<https://youtu.be/AbC>"},
		"hidden link":                    {"<hеre>[https://a.example/x?utm_id=1]", "<Here>[https://a.example/x]"},
		"mention":                        {"Ask <@SpamBot> now", "ask <@spambot> NOW"},
		"email":                          {"Write to <Me@a.example>", "write to <me@A.example>"},
		"link in code":                   {"go to https://a.example/x?utm_id=1", "go to https://a.example/x"},
		"mention in code":                {"Ask @SpamBot", "ask @spambot"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := copies.Of(said(pair[0])), copies.Of(said(pair[1]))
			if len(a) != 1 || !slices.Equal(a, b) {
				t.Errorf("want one mark that is the same, got\n%q\n%q", a, b)
			}
		})
	}
}

// TestNoCopies lists what resembles another message and is none of its copies.
func TestNoCopies(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string][2]string{
		"a digit":                   {"call 1234567", "call 1234568"},
		"O for 0":                   {"call 1234560 now", "call 123456O now"},
		"a word":                    {"buy now <a.example>", "sell now <a.example>"},
		"a word more":               {"<a.example>", "no <a.example>"},
		"a letter with a mark":      {"мой <a.example>", "мои <a.example>"},
		"a vowel":                   {"कि <a.example>", "का <a.example>"},
		"a sign":                    {"you won! <a.example>", "you won? <a.example>"},
		"an emoji":                  {"👍 <a.example>", "👎 <a.example>"},
		"a space":                   {"now here <a.example>", "nowhere <a.example>"},
		"a path":                    {"<a.example/x>", "<a.example/y>"},
		"case of a path":            {"<youtu.be/AbC>", "<youtu.be/aBc>"},
		"case of an invitation":     {"<t.me/+AbC>", "<t.me/+aBc>"},
		"case of an old invitation": {"<t.me/joinchat/AbC>", "<t.me/joinchat/aBc>"},
		"a host":                    {"<a.example>", "<b.example>"},
		"a host that looks alike":   {"<paypal.example>", "<pаypal.example>"},
		"I in a host":               {"<paypal.example>", "<paypai.example>"},
		"I in a mention":            {"<@support>, <@paypal>", "<@support>, <@paypai>"},
		"a port":                    {"<a.example:81>", "<a.example>"},
		"a parameter":               {"<a.example/?id=1>", "<a.example/?id=2>"},
		"who is paid":               {"<a.example/?ref=1>", "<a.example/?ref=2>"},
		"start of a bot":            {"<t.me/a_bot?start=1>", "<t.me/a_bot?start=2>"},
		"an escaped slash":          {"<a.example/x%2Fy>", "<a.example/x/y>"},
		"a fragment":                {"<a.example/#/x>", "<a.example/#/y>"},
		"another scheme":            {"<ftp://a.example>", "<http://a.example>"},
		"a mention":                 {"<@spam_one>", "<@spam_two>"},
		"a hidden link":             {"<here>[a.example/x]", "<here>[a.example/y]"},
		"hidden or not":             {"here <a.example>", "<here>[a.example]"},
		"a link in code":            {"http://paypal.example", "http://paypaI.example/"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := copies.Of(said(pair[0])), copies.Of(said(pair[1]))
			if len(a) != 1 || len(b) != 1 || a[0] == b[0] {
				t.Errorf("want two marks that differ, got\n%q\n%q", a, b)
			}
		})
	}
}

// TestNoMark lists messages that people write alike without copying each other.
func TestNoMark(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "Good morning!", "Доброе утро", "ok", "👍👍👍", "12345", "see you at 12:30", "10 000", "1. 2. 3.", "a@b", "mail me @ home", "@abc",
		"on 2026-12-01", "01.12.2026", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10", "/report@ostr", "well: // no",
	} {
		if marks := copies.Of(said(text)); len(marks) > 0 {
			t.Errorf("%q has the marks %q", text, marks)
		}
	}
}

// TestNumbers lists how numbers are written that lead to somebody.
func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"123456", "call +7 912 345-67-89!", "+7 (912) 345-67-89", "4276 1234 5678 9012", "8\u00a0912\u00a0345\u00a067\u00a089",
		"٩١٢٣٤٥٦", "1\u200b2\u200b3\u200b4\u200b5\u200b6", "１２３４５６", "९८७६५४",
	} {
		if len(copies.Of(said(text))) != 1 {
			t.Errorf("%q has no mark", text)
		}
	}
}

// TestFiles: the same file is a copy whatever is written below it, but everybody sends the same stickers and GIFs.
func TestFiles(t *testing.T) {
	t.Parallel()
	with := file("photo", "A")
	with.Text = "look, here: https://a.example"
	if marks := copies.Of(with); len(marks) != 2 || marks[1] != copies.Of(file("photo", "A"))[0] {
		t.Errorf("a picture with a link has the marks %q", marks)
	}
	if a, b := copies.Of(file("photo", "A")), copies.Of(file("photo", "B")); len(a) != 1 || a[0] == b[0] {
		t.Errorf("two pictures have the marks %q and %q", a, b)
	}
	for _, m := range []copies.Message{file("sticker", "A"), file("animation", "A"), file("photo", "")} {
		if marks := copies.Of(m); len(marks) > 0 {
			t.Errorf("%+v has the marks %q", m.Files, marks)
		}
	}
}

// TestMentionsWithoutName: two people of the same name are two people.
func TestMentionsWithoutName(t *testing.T) {
	t.Parallel()
	mention := func(user int64) string {
		return copies.Of(copies.Message{Text: "ask Ann", Entities: []copies.Entity{{Type: "text_mention", Offset: 4, Length: 3, User: user}}})[0]
	}
	if ann, again, other := mention(1), mention(1), mention(2); ann != again || ann == other {
		t.Error("a mention is not compared by whom it means")
	}
}
