package archtest

import (
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The words of exported type names, besides those of the glossary in doc.go. A word has one meaning: before you add one, look
// whether the glossary has it already under another name.
var (
	// wordsOfGo are what programs are made of everywhere.
	wordsOfGo = strings.Fields(`
		app args before book bulk caller change class client clock code config copied count counterpart data db
		defaults deferred deliverer dialect figure file handler health http id info job key kind limit limiter log
		lookup mark media metric migrator never note observer opening option order other page pair part pool printer
		problem progress proof querier question queue range receiver record ref request resolver right row schedule
		score secret sender server shared signer size state storage store table tally term text time topic trace tx
		typed updater view want which worker`)
	// wordsOfTelegram are what its Bot API calls so.
	wordsOfTelegram = strings.Fields(`
		bot callback chat command edit entity group invite medium membership message private send sending telegram update webhook`)
	// wordsOfRules are those of the game that the glossary does not explain.
	wordsOfRules = strings.Fields(`
		abuse actor agenda amend amended amendment announce appealing audit auditor ban bar booking brought bucket
		calendar candidate card cause caution changed check closed closing complaint concern conduct consistency court
		daily decision delete dice disk docket draw due end ended ending event example feedback fetch gather heavy introduce judgement
		kept known later leave lift miss moment my near no not noted number pause period person picture plea presence privacy
		purged put quiz reason refusal regained release remainder remove replied report restraint restriction reversal review
		role seat seen setting settlement settler several shorten side silence sitting space stretch target tell thank together told trouble
		tuning unknown vote waiting wanted welcome withdraw wrong`)
	// refusedWords are those that the glossary replaced. No exported name may bring one back.
	refusedWords = strings.Fields(`
		clique crowd culprit deed docketed door farewell frail hand handed house law letter memory news panel patience
		room ruling shadow sighting stumble`)
)

// Packages whose names are not ours to choose: they play Telegram, people or a stage.
const nobodysWords = "internal/tgsim internal/demo internal/simulate bench bot/wire internal/pgtest internal/storedtest internal/grouptest"

// TestTypesAreNamedByTheGlossary looks for exported types with a word that no list has.
func TestTypesAreNamedByTheGlossary(t *testing.T) {
	t.Parallel()
	known := slices.Concat(wordsOfGo, wordsOfTelegram, wordsOfRules, glossary(t))
	for _, p := range load(t, "./...") {
		if below(nobodysWords, nickname(p.PkgPath)) {
			continue
		}
		for _, name := range p.Types.Scope().Names() {
			o, ok := p.Types.Scope().Lookup(name).(*types.TypeName)
			if !ok || !o.Exported() || o.IsAlias() {
				continue
			}
			for _, word := range wordsIn(name) {
				if !slices.ContainsFunc(singulars(word), func(w string) bool { return slices.Contains(known, w) }) {
					t.Errorf("%s.%s: %q is in no list; use a word of the glossary in doc.go", nickname(p.PkgPath), name, word)
				}
			}
		}
	}
}

// TestReplacedWordsDoNotComeBack looks for exported constants, functions, types, methods and fields with a refused word.
func TestReplacedWordsDoNotComeBack(t *testing.T) {
	t.Parallel()
	for _, p := range load(t, "./...") {
		if below(nobodysWords, nickname(p.PkgPath)) {
			continue
		}
		for id, o := range p.TypesInfo.Defs {
			v, isVar := o.(*types.Var)
			if o == nil || !o.Exported() || isVar && !v.IsField() && o.Parent() != p.Types.Scope() {
				continue
			}
			for _, word := range wordsIn(id.Name) {
				if slices.Contains(refusedWords, word) || slices.Contains(refusedWords, strings.TrimSuffix(word, "s")) {
					t.Errorf("%s: %s: the glossary in doc.go has another word for %q", p.Fset.Position(id.Pos()), id.Name, word)
				}
			}
		}
	}
}

// glossary lists the words of the terms that doc.go explains.
func glossary(t *testing.T) (words []string) {
	t.Helper()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, list, found := strings.Cut(string(text), "# Glossary")
	if !found {
		t.Fatal("doc.go has no glossary")
	}
	for _, m := range regexp.MustCompile(`(?m)^//   - ([^:]+):`).FindAllStringSubmatch(list, -1) {
		words = append(words, strings.Fields(strings.ReplaceAll(m[1], ",", ""))...)
	}
	return words
}

// wordsIn splits a name such as LogEntry.
func wordsIn(name string) (words []string) {
	for _, w := range regexp.MustCompile(`[A-Z]+[a-z]*`).FindAllString(name, -1) {
		words = append(words, strings.ToLower(w))
	}
	return words
}

// singulars are a word and what it may be the plural of.
func singulars(word string) []string {
	all := []string{word, strings.TrimSuffix(word, "s")}
	if stem, ok := strings.CutSuffix(word, "ies"); ok {
		all = append(all, stem+"y")
	}
	if stem, ok := strings.CutSuffix(word, "zzes"); ok {
		all = append(all, stem+"z")
	}
	return all
}
