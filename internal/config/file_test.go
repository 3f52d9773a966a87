package config_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/config"
)

// inUTF16 is a text as Windows Notepad may save it.
func inUTF16(text string, mark bool) string {
	var b strings.Builder
	if mark {
		b.WriteString("\xff\xfe")
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}

// What a tired operator writes is answered with one sentence that names the line and says what to do with it.
func TestSlipsInTheFile(t *testing.T) {
	const head = "log:\n  level: info\n"
	for _, test := range []struct{ name, text, want string }{
		{"a tab", "telegram:\n\ttoken: \"" + token + "\"\n", "config file config.yaml cannot be read: line 2 begins with a tab; replace each tab by two spaces"},
		{"a tab behind spaces", head + "telegram:\n  \ttoken: x\n", "config file config.yaml cannot be read: line 4 begins with a tab"},
		{"a comment in windows-1251", head + "# \xf2\xee\xea\xe5\xed\ntelegram:\n  token: x\n",
			"config file config.yaml cannot be read: line 3 is not in UTF-8 but in an older encoding; save the file as UTF-8"},
		{"a digest without quotes", head + "defaults:\n  digest: */30 * * * *\n",
			`config file config.yaml cannot be read: line 4 has a value that begins with *, which means something else in YAML; put the value in quotes, as in digest: "*/30 * * * *"`},
		{"an alias as a password", "storage:\n  dsn: *hunter22\n", "config file config.yaml cannot be read: line 2 has a value that begins with *"},
		{"a percent sign", "telegram:\n  token: %hunter22\n", "config file config.yaml cannot be read: line 2 has a value that begins with %"},
		{"an at sign", "telegram:\n  token: @hunter22\n", "config file config.yaml cannot be read: line 2 has a value that begins with @"},
		{"no space behind a colon", head + "telegram:\n  token:" + token + "\n  mode: polling\n",
			"config file config.yaml cannot be read: line 4 lacks a space behind the colon; write it as token: and the value"},
		{"no space behind the only colon", "telegram:\n  token:" + token + "\n", "line 2 of config.yaml lacks a space behind the colon; write it as token: and the value"},
		{"no space behind a colon in braces", "telegram: {token:" + token + "}\n", "line 1 of config.yaml lacks a space behind the colon; write it as token: and the value"},
		{"a colon of a Chinese keyboard", "log:\n  level： info\n  format: text\n", "config file config.yaml cannot be read: line 2 has a colon of another keyboard; write : and a space"},
		{"an open quote", "telegram:\n  token: \"" + token + "\n  mode: polling\n", `config file config.yaml cannot be read: line 2 opens a quote (") and does not close it`},
		{"a quote that closes too early", "storage:\n  dsn: 'sqlite:hunter's.db'\n", `config file config.yaml cannot be read: line 2 opens a quote (') and does not close it`},
		{"a second colon", "defaults:\n  digest: daily: 09:00\n", "config file config.yaml cannot be read: line 2 has a second colon with a space behind; put the value in quotes"},
		{"a space from a web page", "log:\n\u00a0\u00a0level: info\n  format: text\n", "config file config.yaml cannot be read: line 2 begins with a space of another kind"},
		{"an invisible character", "log:\n  level: in\x08fo\n", "config file config.yaml cannot be read: line 2 holds a character that cannot be seen"},
		{"other indentation", "log:\n  level: info\n    format: text\n", "config file config.yaml cannot be read: line "},
		{"a key twice", "log:\n  level: info\n  format: text\n  level: warn\n", "log.level stands twice in config.yaml, in lines 2 and 4; keep one of them"},
		{"a key twice, once in capitals", "log:\n  level: info\n  Level: warn\n", "log.level stands twice in config.yaml, in lines 2 and 3; keep one of them"},
		{"a section twice", "log:\n  level: info\nlog:\n  format: text\n", "section log stands twice in config.yaml, in lines 1 and 3; put its keys together under one"},
		{"two documents", "log:\n  level: info\n---\nlog:\n  level: warn\n", "config file config.yaml cannot be read: what follows a line of three dashes"},
		{"only the token", token + "\n", "config file config.yaml cannot be read: line 1 holds no key; a line is a key, a colon, a space and a value"},
		{"a list", "- log\n", "config file config.yaml cannot be read: line 1 holds no key"},
		{"UTF-16 without a mark", inUTF16(head, false), "config file config.yaml cannot be read: line 1 holds zero bytes, as a file in UTF-16 does; save it as UTF-8"},
		{"a number for a token", "telegram:\n  token: 123456789\n", "telegram.token is (hidden); allowed is a token like 123456789:AAF-xyz, as @BotFather gives it (line 2 of config.yaml)"},
		{"a token with a space", "telegram:\n  token: 123456789: hunter22\n", "config file config.yaml cannot be read: line 2 has a second colon"},
		{"a token with a space in quotes", "telegram:\n  token: '123456789: hunter22'\n", "telegram.token is (hidden); it holds a space or a line break; copy it in one piece"},
		{"a token over two lines", "telegram:\n  token: 123456789:\n    hunter22\n", "config file config.yaml cannot be read: line "},
		{"a token over two lines in quotes", "telegram:\n  token: \"123456789:\n    hunter22\"\n", `telegram.token is (hidden); it holds a space`},
		{"a token in other quotes", "telegram:\n  token: “" + token + "”\n", "telegram.token is (hidden); it holds quotes, which are no part of it; leave them out (line 2 of config.yaml)"},
		{"a group for a key", "defaults:\n  logchannel: -1001800000001\n", "line 2 of config.yaml begins with a key that is not known; config.example.yaml lists all keys"},
		{"a clock for a length of time", "defaults:\n  window: 2:00\n", `defaults.window is "2:00"; allowed is a whole number and one of s, m, h, d, w`},
		{"yes for on", "defaults:\n  quiz: yes\n", `defaults.quiz is "yes"; allowed is on or off (line 2 of config.yaml)`},
		{"a cron of four fields", "defaults:\n  digest: 0 9 * *\n", `defaults.digest is "0 9 * *"; allowed is off, daily 09:00, weekly mon 09:00, @monthly or five cron fields (line 2 of config.yaml)`},
		{"a token for its file", "telegram:\n  token_file: " + token + "\n", "telegram.token_file is (hidden); it cannot be read: no such file or directory"},
		{"a token in the address", "telegram:\n  api_url: https://api.telegram.org/bot" + token + "?x\n", "telegram.api_url is "},
		{"a password in the address", "telegram:\n  api_url: http://admin:hunter22@localhost:8081\n", "telegram.api_url is (hidden); allowed is an http or https URL without user"},
		{"half a token for the mode", "telegram:\n  mode: AAF-hunter22abcdefghijklmnopqrstuvw\n", "telegram.mode is (hidden); allowed is polling or webhook (line 2 of config.yaml)"},
		{"a token for the mode", "telegram:\n  mode: " + token + "\n", "telegram.mode is (hidden); allowed is polling or webhook (line 2 of config.yaml)"},
		{"keys for a value", "storage:\n  dsn: {hunter22: x}\n", "storage.dsn holds more than one value; write it as one, in quotes (line 2 of config.yaml)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			alone(t)
			_, err := load(t, test.text)
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			for _, secret := range []string{token, "AAF-xyz_0", "hunter", "1800000001"} {
				if strings.Contains(strings.ToLower(err.Error()), strings.ToLower(secret)) {
					t.Errorf("tells %q: %v", secret, err)
				}
			}
		})
	}
}

