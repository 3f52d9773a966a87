package moderation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

func TestEffects(t *testing.T) {
	const urgent, public, personal = moderation.Urgent, moderation.Public, moderation.Personal
	about := func(t moderation.Topic) moderation.Effect {
		return moderation.TellAdmins{Entry: moderation.CaseEntry{What: t, Case: "7KQ2"}}
	}
	ban := moderation.Notice{Case: "7KQ2", To: moderation.Person{ID: anna}}
	first := ban
	first.First = true
	for name, test := range map[string]struct {
		effect moderation.Effect
		key    string
		class  moderation.Class
		words  string
	}{
		"a card":                {moderation.DrawCard{Case: "7KQ2"}, "card/7KQ2", public, "draw the card of case 7KQ2"},
		"a card that goes":      {moderation.RemoveCard{Case: "7KQ2"}, "card_gone/7KQ2", public, "remove the card of case 7KQ2"},
		"an introduction":       {moderation.Introduce{}, "intro", public, "introduce the bot"},
		"a pause":               {moderation.AnnouncePause{}, "pause", public, "tell the group of a pause"},
		"another bot":           {moderation.AnnounceBots{}, "bots", public, "tell the group how to report beside another bot"},
		"a case's messages":     {moderation.DeleteMessages{Case: "7KQ2", Messages: []int64{8, 9}}, "", urgent, "delete 2 messages of case 7KQ2"},
		"a single message":      {moderation.DeleteMessages{Messages: []int64{8}}, "delete/8", urgent, "delete a message"},
		"messages of no case":   {moderation.DeleteMessages{Messages: []int64{8, 9}}, "", urgent, "delete 2 messages"},
		"a penalty":             {moderation.PutPenalty{Case: "7KQ2", Step: ladder.Step{Kind: ladder.Mute, For: time.Hour}}, "", urgent, "put a penalty (mute 1h) on the author of case 7KQ2"},
		"the end of a ban":      {moderation.LiftBan{Case: "7KQ2"}, "", urgent, "lift the ban of case 7KQ2"},
		"a notice":              {moderation.SendNotice{Notice: ban}, "", personal, "tell the author of case 7KQ2 in the group what was done"},
		"a letter":              {moderation.SendPrivateNotice{Notice: ban}, "", personal, "tell the author of case 7KQ2 in private what was done"},
		"a notice before a ban": {moderation.SendNotice{Notice: first}, "", urgent, "tell the author of case 7KQ2 in the group what was done"},
		"a letter before a ban": {moderation.SendPrivateNotice{Notice: first}, "", urgent, "tell the author of case 7KQ2 in private what was done"},
		"how a case ended":      {moderation.SendOutcome{Case: "7KQ2"}, "", personal, "tell a reporter in the group how case 7KQ2 ended"},
		"a word to the admins": {moderation.TellAdmins{Entry: moderation.Trouble{What: moderation.TopicTooOld, Case: "7KQ2"}}, "admins/too_old/7KQ2", personal,
			"tell the admins: too_old of case 7KQ2"},
		"rights to be looked at": {moderation.TellAdmins{Entry: moderation.RightsDue{}}, "admins/rights/", personal, "tell the admins: rights"},
		"news of rights":         {moderation.TellAdmins{Entry: moderation.RightsEntry{}}, "", personal, "tell the admins: rights"},
		"a word to one admin": {moderation.TellAdmin{Entry: moderation.Trouble{What: moderation.TopicTooOld, Case: "7KQ2"}}, "", personal,
			"tell an admin in the group: too_old of case 7KQ2"},
		"how a penalty was reversed": {moderation.SendLaterNotice{Case: "7KQ2"}, "", personal, "tell in the group what became of a penalty of case 7KQ2"},
		"an admin sets free":         {moderation.EndPenalty{Step: ladder.Step{Kind: ladder.Ban}}, "", urgent, "end a penalty (ban)"},
		"a case that ended":          {about(moderation.TopicDecided), "admins/decided/7KQ2", personal, "tell the admins: decided of case 7KQ2"},
		"an undecided case":          {about(moderation.TopicUndecided), "admins/undecided/7KQ2", personal, "tell the admins: undecided of case 7KQ2"},
		"a penalty by hand":          {about(moderation.TopicManual), "", personal, "tell the admins: hand of case 7KQ2"},
		"a verdict overturned":       {about(moderation.TopicOverturned), "", personal, "tell the admins: overturned of case 7KQ2"},
		"an offence pardoned":        {about(moderation.TopicPardoned), "", personal, "tell the admins: pardoned of case 7KQ2"},
		"a penalty made harder":      {about(moderation.TopicHarsher), "", personal, "tell the admins: harsher of case 7KQ2"},
		"a setting changed":          {moderation.TellAdmins{Entry: moderation.SettingChanged{}}, "", personal, "tell the admins: setting"},
		"changes": {moderation.GatherEntries{Told: moderation.Several{Entries: []moderation.Entry{moderation.SettingChanged{}}, More: 2}}, "gather/changes", personal,
			"gather what to tell the admins: 3 entries"},
		"what each is told": {moderation.GatherEntries{Each: true}, "gather/each", personal, "gather what to tell the admins: 0 entries"},
		"a digest":          {moderation.TellAdmins{Entry: moderation.DigestEntry{Digest: stats.Digest{To: noon}}}, "admins/digest/1782907200", personal, "tell the admins: digest"},
		"complaints":        {moderation.TellAdmins{Entry: moderation.ComplaintsEntry{Digest: stats.Digest{To: noon}}}, "admins/complaints/1782907200", personal, "tell the admins: complaints"},
	} {
		t.Run(name, func(t *testing.T) {
			e := test.effect
			if e.Key() != test.key || e.Class() != test.class || e.String() != test.words {
				t.Errorf("key %q, class %d, %q; want %q, %d, %q", e.Key(), e.Class(), e, test.key, test.class, test.words)
			}
		})
	}
}

