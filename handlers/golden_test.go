package handlers_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

var update = flag.Bool("update", false, "write what is shown into testdata")

// Every card, entry, notice, page and digest in every language, as people read it. A change of words
// shows here, for somebody who speaks the language to look at; -update writes it anew.
func TestGoldenTexts(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			now, log := func() time.Time { return noon }, slog.New(slog.DiscardHandler)
			b := storybook{
				t: t, p: locale.In(lang).At(time.FixedZone("CEST", 2*60*60)).On(noon),
				h: handlers.New(nil, shelf{}, telegram{}, nil, now, log), d: deliver.New(nil, shelf{}, telegram{}, now, log),
			}
			b.cards()
			b.entries()
			b.digests()
			b.pages()
			b.standings()
			b.again()
			b.pauses()
			b.learning()
			b.rulebook()
			b.appeals()
			b.progress()
			b.juries()
			compare(t, filepath.Join("testdata", "texts."+lang+".txt"), b.out.String())
		})
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	left, right := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(left), len(right)) {
		if i >= len(left) || i >= len(right) || left[i] != right[i] {
			t.Fatalf("%s differs at line %d; look at it, and write it anew with -update:\nwas: %s\nis:  %s",
				file, i+1, strings.Join(left[i:min(i+3, len(left))], "\n"), strings.Join(right[i:min(i+3, len(right))], "\n"))
		}
	}
}

// storybook shows everything once.
type storybook struct {
	t   *testing.T
	p   locale.Printer
	h   *handlers.Handlers
	d   *deliver.Deliverer
	out strings.Builder
}

// entry is what the admins are told, and the buttons under it.
func (b *storybook) entry(n moderation.Entry) (text string, rows [][]wire.Button, err error) {
	said, err := b.d.Entry(b.t.Context(), b.p, 0, n, moderation.Person{})
	return said.Text, said.Rows, err
}

// show writes one thing, within what Telegram allows.
func (b *storybook) show(title, text string, rows [][]wire.Button, most int) {
	b.t.Helper()
	if n := utf8.RuneCountInString(locale.Plain(text)); n > most || n == 0 {
		b.t.Errorf("%s has %d characters, allowed are 1 to %d", title, n, most)
	}
	fmt.Fprintf(&b.out, "=== %s\n%s\n", title, pointed(text))
	for _, row := range rows {
		for _, button := range row {
			if len(button.Data) > 64 {
				b.t.Errorf("%s: the button %s carries %d bytes", title, button.Text, len(button.Data))
			}
			if button != view.Coloured(wire.Button{Text: button.Text, Data: button.Data, URL: button.URL}) {
				b.t.Errorf("%s: the button %s has the colour %q", title, button.Text, button.Style)
			}
			fmt.Fprintf(&b.out, "[%s] ", button.Text)
		}
		fmt.Fprintln(&b.out)
	}
	fmt.Fprintln(&b.out)
}

// pointed shows which words of a text are marked, and as what: ‹a time that the reader's own clock shows›, ⟦a quotation⟧,
// ⟨words that cannot be tapped⟩, and ⸤lines to be copied⸥.
func pointed(text string) string {
	signs := map[locale.MarkKind][2]string{
		locale.MarkTime: {"‹", "›"}, locale.MarkQuote: {"⟦", "⟧"}, locale.MarkDead: {"⟨", "⟩"}, locale.MarkVerbatim: {"⸤", "⸥"},
	}
	plain, marks := locale.Split(text)
	begins, ends := map[int]string{}, map[int]string{}
	for _, m := range marks {
		begins[m.Offset] += signs[m.Kind][0]
		ends[m.Offset+m.Length] = signs[m.Kind][1] + ends[m.Offset+m.Length]
	}
	var out strings.Builder
	units := utf16.Encode([]rune(plain))
	from := 0
	for at := 0; at <= len(units); at++ {
		if at == len(units) || begins[at] != "" || ends[at] != "" {
			out.WriteString(string(utf16.Decode(units[from:at])) + ends[at] + begins[at])
			from = at
		}
	}
	return out.String()
}

const most, caption, welcome = 4096, 1024, 1499 // characters of a message, of what stands under a picture, and of a welcome

var noon = grouptest.Noon

// shelf holds a case in every state.
type shelf struct{ handlers.Store }