// What editors do to a file and people never see makes no difference.
func TestFilesFromOtherSystems(t *testing.T) {
	const text = "# ключ\ntelegram:\n  token: " + token + "\nlog:\n  level: warn\ndefaults:\n  quiz: off\n"
	for name, text := range map[string]string{
		"a byte order mark":     "\ufeff" + text,
		"CRLF":                  strings.ReplaceAll(text, "\n", "\r\n"),
		"CR":                    strings.ReplaceAll(text, "\n", "\r"),
		"UTF-16 with a mark":    inUTF16(text, true),
		"a tab behind a colon":  strings.ReplaceAll(text, ": ", ":\t"),
		"spaces behind a value": strings.ReplaceAll(text, "\n", "  \n"),
		"an end":                text + "...\n",
		"a beginning":           "---\n" + text,
	} {
		t.Run(name, func(t *testing.T) {
			alone(t)
			got, err := load(t, text)
			if err != nil || got.Telegram.Token != token || got.Log.Level != "warn" || got.Defaults["quiz"] != "off" {
				t.Errorf("got\n%v%v", got, err)
			}
		})
	}
}

func TestNoFileToRead(t *testing.T) {
	alone(t)
	if err := os.Mkdir("config.yaml", 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := config.Load("")
	if err == nil || !strings.HasPrefix(err.Error(), "config file config.yaml cannot be read: it is a directory; name the file in it") {
		t.Errorf("a directory: %v", err)
	}
	write(t, "empty.yaml", "")
	c, err := config.Load("empty.yaml")
	if err != nil || !reflect.DeepEqual(c, config.Default()) {
		t.Errorf("an empty file says nothing: %v", err)
	}
	if err := c.Validate(); err == nil || !strings.HasPrefix(err.Error(), "telegram.token is missing; it, or telegram.token_file,") {
		t.Errorf("an empty file lacks the token: %v", err)
	}
}

// Sections may be shared by an anchor, as before.
func TestAnchors(t *testing.T) {
	alone(t)
	got, err := load(t, "defaults: &d\n  window: &w 12h\n  lapse: *w\nlog:\n  <<: {level: warn}\n")
	if err != nil || got.Defaults["lapse"] != "12h" || got.Log.Level != "warn" {
		t.Errorf("got\n%v%v", got, err)
	}
}

// Whatever is damaged in a file with secrets, what is said of it holds none of them.
func TestNoProblemTellsASecret(t *testing.T) {
	alone(t)
	const whole = "telegram:\n  token: 987654321:AAsecretsecretone\n  webhook:\n    secret: \"secretthree\"\n" +
		"storage:\n  dsn: postgres://usersecret:pass@secretfive@hostsecret/namesecret\ndefaults:\n  digest: \"*/30 * * * *\"\n"
	noise := rapid.SampledFrom([]string{"", "\t", " ", "\n", ":", ": ", `"`, "'", "*", "&", "!", "%", "@", "{", "}", "[", "]", "\xf2", "\x00", "#", "- ", "---\n", "\u00a0", ",", "|", "?"})
	rapid.Check(t, func(t *rapid.T) {
		text := whole
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			cut := min(at+rapid.IntRange(0, 3).Draw(t, "cut"), len(text))
			text = text[:at] + noise.Draw(t, "noise") + text[cut:]
		}
		if err := os.WriteFile("config.yaml", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load("")
		told := fmt.Sprintf("%v %+v %#v %v %+v", err, err, err, c, &c)
		for _, secret := range []string{"AAsecret", "secretone", "secretthree", "usersecret", "secretfive", "hostsecret", "namesecret"} {
			if strings.Contains(strings.ToLower(told), strings.ToLower(secret)) {
				t.Fatalf("%q is told of\n%q\n%s", secret, text, told)
			}
		}
	})
}
