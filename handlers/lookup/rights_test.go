package lookup_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// That the bot is no member is not believed here: Telegram answers so at random.
func TestMyRights(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		says   string
		err    error
		want   moderation.Rights
		delete bool
		unsure bool
	}{
		"all":       {`{"status":"administrator","user":{"id":99},"can_delete_messages":true,"can_restrict_members":true}`, nil, moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}, true, false},
		"one":       {`{"status":"administrator","user":{"id":99},"can_restrict_members":true}`, nil, moderation.Rights{Member: true, Admin: true, Restrict: true}, false, false},
		"no admin":  {`{"status":"member","user":{"id":99}}`, nil, moderation.Rights{Member: true}, false, false},
		"left":      {`{"status":"left","user":{"id":99}}`, nil, moderation.Rights{}, false, true},
		"no answer": {"", noAnswer, moderation.Rights{}, false, true},
	} {
		l := about(test.says, test.err)
		rights, err := l.MyRights(t.Context(), moderation.Chat{ID: groupID})
		if rights != test.want {
			t.Errorf("%s: %+v, want %+v", name, rights, test.want)
		}
		unsure(t, err, test.unsure)
		if may, _ := l.MayDelete(t.Context(), groupID); may != test.delete {
			t.Errorf("%s: may delete: %v", name, may)
		}
	}
}

func TestRestrictionOf(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		member wire.Member
		want   moderation.Restriction
		mutes  bool
	}{
		"nothing":           {wire.Member{Status: "member", Until: end.Unix()}, moderation.Restriction{}, false},
		"banned for ever":   {wire.Member{Status: "kicked"}, moderation.Restriction{Banned: true}, true},
		"banned for a time": {wire.Member{Status: "kicked", Until: end.Unix()}, moderation.Restriction{Banned: true, Until: end}, true},
		"muted":             {wire.Member{Status: "restricted", Denied: []string{"can_send_messages"}}, moderation.Restriction{Denied: []string{"can_send_messages"}}, true},
		"without photos":    {wire.Member{Status: "restricted", Denied: []string{"can_send_photos"}}, moderation.Restriction{Denied: []string{"can_send_photos"}}, false},
	} {
		got := lookup.RestrictionOf(test.member)
		if !got.Equal(test.want) || !slices.Equal(got.Denied, test.want.Denied) || got.Mutes() != test.mutes {
			t.Errorf("%s: %+v, mutes: %v", name, got, got.Mutes())
		}
	}
}

// Of a channel Telegram does not tell, so it may be banned.
func TestHeld(t *testing.T) {
	t.Parallel()
	human, channel := moderation.Author{ID: userID}, moderation.Author{ID: channelID, Channel: true}
	const muted, without = `{"status":"restricted","user":{"id":5},"is_member":true,"can_send_messages":false}`, `{"status":"restricted","user":{"id":5},"is_member":true,"can_send_messages":true,"can_send_photos":false}`
	for name, test := range map[string]struct {
		says              string
		who               moderation.Author
		mute, ban, either bool
	}{
		"a member":       {`{"status":"member","user":{"id":5}}`, human, false, false, false},
		"muted":          {muted, human, true, false, true},
		"without photos": {without, human, false, false, false},
		"banned":         {`{"status":"kicked","user":{"id":5},"until_date":0}`, human, false, true, true},
		"a channel":      {"", channel, true, true, true},
	} {
		l := about(test.says, nil)
		mute, errMute := l.HeldBy(t.Context(), groupID, test.who, ladder.Mute)
		ban, errBan := l.HeldBy(t.Context(), groupID, test.who, ladder.Ban)
		either, err := l.Held(t.Context(), groupID, test.who)
		if mute != test.mute || ban != test.ban || either != test.either || errMute != nil || errBan != nil || err != nil {
			t.Errorf("%s: muted %v, banned %v, either %v; %v, %v, %v", name, mute, ban, either, errMute, errBan, err)
		}
	}
	if _, err := about("", noAnswer).Held(t.Context(), groupID, human); err == nil {
		t.Error("nobody answered, and it is not said")
	}
}
