package moderation_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// usualLadder is what a new group starts with.
const usualLadder = "warn, mute 1h, mute 1d, ban 7d, ban"

func TestPolicyLimits(t *testing.T) {
	type change = func(*moderation.Policy)
	steps := func(n int) ladder.Ladder { return make(ladder.Ladder, n) }
	for setting, test := range map[string]struct{ right, wrong []change }{
		"threshold": {
			[]change{func(p *moderation.Policy) { p.Threshold = moderation.Auto }, func(p *moderation.Policy) { p.Threshold = 2 }, func(p *moderation.Policy) { p.Threshold = 50 }},
			[]change{func(p *moderation.Policy) { p.Threshold = 1 }, func(p *moderation.Policy) { p.Threshold = 51 }, func(p *moderation.Policy) { p.Threshold = -1 }},
		},
		"quorum": {
			[]change{func(p *moderation.Policy) { p.Quorum = 2 }, func(p *moderation.Policy) { p.Quorum = 20 }},
			[]change{func(p *moderation.Policy) { p.Quorum = 1 }, func(p *moderation.Policy) { p.Quorum = 21 }},
		},
		"window": {
			[]change{func(p *moderation.Policy) { p.Window = 10 * time.Second }, func(p *moderation.Policy) { p.Window = 30 * day }},
			[]change{func(p *moderation.Policy) { p.Window = 9 * time.Second }, func(p *moderation.Policy) { p.Window = 30*day + 1 }},
		},
		"ladder": {
			[]change{func(p *moderation.Policy) { p.Ladder = steps(1) }, func(p *moderation.Policy) { p.Ladder = steps(20) }},
			[]change{func(p *moderation.Policy) { p.Ladder = nil }, func(p *moderation.Policy) { p.Ladder = steps(21) }},
		},
		"lapse": {
			[]change{func(p *moderation.Policy) { p.Lapse = day }, func(p *moderation.Policy) { p.Lapse = 365 * day }},
			[]change{func(p *moderation.Policy) { p.Lapse = day - 1 }, func(p *moderation.Policy) { p.Lapse = 365*day + 1 }},
		},
		"card_after": {
			[]change{func(p *moderation.Policy) { p.CardAfter = 0 }, func(p *moderation.Policy) { p.CardAfter = 20 }},
			[]change{func(p *moderation.Policy) { p.CardAfter = -1 }, func(p *moderation.Policy) { p.CardAfter = 21 }},
		},
		"card_delay": {
			[]change{func(p *moderation.Policy) { p.CardDelay = 0 }, func(p *moderation.Policy) { p.CardDelay = 10 * time.Minute }},
			[]change{func(p *moderation.Policy) { p.CardDelay = -1 }, func(p *moderation.Policy) { p.CardDelay = 10*time.Minute + 1 }},
		},
		"card_ttl": {
			[]change{
				func(p *moderation.Policy) { p.CardTTL = 0 },
				func(p *moderation.Policy) { p.CardTTL = time.Minute }, func(p *moderation.Policy) { p.CardTTL = 7 * day },
			},
			[]change{
				func(p *moderation.Policy) { p.CardTTL = -1 },
				func(p *moderation.Policy) { p.CardTTL = time.Minute - 1 }, func(p *moderation.Policy) { p.CardTTL = 7*day + 1 },
			},
		},
		"report_limit": {
			[]change{func(p *moderation.Policy) { p.ReportLimit = 1 }, func(p *moderation.Policy) { p.ReportLimit = 100 }},
			[]change{func(p *moderation.Policy) { p.ReportLimit = 0 }, func(p *moderation.Policy) { p.ReportLimit = 101 }},
		},
		"language": {
			[]change{func(p *moderation.Policy) { p.Language = "ru" }},
			[]change{func(p *moderation.Policy) { p.Language = "" }},
		},
		"digest": {
			[]change{func(p *moderation.Policy) { p.Digest = "off" }},
			[]change{func(p *moderation.Policy) { p.Digest = "" }},
		},
		"timezone": {
			[]change{func(p *moderation.Policy) { p.Timezone = "Europe/Madrid" }},
			[]change{func(p *moderation.Policy) { p.Timezone = "" }},
		},
		"heavy": {
			[]change{func(p *moderation.Policy) { p.Heavy = moderation.HeavyVotes }, func(p *moderation.Policy) { p.Heavy = moderation.HeavyJury }},
			[]change{func(p *moderation.Policy) { p.Heavy = "" }, func(p *moderation.Policy) { p.Heavy = "owner" }},
		},
		"appeals": {
			[]change{func(p *moderation.Policy) { p.Appeals = moderation.AppealsAdmins }},
			[]change{func(p *moderation.Policy) { p.Appeals = "" }, func(p *moderation.Policy) { p.Appeals = "owner" }},
		},
	} {
		t.Run(setting, func(t *testing.T) {
			for i, change := range test.right {
				p := moderation.DefaultPolicy()
				change(&p)
				if err := p.Validate(); err != nil {
					t.Errorf("right value %d is refused: %v", i, err)
				}
			}
			for i, change := range test.wrong {
				p := moderation.DefaultPolicy()
				change(&p)
				if err := p.Validate(); err == nil || !strings.HasPrefix(err.Error(), setting+" ") {
					t.Errorf("wrong value %d: %v, want it to name the setting", i, err)
				}
			}
		})
	}
}

// Every field is checked: what no group can mean is refused, whatever field holds it.
func TestEveryFieldHasLimits(t *testing.T) {
	absurd := map[reflect.Kind]any{reflect.Int: -1, reflect.Int64: time.Duration(-1), reflect.String: "", reflect.Slice: ladder.Ladder(nil)}
	for field := range reflect.TypeFor[moderation.Policy]().Fields() {
		value, ok := absurd[field.Type.Kind()]
		if !ok && field.Type.Kind() != reflect.Bool {
			t.Errorf("%s is of a kind that this test has no absurd value for", field.Name)
		}
		if !ok {
			continue
		}
		p := moderation.DefaultPolicy()
		reflect.ValueOf(&p).Elem().FieldByIndex(field.Index).Set(reflect.ValueOf(value).Convert(field.Type))
		if p.Validate() == nil {
			t.Errorf("%s may be %v: Validate has no line for it", field.Name, value)
		}
	}
}

func TestPolicyIsKeptAsJSON(t *testing.T) {
	want := moderation.DefaultPolicy()
	if err := want.Validate(); err != nil {
		t.Fatalf("what a new group has is refused: %v", err)
	}
	kept, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(kept), `"`+usualLadder+`"`) {
		t.Errorf("the ladder is not kept as an admin types it: %s", kept)
	}
	var got moderation.Policy
	if err := json.Unmarshal(kept, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("kept %s, read as %+v, %v", kept, got, err)
	}
}

func TestUsualLaddersAreAllowed(t *testing.T) {
	for _, l := range ladder.UsualLadders {
		p := moderation.DefaultPolicy()
		if p.Ladder = l; p.Validate() != nil {
			t.Errorf("%q: %v", l, p.Validate())
		}
	}
}