// Rows of the outbox outlive a version: what is read here was written by the one before. What it says beside what a kind
// has is of no use any more.
func TestEffectsOfEarlierReleases(t *testing.T) {
	t.Parallel()
	by := moderation.Admin{Name: "Dora"}
	for written, want := range map[string]moderation.Effect{
		`{"kind":"admins","case":"7KQ2","topic":"handed"}`:                       moderation.TellAdmins{Entry: moderation.CaseEntry{What: moderation.TopicUndecided, Case: "7KQ2"}},
		`{"kind":"admins","topic":"rights_back"}`:                                moderation.TellAdmins{Entry: moderation.RightsDue{}},
		`{"kind":"admins","case":"7KQ2","topic":"new","by":{"name":"Dora"}}`:     moderation.TellAdmins{Entry: moderation.Trouble{What: "new", Case: "7KQ2"}},
		`{"kind":"admins","case":"7KQ2","topic":"decided","by":{"name":"Dora"}}`: moderation.TellAdmins{Entry: moderation.CaseEntry{What: moderation.TopicDecided, Case: "7KQ2", By: by}},
		`{"kind":"card","case":"7KQ2","messages":[8],"verdict":"open"}`:          moderation.DrawCard{Case: "7KQ2", Open: true},
	} {
		got, err := moderation.ReadEffect([]byte(written), moderation.Waiting{})
		if err != nil || got != want {
			t.Errorf("%s is read as %+v, %v; want %+v", written, got, err, want)
		}
	}
}

// What a later release put into the outbox stays what it is.
func TestEffectOfALaterRelease(t *testing.T) {
	t.Parallel()
	const written = `{"kind":"later","case":"7KQ2"}`
	e, err := moderation.ReadEffect([]byte(written), moderation.Waiting{})
	if err != nil || e.Kind() != "later" || e.Key() != "" || !strings.Contains(e.String(), "later") {
		t.Fatalf("%+v, %v", e, err)
	}
	if kept, err := moderation.WriteEffect(e); err != nil || string(kept) != written {
		t.Errorf("%s, %v", kept, err)
	}
}

func TestWhereAndWhenAreKeptBesideAnEffect(t *testing.T) {
	kept, err := moderation.WriteEffect(moderation.Introduce{Waiting: moderation.Waiting{Chat: -5, Due: noon}})
	if err != nil || string(kept) != `{"kind":"intro"}` {
		t.Errorf("written as %s, %v", kept, err)
	}
}