func (shelf) Chat(context.Context, int64) (moderation.Chat, error) {
	return moderation.Chat{ID: -1001, Ref: 7, Kind: moderation.Supergroup, Policy: moderation.DefaultPolicy(), Log: -1002}, nil
}

func (shelf) Case(_ context.Context, _ int64, id string) (moderation.Case, error) {
	for _, some := range []map[string]moderation.Case{contested, reopened, heavies} {
		if cs, ok := some[id]; ok {
			return cs, nil
		}
	}
	return cases[id], nil
}

func (shelf) Checkpoint(context.Context) (string, error) {
	return "ostrakon.ledger/7KQ2XXYZ\n1234\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— ostrakon.ledger/7KQ2XXYZ ZZZZ\n", nil
}

func (shelf) Evidence(context.Context, int64, string) (moderation.Evidence, bool, error) {
	return moderation.Evidence{Name: "Mallory", Handle: "mallory", Text: "Cheap followers!", Media: "photo", SentAt: noon}, true, nil
}

// telegram knows what the group is called.
type telegram struct{ handlers.Telegram }

func (telegram) Me() wire.Self { return wire.Self{User: wire.User{ID: 1, Username: "OstrakonBot"}} }

func (telegram) Do(_ context.Context, call wire.Call) (wire.Result, error) {
	return wire.Result{Raw: json.RawMessage(fmt.Sprintf(`{"id":%d,"type":"supergroup","title":"Chess club"}`, call.Chat))}, nil
}

// cases are cases in every state, by a word for it.
var cases = map[string]moderation.Case{
	"open":            grouptest.Case(moderation.Open, func(c *moderation.Case) { c.Votes, c.Breaks = 4, 3 }),
	"upheld":          grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Votes, c.Breaks = 13, 11 }),
	"upheld by few":   grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Votes, c.Breaks = 2, 2 }),
	"upheld by admin": grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.ByAdmin = true }),
	"unheard":         grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Votes, c.Breaks, c.Unheard = 1, 1, true }),
	"banned": grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
		c.Votes, c.Breaks, c.Penalty, c.Until = 5, 5, ladder.Step{Kind: ladder.Ban}, time.Time{}
	}),
	"dismissed":          grouptest.Case(moderation.Dismissed, func(c *moderation.Case) { c.Votes, c.Breaks = 21, 1 }),
	"dismissed by admin": grouptest.Case(moderation.Dismissed, func(c *moderation.Case) { c.ByAdmin = true }),
	"expired":            grouptest.Case(moderation.Expired, func(c *moderation.Case) { c.Votes, c.Breaks = 3, 2 }),
	"by hand":            grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.ByAdmin, c.Manual = true, true }),
	"overturned":         grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Reversed, c.ReversedAt = moderation.Overturned, noon.Add(time.Hour) }),
	"pending": grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
		c.Votes, c.Breaks = 13, 11
		c.Pending, c.PendingEnds = ladder.Step{Kind: ladder.Ban, For: 7 * 24 * time.Hour}, noon.Add(moderation.PendingFor)
	}),
	"upheld by jury":    grouptest.Case(moderation.Upheld, grouptest.ByJury),
	"dismissed by jury": grouptest.Case(moderation.Dismissed, grouptest.ByJury),
	"pardoned":          grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Reversed, c.ReversedAt = moderation.Pardoned, noon.Add(time.Hour) }),
}

// standings are a member's, from the best to the worst.
var standings = []moderation.Standing{
	{Score: 100, Tier: standing.TierGood, Next: ladder.Step{Kind: ladder.Warn}},
	{
		Score: 63, Tier: standing.TierWatched, Level: 2, Next: ladder.Step{Kind: ladder.Mute, For: 24 * time.Hour}, Lapse: noon,
		Turns: []standing.Change{
			{Day: 20701, Points: 7, Cause: standing.CauseAppointed}, {Day: 20700, Points: 3, Cause: standing.CauseDays}, {Day: 20690, Points: 20, Cause: standing.CauseOverturned, Case: "7KQ2"},
			{Day: 20689, Points: 10, Cause: standing.CausePardoned, Case: "M4XD"}, {Day: 20688, Points: -40, Cause: standing.CauseUpheld, Case: "8RST"},
		},
		History: []moderation.Offence{{Case: "8RST", At: noon, Penalty: ladder.Step{Kind: ladder.Mute, For: time.Hour}}},
	},
	{Score: 20, Tier: standing.TierRestricted, Level: 4, Next: ladder.Step{Kind: ladder.Ban}, Most: ladder.Step{Kind: ladder.Mute, For: time.Hour}, Lapse: noon},
	{Score: 0, Tier: standing.TierLastChance, Level: 4, Next: ladder.Step{Kind: ladder.Ban}, Lapse: noon, Paused: noon.Add(72 * time.Hour)},
}

