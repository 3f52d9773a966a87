package settings

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Setting is one setting. Its texts are in the locale: "help.words." and its name, and "setting.", its name, and "name", "about" or
// "allowed".
type Setting struct {
	Name   string // the command: "cardafter"
	Key    string // the key of its default in the configuration, without the section: "card_after"
	Judges bool   // it bears on who is punished and how
	Rare   bool   // few need it, so it stands on the second page

	// As an admin types it.
	Show    func(moderation.Policy) string
	Read    func(*moderation.Policy, string) error
	Offered []string // what the menu offers
	Wide    int      // how many of them stand in a row
	Now     bool     // "now" instead of a value shows at once what the setting brings

	// As people read it.
	Words   []string                     // the values that the locale has words for; see [Setting.Word]
	Called  func(string) string          // what any value is called; nil if it is called as it is typed, or by its words
	ComesTo func(moderation.Chat) string // what the value comes to in a group, if it does not say that; "" if it does
	ByLot   bool                         // it may leave something to members drawn by lot, and comes to something else where there are too few

	// As the configuration says what a new group starts with.
	Count   bool                                   // it is a whole number, which is shown without quotes
	Form    func(string) bool                      // whether it could be a value; limits are checked by Start and by the policy
	Allowed string                                 // what is said of a value of another form
	start   func(*moderation.Policy, string) error // how it is read; nil if as an admin types it
	written string                                 // how the default is written; "" if as it is shown
}

// Word is the key of the words for a value, behind "value."; empty if it has none. A 0 means something else in each setting.
func (s Setting) Word(value string) string {
	switch {
	case !slices.Contains(s.Words, value):
		return ""
	case value == "0":
		return "0." + s.Name
	}
	return value
}

// InForce is what a value comes to in a group; empty if it says that itself.
func (s Setting) InForce(c moderation.Chat) string {
	if s.ComesTo == nil {
		return ""
	}
	return s.ComesTo(c)
}

// Section is where the configuration says what a new group starts with.
const Section = "defaults"

// ConfigKey is the key of the default in the configuration: "defaults.card_after".
func (s Setting) ConfigKey() string { return Section + "." + s.Key }

// Default is what the configuration says unless the operator decides otherwise.
func (s Setting) Default() string {
	if s.written != "" {
		return s.written
	}
	return s.Show(moderation.DefaultPolicy())
}

// Start sets what the configuration says. The error names the key.
func (s Setting) Start(p *moderation.Policy, text string) error {
	if s.start != nil {
		return s.start(p, text)
	}
	if err := s.Read(p, text); err != nil {
		return fmt.Errorf("%s is %q: %w", s.ConfigKey(), text, err)
	}
	return nil
}

// StartPolicy is what a new group starts with: a value for each key, without the section. The error holds every problem.
func StartPolicy(values map[string]string) (moderation.Policy, error) {
	p := moderation.DefaultPolicy()
	var errs []error
	for _, s := range All {
		if err := s.Start(&p, values[s.Key]); err != nil {
			errs = append(errs, err)
		}
	}
	if err := p.Validate(); err != nil && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("%s: %w", Section, err))
	}
	return p, errors.Join(errs...)
}

// Find finds a setting by its name.
func Find(name string) (Setting, bool) {
	i := slices.IndexFunc(All, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		return Setting{}, false
	}
	return All[i], true
}
