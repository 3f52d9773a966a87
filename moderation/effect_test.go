package moderation_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

func TestEffects(t *testing.T) {
	const urgent, public, personal = moderation.Urgent, moderation.Public, moderation.Personal
	of := func(k moderation.EffectKind) moderation.Effect {
		return moderation.Effect{Kind: k, Case: "7KQ2", Messages: []int64{8, 9}, Topic: moderation.TopicTooOld}
	}
	about := func(t moderation.Topic) moderation.Effect {
		return moderation.Effect{Kind: moderation.EffectAdmins, Case: "7KQ2", Topic: t}
	}
	told := func(t moderation.Topic) moderation.Effect {
		e := about(t)
		e.Case, e.Digest = "", &stats.Digest{To: noon}
		return e
	}
	first := func(k moderation.EffectKind) moderation.Effect {
		e := of(k)
		e.First = true
		return e
	}
	for name, test := range map[string]struct {
		effect moderation.Effect
		key    string
		class  moderation.Class
	}{
		"a card":                      {of(moderation.EffectCard), "card/7KQ2", public},
		"a card that goes":            {of(moderation.EffectCardGone), "card_gone/7KQ2", public},
		"an introduction":             {of(moderation.EffectIntro), "intro", public},
		"a case's messages":           {of(moderation.EffectDelete), "", urgent},
		"a single message":            {moderation.Effect{Kind: moderation.EffectDelete, Messages: []int64{8}}, "delete/8", urgent},
		"messages of no case":         {moderation.Effect{Kind: moderation.EffectDelete, Messages: []int64{8, 9}}, "", urgent},
		"a penalty":                   {of(moderation.EffectPunish), "", urgent},
		"the end of a ban":            {of(moderation.EffectLift), "", urgent},
		"a notice":                    {of(moderation.EffectNotice), "", personal},
		"a letter":                    {of(moderation.EffectLetter), "", personal},
		"a notice before a ban":       {first(moderation.EffectNotice), "", urgent},
		"a letter before a ban":       {first(moderation.EffectLetter), "", urgent},
		"how a case ended":            {of(moderation.EffectOutcome), "", personal},
		"a word to the admins":        {of(moderation.EffectAdmins), "admins/too_old/7KQ2", personal},
		"a word to one admin":         {of(moderation.EffectAdmin), "", personal},
		"how a penalty was reversed":  {of(moderation.EffectNews), "", personal},
		"an admin sets free":          {of(moderation.EffectFree), "", urgent},
		"a case that ended":           {about(moderation.TopicDecided), "admins/decided/7KQ2", personal},
		"an undecided case":           {about(moderation.TopicUndecided), "admins/undecided/7KQ2", personal},
		"a penalty by hand":           {about(moderation.TopicHand), "", personal},
		"a verdict overturned":        {about(moderation.TopicOverturned), "", personal},
		"an offence pardoned":         {about(moderation.TopicPardoned), "", personal},
		"a penalty made harder":       {about(moderation.TopicHarsher), "", personal},
		"a setting changed":           {about(moderation.TopicSetting), "", personal},
		"a digest":                    {told(moderation.TopicDigest), "admins/digest/1782907200", personal},
		"complaints":                  {told(moderation.TopicComplaints), "admins/complaints/1782907200", personal},
		"First means nothing to them": {first(moderation.EffectOutcome), "", personal},
	} {
		t.Run(name, func(t *testing.T) {
			e := test.effect
			if e.Key() != test.key || e.Class() != test.class {
				t.Errorf("key %q, class %d; want %q, %d", e.Key(), e.Class(), test.key, test.class)
			}
		})
	}
}

// Rows of the outbox outlive a version: what is written here was written by the one before.
func TestEffectIsKeptAsJSON(t *testing.T) {
	full := moderation.Effect{
		Kind: moderation.EffectNotice, Case: "7KQ2", Messages: []int64{8, 9},
		Author: moderation.Author{ID: -1001, Channel: true, Bot: true, Language: "ru"},
		Step:   ladder.Step{Deed: ladder.Ban, For: time.Hour}, Until: noon,
		To:   moderation.Person{ID: 5, Language: "es", Private: true},
		Rule: moderation.Scam, Verdict: moderation.Upheld, Topic: moderation.TopicRights, First: true,
	}
	const written = `{"kind":"notice","case":"7KQ2","messages":[8,9],` +
		`"author":{"ID":-1001,"Channel":true,"Bot":true,"Language":"ru"},` +
		`"step":{"Deed":"ban","For":3600000000000},"until":"2026-07-01T12:00:00Z",` +
		`"to":{"ID":5,"Language":"es","Private":true},"rule":"scam","verdict":"upheld","topic":"rights","first":true}`
	kept, err := json.Marshal(full)
	if err != nil || string(kept) != written {
		t.Errorf("written as %s, %v; want %s", kept, err, written)
	}
	var got moderation.Effect
	if err := json.Unmarshal([]byte(written), &got); err != nil || !reflect.DeepEqual(got, full) {
		t.Errorf("read as %+v, %v; want %+v", got, err, full)
	}
}

func TestWhereAndWhenAreKeptBesideAnEffect(t *testing.T) {
	kept, err := json.Marshal(moderation.Effect{Kind: moderation.EffectIntro, Chat: -5, Due: noon})
	if err != nil || string(kept) != `{"kind":"intro"}` {
		t.Errorf("written as %s, %v", kept, err)
	}
}