func (b *storybook) standings() {
	for _, s := range standings {
		b.show(fmt.Sprintf("/me: %s", s.Tier), view.MeText(b.p, s), nil, most)
		s.Paused = time.Time{}
		b.show(fmt.Sprintf("/standing: %s", s.Tier), view.StandingText(b.p, "Mallory", s), nil, most)
		b.show(fmt.Sprintf("notice, with its cost: %s", s.Tier), notice(b.p, cases["upheld"], "", &moderation.Score{Cost: 20, Now: s.Score, Tier: s.Tier}), nil, most)
	}
	b.show("caution: note", view.CautionText(b.p, time.Time{}), nil, most)
	b.show("caution: pause", view.CautionText(b.p, noon), nil, most)
}

// learning is a quiz, its ends, and the welcome.
func (b *storybook) learning() {
	spam := rulebook.DefaultBook().Rule(rulebook.Spam)
	asked := []moderation.Question{{Example: "Buy!", Breaks: true, Answer: moderation.Breaks}, {Example: "Hello", Answer: moderation.Fine}, {Example: "Buy now!", Breaks: true, Answer: moderation.Breaks}}
	missed := slices.Clone(asked)
	missed[0].Answer, missed[1].Answer = moderation.Fine, moderation.Breaks
	for _, c := range []struct {
		name string
		page moderation.Page
	}{
		{"question", moderation.Page{Number: 1, Sheet: 1 << 47, Question: asked[1]}},
		{"passed", moderation.Page{Number: 3, Asked: asked, Passed: true, Until: noon}},
		{"free", moderation.Page{Number: 3, Asked: asked, Passed: true}},
		{"failed", moderation.Page{Number: 3, Asked: missed, Again: noon, Until: noon.Add(time.Hour)}},
		{"failed, and it is over soon", moderation.Page{Number: 3, Asked: missed, Again: noon, Until: noon}},
	} {
		c.page.Case, c.page.Rule = "7KQ2", spam
		b.show("quiz: "+c.name, view.QuizText(b.p, c.page), view.QuizRows(b.p, 7, c.page), most)
	}
	b.show("welcome", view.WelcomeText(b.p, nil, view.ReportTexts{}), nil, welcome)
	long := rulebook.DefaultBook()
	for i := range long {
		long[i].Why = strings.Repeat("w", 100)
	}
	for len(long) < rulebook.MaxRules {
		long = append(long, rulebook.Rule{ID: "r1", Severity: 1, Name: strings.Repeat("n", rulebook.MaxName), Why: strings.Repeat("w", 100)})
	}
	b.show("welcome: a long book", view.WelcomeText(b.p, long, view.ReportTexts{}), nil, welcome)
	b.ways(long)
}

// order is the order in which they are shown.
var order = []string{
	"open", "upheld", "upheld by few", "upheld by admin", "unheard", "banned", "dismissed", "dismissed by admin", "expired",
	"by hand", "overturned", "pardoned", "pending", "upheld by jury", "dismissed by jury",
}

func (b *storybook) cards() {
	for _, state := range order {
		if cases[state].Carded() {
			text, rows := card(b.p, cases[state], false)
			b.show("card: "+state, text, rows, most)
		}
		if cases[state].Verdict == moderation.Upheld {
			b.show("notice: "+state, notice(b.p, cases[state], "", nil), nil, most)
			b.show("notice in private: "+state, notice(b.p, cases[state], "Chess club", nil), nil, most)
		}
	}
	text, rows := card(b.p, cases["upheld"], true)
	b.show("card: waiting", text, rows, most)
}

