package config_test

import (
	"reflect"
	"strings"
	"testing"
)

func TestGroups(t *testing.T) {
	const allowed = `; allowed is any, or the ids of groups with commas between them, such as -1001234567890`
	for text, want := range map[string][]int64{
		"any": nil, "-1001234567890": {-1001234567890}, "'-1001234567890, -5,-6'": {-1001234567890, -5, -6},
		"[-1001234567890, '-5']": {-1001234567890, -5}, "\n    - -1001234567890\n    - -6 # the admins": {-1001234567890, -6},
	} {
		alone(t)
		got, err := load(t, "telegram:\n  groups: "+text+"\n")
		if err != nil || !reflect.DeepEqual(got.Telegram.Groups, want) {
			t.Errorf("%s: %v, %v", text, got.Telegram.Groups, err)
		}
	}
	for _, text := range []string{"''", "'-5,'", "5", "0", "'@chess'", "'-5 -6'", "-99999999999999999999", "ANY", "[]", "[-5, chess]"} {
		alone(t)
		if _, err := load(t, "telegram: {groups: "+text+"}"); err == nil || !strings.Contains(err.Error(), allowed) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestEvidenceLimit(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "1KB": 1e3, "500mb": 500e6, "2GB": 2e9, "3TB": 3e12} {
		alone(t)
		got, err := load(t, "storage: {evidence_limit: "+text+"}")
		if err != nil || got.Storage.EvidenceLimit != want {
			t.Errorf("%s: %d, %v", text, got.Storage.EvidenceLimit, err)
		}
	}
	for _, text := range []string{"''", "2", "2GiB", "2 GB", "1.5GB", "-1GB", "999999999TB", "all"} {
		alone(t)
		if _, err := load(t, "storage: {evidence_limit: "+text+"}"); err == nil ||
			!strings.Contains(err.Error(), "; allowed is a whole number and one of KB, MB, GB, TB, such as 500MB or 2GB, or 0 for none") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestLimitsAreShown(t *testing.T) {
	alone(t)
	c, err := load(t, "telegram: {groups: '-1001234567890'}\nstorage: {evidence_limit: 500MB}\ndefaults: {card_delay: 1m}")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"telegram.groups: 1 group\n", "storage.evidence_limit: 500MB\n", "defaults.card_delay: \"1m\"\n"} {
		if !strings.Contains(c.String(), line) {
			t.Errorf("%q is not in\n%v", line, c)
		}
	}
	if strings.Contains(c.String(), "1001234567890") {
		t.Errorf("a group is named:\n%v", c)
	}
	if _, err := load(t, "defaults: {card_delay: soon}"); err == nil || !strings.Contains(err.Error(), `defaults.card_delay is "soon"; allowed is a whole number and one of`) {
		t.Errorf("a card delay of another form: %v", err)
	}
}
