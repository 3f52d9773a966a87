package moderation_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestEffects(t *testing.T) {
	const urgent, public, personal = moderation.Urgent, moderation.Public, moderation.Personal
	of := func(k moderation.EffectKind) moderation.Effect {
		return moderation.Effect{Kind: k, Case: "7KQ2", Messages: []int64{8, 9}, Topic: moderation.TopicTooOld}
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
		rights bool
	}{
		"a card":                      {of(moderation.EffectCard), "card/7KQ2", public, false},
		"a card that goes":            {of(moderation.EffectCardGone), "card_gone/7KQ2", public, false},
		"an introduction":             {of(moderation.EffectIntro), "intro", public, false},
		"a case's messages":           {of(moderation.EffectDelete), "", urgent, true},
		"a single message":            {moderation.Effect{Kind: moderation.EffectDelete, Messages: []int64{8}}, "delete/8", urgent, true},
		"messages of no case":         {moderation.Effect{Kind: moderation.EffectDelete, Messages: []int64{8, 9}}, "", urgent, true},
		"a penalty":                   {of(moderation.EffectPunish), "", urgent, true},
		"the end of a ban":            {of(moderation.EffectLift), "", urgent, true},
		"a notice":                    {of(moderation.EffectNotice), "", personal, false},
		"a letter":                    {of(moderation.EffectLetter), "", personal, false},
		"a notice before a ban":       {first(moderation.EffectNotice), "", urgent, false},
		"a letter before a ban":       {first(moderation.EffectLetter), "", urgent, false},
		"how a case ended":            {of(moderation.EffectOutcome), "", personal, false},
		"a word to the admins":        {of(moderation.EffectAdmins), "admins/too_old/7KQ2", personal, false},
		"a word to one admin":         {of(moderation.EffectAdmin), "", personal, false},
		"First means nothing to them": {first(moderation.EffectOutcome), "", personal, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := test.effect
			if e.Key() != test.key || e.Class() != test.class || e.NeedsRights() != test.rights {
				t.Errorf("key %q, class %d, needs rights: %v; want %q, %d, %v",
					e.Key(), e.Class(), e.NeedsRights(), test.key, test.class, test.rights)
			}
		})
	}
}

// Rows of the outbox outlive a version: what is written here was written by the one before.
func TestEffectIsKeptAsJSON(t *testing.T) {
	full := moderation.Effect{
		Kind: moderation.EffectNotice, Case: "7KQ2", Messages: []int64{8, 9},
		Author: moderation.Author{ID: -1001, Channel: true, Bot: true, Language: "ru"},
		Step:   moderation.Step{Deed: moderation.Ban, For: time.Hour}, Until: noon,
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