func (b *storybook) entries() {
	olga := moderation.Admin{ID: 9, Name: "Olga"}
	effects := map[string][]moderation.Entry{"what was done": {
		moderation.CaseEntry{What: moderation.TopicUndecided, Case: "open"},
		moderation.CaseEntry{What: moderation.TopicConfirmed, Case: "banned", By: olga},
		moderation.CaseEntry{What: moderation.TopicDropped, Case: "upheld", By: olga},
		moderation.CaseEntry{What: moderation.TopicManual, Case: "by hand", By: olga},
		moderation.CaseEntry{What: moderation.TopicManual, Case: "by hand"},
		moderation.CaseEntry{What: moderation.TopicDecided, Case: "upheld by admin", By: olga},
		moderation.CaseEntry{What: moderation.TopicOverturned, Case: "overturned", By: olga},
		moderation.CaseEntry{What: moderation.TopicPardoned, Case: "pardoned", By: olga},
		moderation.CaseEntry{What: moderation.TopicHarsher, Case: "banned", By: olga},
		moderation.CaseEntry{What: moderation.TopicCorrected, Case: "upheld by admin", By: olga},
		moderation.PenaltyEnded{By: olga, Name: "Mallory", Step: ladder.Step{Kind: ladder.Mute}},
		moderation.PenaltyEnded{By: olga, Name: "Mallory", Step: ladder.Step{Kind: ladder.Ban}},
		moderation.MessagesPurged{By: olga, Count: 1},
		moderation.MessagesPurged{By: olga, Count: 22},
		moderation.SettingChanged{By: olga, Change: moderation.Change{Setting: "threshold", From: "auto", To: "5"}},
		moderation.SettingChanged{By: olga, Change: moderation.Change{Setting: "heavy", From: "admins", To: "votes"}},
		moderation.SettingChanged{By: olga, Change: moderation.Change{Setting: "pause", From: "off", To: "1d"}},
		moderation.SettingChanged{By: olga, Change: moderation.Change{Setting: "pause", From: "86399s", To: "off"}},
		moderation.SettingChanged{By: olga, Change: moderation.Change{Setting: "quiz", From: "on", To: "off"}},
		moderation.SettingChanged{By: olga, Change: moderation.Change{Setting: "logchannel", From: "off", To: "0"}},
		moderation.ComplaintsEntry{Count: 5, Digest: stats.Digest{From: noon, To: noon.AddDate(0, 0, 7)}},
	}, "what happened": {}, "what is wrong": {
		moderation.RightsDue{}, moderation.RightsEntry{Back: everyRight},
		moderation.RightsEntry{Back: everyRight[1:2], Missing: everyRight[2:]}, moderation.Trouble{What: moderation.TopicTargetAdmin, Case: "7KQ2"},
		moderation.Trouble{What: moderation.TopicTooOld, Case: "7KQ2"}, moderation.Trouble{What: moderation.TopicFailed, Case: "7KQ2"},
		moderation.Trouble{What: moderation.TopicBasicMute, Case: "7KQ2"}, moderation.Trouble{What: moderation.TopicLogLost}, moderation.Trouble{What: moderation.TopicLogPublic},
		moderation.Trouble{What: moderation.TopicLogForeign},
	}}
	for _, state := range order[1:] {
		effects["what happened"] = append(effects["what happened"], moderation.CaseEntry{What: moderation.TopicDecided, Case: state})
	}
	for _, kind := range []string{"what happened", "what was done", "what is wrong"} {
		for _, e := range effects[kind] {
			text, rows, err := b.entry(e)
			if err != nil {
				b.t.Fatal(err)
			}
			b.show(fmt.Sprintf("%s: %s %s", kind, e.Topic(), e.About()), text, rows, most)
		}
	}
	for _, together := range [][]moderation.Entry{
		{effects["what was done"][14], effects["what was done"][18]},
		{
			effects["what happened"][0], effects["what was done"][3], effects["what was done"][7], effects["what was done"][14],
			effects["what was done"][18], effects["what is wrong"][4], moderation.CaseEntry{What: moderation.TopicDecided, Case: "pending"},
		},
	} {
		text, rows, err := b.entry(moderation.Several{Entries: together, More: len(together) / 7 * 12})
		if err != nil {
			b.t.Fatal(err)
		}
		b.show(fmt.Sprintf("together: %d", len(together)), text, rows, most)
	}
	text, err := b.h.Evidence(b.t.Context(), b.p, -1001, "upheld")
	if err != nil {
		b.t.Fatal(err)
	}
	b.show("evidence", text, nil, most)
}

