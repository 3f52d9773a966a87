package request

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Links to messages come in many forms, and other links are none.
func TestParseMessageLink(t *testing.T) {
	t.Parallel()
	private := moderation.MessageRef{Chat: -1001234567890, Message: 56}
	public := moderation.MessageRef{Name: "chess_club", Message: 56}
	for link, want := range map[string]moderation.MessageRef{
		"https://t.me/c/1234567890/56":                               private,
		"http://t.me/c/1234567890/56":                                private,
		"t.me/c/1234567890/56":                                       private,
		"T.ME/c/1234567890/56":                                       private,
		"https://telegram.me/c/1234567890/56":                        private,
		"https://www.telegram.dog/c/1234567890/56/":                  private,
		"https://t.me/c/1234567890/12/56":                            private,
		"https://t.me/c/1234567890/56?single":                        private,
		"https://t.me/c/1234567890/56?thread=12&single":              private,
		"(https://t.me/c/1234567890/56),":                            private,
		"tg://privatepost?channel=1234567890&post=56":                private,
		"tg:privatepost?channel=1234567890&post=56&thread=12&single": private,
		"https://t.me/chess_club/56":                                 public,
		"https://t.me/s/chess_club/56":                               public,
		"https://t.me/chess_club/12/56?single":                       public,
		"chess_club.t.me/56":                                         public,
		"tg://resolve?domain=chess_club&post=56":                     public,
		"https://t.me/chess_news/7?comment=56":                       {Name: "chess_news", Channel: true, Message: 56},
		"https://t.me/c/1234567890/7?comment=56":                     {Chat: -1001234567890, Channel: true, Message: 56},
		"tg://resolve?domain=chess_news&post=7&comment=56":           {Name: "chess_news", Channel: true, Message: 56},
		"https://t.me/chess_club":                                    {},
		"https://t.me/c/1234567890":                                  {},
		"https://t.me/+abcdef":                                       {},
		"https://t.me/joinchat/56":                                   {Name: "joinchat", Message: 56}, // no group is called so
		"https://t.me/chess_club/0":                                  {},
		"https://t.me/chess_club/-5":                                 {},
		"https://t.me/chess_club/+5":                                 {},
		"https://t.me/chess_club/56/78/90":                           {},
		"https://t.me/c/12345678901234567890123/56":                  {},
		"https://t.me/c/abc/56":                                      {},
		"https://t.me/1abc/56":                                       {},
		"https://t.me/chess_club/99999999999999999999":               {},
		"https://example.com/c/1234567890/56":                        {},
		"https://nott.me/c/1234567890/56":                            {},
		"https://t.me.example.com/c/1234567890/56":                   {},
		"ftp://t.me/c/1234567890/56":                                 {},
		"tg://resolve?domain=chess_club":                             {},
		"tg://privatepost?post=56":                                   {},
		"tg://join?invite=56":                                        {},
		"tg:":                                                        {}, "tg://%": {}, "https://t.me/%zz/5": {}, "https://t.me/s": {}, "t.me/s/": {}, "https://t.me/c": {}, "c.t.me/5": {}, "https://t.me/c/5/56": {}, "https://t.me/c/000000001/56": {}, "": {}, "hello": {}, "/": {}, "://": {}, "t.me": {}, "https://t.me//56": {},
	} {
		got, ok := ParseMessageLink(link)
		if got != want || ok != (want != moderation.MessageRef{}) {
			t.Errorf("%q is %+v, %v; want %+v", link, got, ok, want)
		}
	}
}

// The link may stand among other words, or under them.
func TestFindMessageLink(t *testing.T) {
	t.Parallel()
	want := moderation.MessageRef{Name: "chess_club", Message: 56}
	under := &wire.Message{Entities: []wire.Entity{{Type: "bold"}, {Type: "text_link", URL: "https://t.me/chess_club/56"}}}
	for words, test := range map[string]struct {
		m    *wire.Message
		rest string
	}{
		"scam https://t.me/chess_club/56":          {&wire.Message{}, "scam"},
		"https://t.me/chess_club/56  really   bad": {&wire.Message{}, "really bad"},
		"https://t.me/chess_club/56 t.me/other/5":  {&wire.Message{}, "t.me/other/5"},
		"scam here": {under, "scam here"},
	} {
		if got, rest, ok := FindMessageLink(test.m, words); got != want || rest != test.rest || !ok {
			t.Errorf("%q: %+v, %q, %v", words, got, rest, ok)
		}
	}
	if got, rest, ok := FindMessageLink(&wire.Message{}, "nothing here"); ok || rest != "nothing here" || got != (moderation.MessageRef{}) {
		t.Errorf("%+v, %q, %v", got, rest, ok)
	}
}

func FuzzParseMessageLink(f *testing.F) {
	f.Add("https://t.me/c/1234567890/12/56?comment=7")
	f.Add("tg://resolve?domain=a&post=1")
	f.Fuzz(func(t *testing.T, link string) {
		to, ok := ParseMessageLink(link)
		if ok != (to.Message > 0) || ok == (to.Chat == 0 && to.Name == "") || to.Chat > 0 || to.At != 0 {
			t.Errorf("%q is %+v, %v", link, to, ok)
		}
	})
}
