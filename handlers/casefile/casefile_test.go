package casefile_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/casefile"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

const groupID, to = -1001, 2

var errBroken = errors.New("the database is down")

// shelf keeps something of one case.
type shelf struct {
	evidence *moderation.Evidence
	appeal   *moderation.Appeal
	media    map[int][]byte // by part
	broken   string         // what cannot be read
}

func (s shelf) failed(what string) error {
	if s.broken == what {
		return errBroken
	}
	return nil
}

func (s shelf) Evidence(context.Context, int64, string) (moderation.Evidence, bool, error) {
	if s.evidence == nil {
		return moderation.Evidence{}, false, s.failed("evidence")
	}
	return *s.evidence, true, nil
}

func (s shelf) Appeal(context.Context, int64, string) (moderation.Appeal, bool, error) {
	if s.appeal == nil {
		return moderation.Appeal{}, false, s.failed("appeal")
	}
	return *s.appeal, true, nil
}

func (s shelf) Medium(_ context.Context, _ int64, _ string, part int) ([]byte, bool, error) {
	data, found := s.media[part]
	return data, found, s.failed("medium")
}

// What the author says against a verdict is for those who judge it, and only while they do.
func TestLoad(t *testing.T) {
	t.Parallel()
	kept := shelf{evidence: &moderation.Evidence{Text: "Buy pills"}, appeal: &moderation.Appeal{Words: "I did not."}}
	upheld := moderation.Case{ID: "7KQ2", Chat: groupID, Verdict: moderation.Upheld}
	for name, test := range map[string]struct {
		store    shelf
		appeal   moderation.AppealState
		verdict  moderation.Verdict
		evidence bool
		plea     string
		err      error
	}{
		"nothing is kept":         {shelf{}, moderation.NoAppeal, moderation.Upheld, false, "", nil},
		"no appeal":               {kept, moderation.NoAppeal, moderation.Upheld, true, "", nil},
		"before a jury":           {kept, moderation.BeforeJury, moderation.Upheld, true, "", nil},
		"before the admins":       {kept, moderation.BeforeAdmins, moderation.Upheld, true, "I did not.", nil},
		"opened again":            {kept, moderation.BeforeAdmins, moderation.Open, true, "", nil},
		"the appeal is gone":      {shelf{evidence: kept.evidence}, moderation.BeforeAdmins, moderation.Upheld, true, "", nil},
		"evidence cannot be read": {shelf{broken: "evidence"}, moderation.BeforeAdmins, moderation.Upheld, false, "", errBroken},
		"appeal cannot be read":   {shelf{broken: "appeal"}, moderation.BeforeAdmins, moderation.Upheld, false, "", errBroken},
	} {
		cs := upheld
		cs.Appeal, cs.Verdict = test.appeal, test.verdict
		f, err := casefile.Load(t.Context(), test.store, moderation.Chat{ID: groupID}, cs)
		if !errors.Is(err, test.err) || (f.Evidence != nil) != test.evidence || f.Plea != test.plea || f.Case.ID != "7KQ2" || f.Chat.ID != groupID {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

// A file that is kept is sent from there. Of the others Telegram has them still, or they are named.
func TestFiles(t *testing.T) {
	t.Parallel()
	photo := moderation.Medium{Kind: "photo", ID: "p1"}
	film := moderation.Medium{Kind: "video", ID: "v1", Name: "film.mp4", Size: 9 << 20}
	calls, missing, err := casefile.Files(t.Context(), shelf{media: map[int][]byte{0: {1, 2}}}, groupID, "7KQ2", []moderation.Medium{photo, film}, to)
	want := []wire.Call{wire.Upload(to, "photo", "photo", []byte{1, 2}), wire.SendMedia(to, "video", "v1", "")}
	if err != nil || !reflect.DeepEqual(calls, want) || !reflect.DeepEqual(missing, []moderation.Medium{film}) {
		t.Errorf("calls %+v, missing %+v, %v", calls, missing, err)
	}
	if calls, _, err := casefile.Files(t.Context(), shelf{}, groupID, "7KQ2", nil, to); err != nil || len(calls) > 0 {
		t.Errorf("without files: %+v, %v", calls, err)
	}
	if _, _, err := casefile.Files(t.Context(), shelf{broken: "medium"}, groupID, "7KQ2", []moderation.Medium{photo}, to); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}