func (b *storybook) digests() {
	week := stats.Numbers{
		From: noon, To: noon.AddDate(0, 0, 7), Reports: 97, Votes: 141, Upheld: 22, Dismissed: 7, Expired: 1, Manual: 4, Overturned: 3, Learned: 4,
		Rules:     map[string]int{string(rulebook.Spam): 11, string(rulebook.Insult): 6, string(rulebook.OffTopic): 3, string(rulebook.Hate): 2},
		Penalties: map[string]int{string(ladder.Warn): 12, string(ladder.Mute): 7, string(ladder.Ban): 3}, Median: 754 * time.Second,
	}
	before := stats.Numbers{Reports: 80, Votes: 100, Upheld: 24, Dismissed: 7, Expired: 5, Manual: 3}
	all := week
	all.Rules = map[string]int{}
	for _, r := range rulebook.DefaultBook() {
		all.Rules[string(r.ID)] = 1_000_000
	}
	all.Reports, all.Votes, all.Upheld, all.Dismissed, all.Expired = 9_000_000, 99_000_000, 8_000_000, 1_000_000, 1_000_000
	all.Learned = 2_000_000
	all.Penalties = map[string]int{string(ladder.Warn): 2_000_000, string(ladder.Mute): 2_000_000, string(ladder.Kick): 2_000_000, string(ladder.Ban): 2_000_000}
	for _, d := range []struct {
		name string
		now  stats.Numbers
	}{
		{"digest: a week", week}, {"digest: the largest", all},
		{"digest: little", stats.Numbers{From: noon, To: noon.AddDate(0, 0, 7), Reports: 2, Votes: 2, Upheld: 1, Rules: map[string]int{"spam": 1}}},
		{"digest: nothing", stats.Numbers{From: noon, To: noon.AddDate(0, 0, 7)}},
	} {
		text, err := digestText(b.p, stats.Publish(d.now, before))
		if err != nil {
			b.t.Fatal(err)
		}
		b.show(d.name, text, nil, caption)
	}
}

// rulebook is the book as admins change it and as all read it, and what the others are told of changes.
func (b *storybook) rulebook() {
	book := append(rulebook.DefaultBook(), rulebook.Rule{ID: "r1", Severity: 2, Name: "No checkers", Why: "Checkers is another game."})
	chat := moderation.Chat{Ref: 1, Book: book}
	texts, rows := rulePages(b.p, chat, rulebook.Spam)
	for i, name := range []string{"the book", "a rule", "sure"} {
		b.show("rule book: "+name, texts[i], rows[i], most)
	}
	b.show("rule book: /rules", view.RulesText(b.p, book, most), nil, most)
	for _, did := range []rulebook.Amended{
		{Kind: rulebook.AmendAdded, To: "No advertising."}, {Kind: rulebook.AmendRestored}, {Kind: rulebook.AmendRemoved},
		{Kind: rulebook.AmendSeverity, From: "1", To: "3"}, {Kind: rulebook.AmendSweep, From: "off", To: "on"},
		{Kind: rulebook.AmendPlace, From: "7", To: "1"}, {Kind: rulebook.AmendName, To: "Ads"},
		{Kind: rulebook.AmendWhy, To: "No advertising."}, {Kind: rulebook.AmendBreaks, To: "Buy this!"}, {Kind: rulebook.AmendFine, To: "Where do I buy this?"},
		{Kind: rulebook.AmendCleared},
	} {
		did.Rule = rulebook.Spam
		e := moderation.RuleChanged{By: moderation.Admin{ID: 9, Name: "Olga"}, Amended: did}
		text, rows, err := b.entry(e)
		if err != nil {
			b.t.Fatal(err)
		}
		b.show("rule book: "+string(did.Kind), text, rows, most)
	}
}

func (b *storybook) pages() {
	chat, _ := shelf{}.Chat(b.t.Context(), 0)
	texts, rows := menu(b.p, chat)
	for i := range texts {
		b.show(fmt.Sprintf("settings: page %d", i), texts[i], rows[i], most)
	}
}

var everyRight = []moderation.Right{moderation.RightAdmin, moderation.RightDelete, moderation.RightRestrict}
