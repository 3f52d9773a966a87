package handlers

import "github.com/ostrakon-bot/ostrakon/moderation"

// For tests of what comes out of people's apps and fingers.
var (
	ParseAbout = parseAbout
	AboutLink  = aboutLink
	CaseID     = caseID
	Shorten    = shorten
	VoteData   = voteData
	UndoData   = undoData
	RuleData   = ruleData
	PickedData = pickedData
)

// ParsePress gives the parts of a button's data.
func ParsePress(data string) (kind, subject, choice string, ok bool) {
	p, ok := parsePress(data)
	if p.seen {
		p.choice += ":" + dataSeen
	}
	return p.kind, p.subject, p.choice, ok
}

// ShowSetting is what a setting is said to be.
func ShowSetting(name string, p moderation.Policy) string { return settings()[name].show(p) }

// ReadSetting is what a policy becomes by a setting that somebody typed. It says false if they are
// told what is allowed instead.
func ReadSetting(name, typed string, p moderation.Policy) (moderation.Policy, bool) {
	err := settings()[name].read(&p, typed)
	return p, err == nil && p.Validate() == nil
}

// SettingNames are the names of all settings.
func SettingNames() []string {
	var names []string
	for name := range settings() {
		names = append(names, name)
	}
	return names
}
