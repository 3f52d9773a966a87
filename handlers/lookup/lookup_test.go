package lookup_test

import (
	"context"
	"errors"
	"maps"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
)

// Who was never there has left. What Telegram does not answer is unknown.
func TestMember(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		says   string
		err    error
		status string
		unsure bool
	}{
		"a member":       {`{"status":"member","user":{"id":5}}`, nil, "member", false},
		"never there":    {"", noUser, "left", false},
		"no such group":  {"", noChat, "", true},
		"no answer":      {"", noAnswer, "", true},
		"too many calls": {"", busy, "", true},
		"bot is no more": {"", kicked, "", true},
	} {
		m, err := about(test.says, test.err).Member(t.Context(), groupID, userID)
		if m.Status != test.status {
			t.Errorf("%s: %q, want %q", name, m.Status, test.status)
		}
		unsure(t, err, test.unsure)
	}
}

// Nobody waits for an answer that a stopping bot does not get, so nobody is asked to try again.
func TestInterruptedQuestionAsksNobodyAgain(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := lookup.Unsure(ctx, noAnswer); errors.Is(err, lookup.ErrUnsure) || !errors.Is(err, noAnswer) {
		t.Error(err)
	}
	if err := lookup.Unsure(t.Context(), noAnswer); !errors.Is(err, lookup.ErrUnsure) || !errors.Is(err, noAnswer) {
		t.Error(err)
	}
}

func TestAdmins(t *testing.T) {
	t.Parallel()
	admins, err := about(`[{"status":"creator","user":{"id":1}},{"status":"administrator","user":{"id":2}}]`, nil).Admins(t.Context(), groupID)
	if err != nil || len(admins) != 2 || !admins[0].Admin() || admins[1].User.ID != 2 {
		t.Errorf("%+v, %v", admins, err)
	}
	if _, err := about("", kicked).Admins(t.Context(), groupID); !errors.Is(err, kicked) {
		t.Error(err)
	}
}

// Whoever listens hears who is an admin, and who is not. What Telegram does not say, nobody hears.
func TestTelling(t *testing.T) {
	t.Parallel()
	heard := map[int64]bool{}
	told := func(says string, err error) lookup.Lookup {
		return about(says, err).Telling(func(chat, person int64, admin bool) {
			if chat != groupID {
				t.Errorf("of %d", chat)
			}
			heard[person] = admin
		})
	}
	ask := func(l lookup.Lookup, person int64) {
		_, _ = l.Member(t.Context(), groupID, person)
	}
	ask(told(`{"status":"member","user":{"id":5}}`, nil), userID)
	ask(told(`{"status":"creator","user":{"id":1}}`, nil), 1)
	ask(told("", noUser), 7)
	ask(told("", busy), 8)
	_, _ = told(`[{"status":"administrator","user":{"id":2}}]`, nil).Admins(t.Context(), groupID)
	_, _ = told("", kicked).Admins(t.Context(), groupID)
	if want := map[int64]bool{userID: false, 1: true, 2: true}; !maps.Equal(heard, want) {
		t.Errorf("heard %v, want %v", heard, want)
	}
}

// A number that cannot be is none.
func TestCountMembers(t *testing.T) {
	t.Parallel()
	for says, want := range map[string]int{"30": 30, "1": 1, "0": 0, "-3": 0, `"many"`: 0} {
		n, err := about(says, nil).CountMembers(t.Context(), groupID)
		if n != want || (err == nil) != (want > 0) {
			t.Errorf("%s: %d, %v; want %d", says, n, err, want)
		}
	}
	if _, err := about("", busy).CountMembers(t.Context(), groupID); !errors.Is(err, busy) {
		t.Error(err)
	}
}
