package tgsim_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

func TestPunishmentsAreRefusedInTelegramsWords(t *testing.T) {
	const (
		rights = "Bad Request: not enough rights to restrict/unrestrict chat member"
		admin  = "Bad Request: user is an administrator of the chat"
		owner  = "Bad Request: can't remove chat owner"
		self   = "Bad Request: can't restrict self"
		nobody = "Bad Request: PARTICIPANT_ID_INVALID"
	)
	tests := []struct {
		name string
		who  func(*world) int64
		prep func(*world)
		want string
	}{
		{"no rights", func(w *world) int64 { return w.ben.ID() }, func(w *world) { w.group.Demote(w.bot) }, rights},
		{"one right missing", func(w *world) int64 { return w.ben.ID() }, func(w *world) { w.group.Promote(w.bot, tgsim.Rights{DeleteMessages: true}) }, rights},
		{"admin", func(w *world) int64 { return w.ben.ID() }, func(w *world) { w.group.Promote(w.ben, tgsim.Rights{PinMessages: true}) }, admin},
		{"owner", func(w *world) int64 { return w.owner.ID() }, nil, owner},
		{"self", func(w *world) int64 { return w.bot.ID() }, nil, self},
		{"nobody", func(w *world) int64 { return 5 }, nil, nobody},
		{"never met", func(w *world) int64 { return w.carl.ID() }, nil, nobody},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tgsim.Options{})
			if tt.prep != nil {
				tt.prep(w)
			}
			args := object{"chat_id": w.group.ID(), "user_id": tt.who(w)}
			w.refused("banChatMember", args, tt.want)
			w.refused("unbanChatMember", args, tt.want)
			args["permissions"] = object{}
			w.refused("restrictChatMember", args, tt.want)
		})
	}
}

func TestWhereTheBotIsNot(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	small := w.NewGroup("Small", w.owner)
	small.Add(w.bot)
	channel := w.NewChannel("News", w.owner, tgsim.Public("news"))
	secret := w.NewSupergroup("Secret", w.owner)
	stranger := w.AddUser("Stranger")
	send := func(chat any) object { return object{"chat_id": chat, "text": "x"} }

	w.refused("sendMessage", send(-1), "Bad Request: chat not found")
	w.refused("sendMessage", send(secret.ID()), "Bad Request: chat not found")
	w.refused("sendMessage", send("@nobody"), "Bad Request: chat not found")
	w.refused("sendMessage", send("@news"), "Forbidden: bot is not a member of the channel chat")
	channel.Add(w.bot)
	w.refused("sendMessage", send("@news"), "Bad Request: need administrator rights in the channel chat")
	w.refused("sendMessage", send(stranger.ID()), "Bad Request: chat not found")
	w.refused("sendMessage", send(w.anna.ID()), "Forbidden: bot can't initiate conversation with a user")
	if _, err := w.anna.Start(w.bot, "token"); err != nil {
		t.Fatal(err)
	}
	w.do("sendMessage", send(w.anna.ID()))
	w.anna.Block(w.bot)
	w.refused("sendMessage", send(w.anna.ID()), "Forbidden: bot was blocked by the user")
	small.Kick(w.bot)
	w.refused("sendMessage", send(small.ID()), "Forbidden: bot was kicked from the group chat")
	w.do("leaveChat", object{"chat_id": w.group.ID()})
	w.refused("sendMessage", send(w.group.ID()), "Forbidden: bot is not a member of the supergroup chat")
	w.group.Kick(w.bot)
	w.refused("sendMessage", send(w.group.ID()), "Forbidden: bot was kicked from the supergroup chat")
}

func TestUntilDates(t *testing.T) {
	tests := []struct {
		name    string
		ahead   time.Duration
		after   time.Duration
		expires bool
	}{
		{"29 s is for ever", 29 * time.Second, time.Hour, false},
		{"30 s", 30 * time.Second, 30 * time.Second, true},
		{"not yet", time.Hour, time.Hour - time.Second, false},
		{"366 days", 366 * 24 * time.Hour, 366 * 24 * time.Hour, true},
		{"more is for ever", 366*24*time.Hour + time.Second, 400 * 24 * time.Hour, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tgsim.Options{})
			until := w.clock.Now().Add(tt.ahead).Unix()
			w.do("restrictChatMember", object{"chat_id": w.group.ID(), "user_id": w.anna.ID(), "permissions": object{}, "until_date": until})
			w.do("banChatMember", object{"chat_id": w.group.ID(), "user_id": w.ben.ID(), "until_date": until})
			if _, err := w.anna.Send(w.group, "x"); err == nil {
				t.Error("a muted member could write")
			}
			if w.group.Join(w.ben) == nil {
				t.Error("a banned user could join")
			}
			w.clock.Advance(tt.after)
			if got := w.group.Status(w.anna).CanSend; got != tt.expires {
				t.Errorf("muted member can send: %v", got)
			}
			if got := w.group.Status(w.ben).Status == tgsim.Left; got != tt.expires {
				t.Errorf("ban is over: %v", got)
			}
		})
	}
}

func TestPermissionsOfRestrictions(t *testing.T) {
	tests := []struct {
		name        string
		given       object
		independent bool
		check       func(p tgsim.Permissions) bool
	}{
		{"nothing", object{}, true, func(p tgsim.Permissions) bool { return p == tgsim.Permissions{} }},
		{"text brings reactions", object{"can_send_messages": true}, true, func(p tgsim.Permissions) bool {
			return p == tgsim.Permissions{SendMessages: true, ReactToMessages: true}
		}},
		{"pins bring topics and tags", object{"can_pin_messages": true}, true, func(p tgsim.Permissions) bool { return p.ManageTopics && p.EditTag }},
		{"explicit false stays", object{"can_send_messages": true, "can_react_to_messages": false}, true, func(p tgsim.Permissions) bool { return !p.ReactToMessages }},
		{"others alone", object{"can_send_other_messages": true}, true, func(p tgsim.Permissions) bool { return !p.SendMessages && !p.SendPhotos }},
		{"others imply media and text", object{"can_send_other_messages": true}, false, func(p tgsim.Permissions) bool { return p.SendMessages && p.SendPhotos && !p.SendPolls }},
		{"polls imply text", object{"can_send_polls": true}, false, func(p tgsim.Permissions) bool { return p.SendMessages && !p.SendPhotos }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tgsim.Options{})
			w.do("restrictChatMember", object{
				"chat_id": w.group.ID(), "user_id": w.anna.ID(), "permissions": tt.given, "use_independent_chat_permissions": tt.independent,
			})
			if p := w.group.Status(w.anna).Permissions; !tt.check(p) {
				t.Errorf("got %+v", p)
			}
		})
	}
}

// Each permission covers what it is named for, whatever the others are, and
// nothing else; the refusal is in Telegram's words.
func TestEachPermissionCoversItsOwn(t *testing.T) {
	contents := []struct {
		permission string
		opts       []tgsim.SendOption
		refusal    string
	}{
		{"can_send_messages", nil, "text messages"},
		{"can_send_messages", []tgsim.SendOption{tgsim.WithLink("x", "https://pills.example/")}, "text messages"},
		{"can_send_messages", []tgsim.SendOption{tgsim.WithContact()}, "contacts"},
		{"can_send_photos", []tgsim.SendOption{tgsim.WithPhoto()}, "photos"},
		{"can_send_videos", []tgsim.SendOption{tgsim.WithVideo()}, "videos"},
		{"can_send_documents", []tgsim.SendOption{tgsim.WithDocument("a.exe")}, "documents"},
		{"can_send_audios", []tgsim.SendOption{tgsim.WithAudio()}, "music"},
		{"can_send_voice_notes", []tgsim.SendOption{tgsim.WithVoice()}, "voice notes"},
		{"can_send_video_notes", []tgsim.SendOption{tgsim.WithVideoNote()}, "video notes"},
		{"can_send_polls", []tgsim.SendOption{tgsim.WithPoll()}, "polls"},
		{"can_send_other_messages", []tgsim.SendOption{tgsim.WithSticker()}, "stickers"},
		{"can_send_other_messages", []tgsim.SendOption{tgsim.WithAnimation()}, "animations"},
	}
	w := newWorld(t, tgsim.Options{})
	for _, given := range contents {
		w.do("restrictChatMember", object{
			"chat_id": w.group.ID(), "user_id": w.anna.ID(), "use_independent_chat_permissions": true,
			"permissions": object{given.permission: true},
		})
		for _, c := range contents {
			_, err := w.anna.Send(w.group, "x", c.opts...)
			if c.permission == given.permission && err != nil {
				t.Errorf("with %s: %v", given.permission, err)
			}
			if c.permission != given.permission && (!errors.Is(err, tgsim.ErrPermission) || !strings.Contains(err.Error(), "may not send "+c.refusal)) {
				t.Errorf("with %s alone, %s: %v", given.permission, c.refusal, err)
			}
		}
		_, err := w.anna.SendAlbum(w.group, []string{"a", "b"})
		if want := given.permission == "can_send_photos"; (err == nil) != want {
			t.Errorf("with %s, an album: %v", given.permission, err)
		}
	}
}

// Who may only write words can still forward words, but nothing else.
func TestForwardsNeedThePermissionForWhatTheyHold(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	words, picture := w.send(w.ben, "see example.com"), w.send(w.ben, "look", tgsim.WithPhoto())
	sticker := w.send(w.ben, "♟", tgsim.WithSticker())
	w.group.Restrict(w.anna, tgsim.Permissions{SendMessages: true}, time.Time{})
	if _, err := w.anna.Forward(words, w.group); err != nil {
		t.Error(err)
	}
	for _, m := range []*tgsim.Message{picture, sticker} {
		if _, err := w.anna.Forward(m, w.group); !errors.Is(err, tgsim.ErrPermission) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := w.anna.Forward(sticker, w.anna.Dialog(w.bot)); err != nil {
		t.Errorf("in private nothing is forbidden: %v", err)
	}
}

// getChatMember shows every permission, until the restriction ends by itself.
func TestRestrictionIsShownAndEnds(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("getUpdates", object{"allowed_updates": []string{"chat_member"}})
	var all object
	decode(must(json.Marshal(tgsim.AllPermissions())), &all)
	for _, name := range []string{"can_send_photos", "can_send_polls", "can_add_web_page_previews"} {
		all[name] = false
	}
	until := w.clock.Now().Add(time.Hour).Unix()
	w.do("restrictChatMember", object{
		"chat_id": w.group.ID(), "user_id": w.anna.ID(), "permissions": all, "use_independent_chat_permissions": true, "until_date": until,
	})
	member := func() (m object) {
		decode(w.do("getChatMember", object{"chat_id": w.group.ID(), "user_id": w.anna.ID()}), &m)
		return m
	}
	told := w.update("chat_member")["new_chat_member"].(object)
	for _, m := range []object{member(), told} {
		if m["status"] != "restricted" || m["is_member"] != true || id(m["until_date"]) != until {
			t.Errorf("got %v", m)
		}
		for name, want := range all {
			if m[name] != want {
				t.Errorf("%s: got %v, want %v", name, m[name], want)
			}
		}
	}
	if _, err := w.anna.Send(w.group, "see example.com"); err != nil {
		t.Errorf("a link without its preview: %v", err)
	}
	w.clock.Advance(time.Hour)
	if m := member(); m["status"] != "member" {
		t.Errorf("got %v", m)
	}
	for _, opt := range []tgsim.SendOption{tgsim.WithPhoto(), tgsim.WithPoll(), tgsim.WithSticker(), tgsim.WithVoice()} {
		if _, err := w.anna.Send(w.group, "x", opt); err != nil {
			t.Error(err)
		}
	}
	if got := w.updates(); len(got) != 0 {
		t.Errorf("of an end by itself nobody is told: %v", got)
	}
}

func TestLiftingARestriction(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.group.Restrict(w.anna, tgsim.Permissions{}, time.Time{})
	w.group.Leave(w.anna)
	if s := w.group.Status(w.anna); s.Status != tgsim.Restricted || s.In {
		t.Errorf("who leaves stays restricted: got %+v", s)
	}
	if err := w.group.Join(w.anna); err != nil {
		t.Fatal(err)
	}
	all, _ := json.Marshal(tgsim.AllPermissions())
	w.do("restrictChatMember", object{"chat_id": w.group.ID(), "user_id": w.anna.ID(), "permissions": json.RawMessage(all)})
	if s := w.group.Status(w.anna); s.Status != tgsim.Member || !s.CanSend {
		t.Errorf("got %+v", s)
	}
}

func TestUnbanPutsOutAPresentMember(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	args := object{"chat_id": w.group.ID(), "user_id": w.anna.ID(), "only_if_banned": true}
	w.do("unbanChatMember", args)
	if !w.group.Status(w.anna).In {
		t.Error("only_if_banned put a present member out")
	}
	args["only_if_banned"] = false
	w.do("unbanChatMember", args)
	if s := w.group.Status(w.anna); s.In || s.Status != tgsim.Left {
		t.Errorf("got %+v", s)
	}
}

// Facts, section 3: a ban deletes nobody's messages, whatever revoke_messages says.
func TestBanDeletesNothing(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	m := w.send(w.ben, "spam")
	basic := w.NewGroup("Small", w.owner)
	basic.Add(w.bot, w.ben)
	basic.Promote(w.bot, tgsim.AllRights())
	small := must(w.ben.Send(basic, "spam"))
	byHand := w.send(w.anna, "spam too")
	w.group.Kick(w.anna)
	w.updates()
	w.do("banChatMember", object{"chat_id": basic.ID(), "user_id": w.ben.ID(), "revoke_messages": true})
	w.updates()
	w.do("banChatMember", object{"chat_id": w.group.ID(), "user_id": w.ben.ID(), "revoke_messages": true})
	if m.Deleted() || small.Deleted() || byHand.Deleted() {
		t.Error("a ban deleted a message")
	}
	if w.owner.Find(w.group, "spam") == nil || w.owner.Find(basic, "spam") == nil {
		t.Error("others should see it still")
	}
	if got := w.update("message")["left_chat_member"]; got == nil {
		// the bot hears of its own removals, as people see them
		t.Error("no left_chat_member")
	}
}

// Facts, section 3: an admin's app can delete all with a ban, and the bot hears nothing of that.
func TestDeletingAllThatSomebodyWrote(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	m, other := w.send(w.ben, "spam"), w.send(w.anna, "chess")
	w.updates()
	w.group.DeleteFrom(w.ben)
	if !m.Deleted() || other.Deleted() {
		t.Error("what Ben wrote, and that alone, should be gone")
	}
	if got := w.updates(); len(got) != 0 {
		t.Errorf("the bot was told: %v", got)
	}
	if log := must(w.group.RecentActions(w.owner)); log[len(log)-1].String() != "recent action: Olga did delete Ben: spam" {
		t.Errorf("got %v", log)
	}
}

func TestBasicGroups(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	g := w.NewGroup("Small", w.owner)
	g.Add(w.bot, w.ben)
	g.Promote(w.bot, tgsim.AllRights())
	args := object{"chat_id": g.ID(), "user_id": w.ben.ID()}
	w.refused("unbanChatMember", args, "Bad Request: method is available for supergroup and channel chats only")
	w.refused("restrictChatMember", object{"chat_id": g.ID(), "user_id": w.ben.ID(), "permissions": object{}}, "Bad Request: method is available only for supergroups")
	args["until_date"] = w.clock.Now().Add(time.Hour).Unix()
	w.do("banChatMember", args)
	if s := g.Status(w.ben); s.Status != tgsim.Kicked || !s.Until.IsZero() {
		t.Errorf("basic groups know no timed ban: got %+v", s)
	}
	m1, _ := w.owner.Send(g, "a")
	w.send(w.anna, "elsewhere")
	g2 := w.NewGroup("Other", w.owner)
	must(w.owner.Send(g2, "b"))
	m3, _ := w.owner.Send(g, "c")
	if m3.ID() <= m1.ID()+1 {
		t.Errorf("ids %d, %d: basic groups should share a counter", m1.ID(), m3.ID())
	}
}

func TestMemberUpdates(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	if got := w.Sim.VisibleTo(); got != "" {
		t.Errorf("nobody sees %q", got)
	}
	w.do("getUpdates", object{"allowed_updates": []string{"my_chat_member", "chat_member"}})
	kinds := func() string {
		var s []string
		for _, u := range w.updates() {
			for k, v := range u {
				if k != "update_id" {
					change := v.(object)
					s = append(s, k+" "+change["new_chat_member"].(object)["status"].(string))
				}
			}
		}
		return strings.Join(s, ", ")
	}
	w.join(w.carl)
	w.group.Restrict(w.carl, tgsim.Permissions{}, time.Time{})
	w.group.Promote(w.carl, tgsim.Rights{})
	w.group.Leave(w.carl)
	if got := kinds(); got != "chat_member member, chat_member restricted, chat_member administrator, chat_member left" {
		t.Errorf("got %s", got)
	}
	w.group.Demote(w.bot)
	w.join(w.carl)
	w.group.Kick(w.bot)
	must(w.anna.Start(w.bot, ""))
	w.anna.Block(w.bot)
	if got := kinds(); got != "my_chat_member member, my_chat_member kicked, my_chat_member kicked" {
		t.Errorf("got %s", got)
	}
}

func TestReadingMembers(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	other := w.AddBot("OtherBot", "Other", tgsim.Unattended())
	w.group.Add(other)
	w.group.Promote(other, tgsim.Rights{})
	w.group.Promote(w.ben, tgsim.Rights{Anonymous: true})
	var admins []object
	decode(w.do("getChatAdministrators", object{"chat_id": w.group.ID()}), &admins)
	if len(admins) != 3 { // Olga, Ben, the asking bot
		t.Errorf("got %v", admins)
	}
	decode(w.do("getChatAdministrators", object{"chat_id": w.group.ID(), "return_bots": true}), &admins)
	if len(admins) != 4 {
		t.Errorf("got %v", admins)
	}
	if got := string(w.do("getChatMemberCount", object{"chat_id": w.group.ID()})); got != "5" {
		t.Errorf("got %s members", got)
	}
	for who, want := range map[int64]string{w.owner.ID(): "creator", w.ben.ID(): "administrator", w.anna.ID(): "member", w.bot.ID(): "administrator"} {
		var m object
		decode(w.do("getChatMember", object{"chat_id": w.group.ID(), "user_id": who}), &m)
		if m["status"] != want {
			t.Errorf("got %v, want %s", m, want)
		}
	}
	var chat object
	decode(w.do("getChat", object{"chat_id": w.group.ID()}), &chat)
	if chat["title"] != "Chess club" {
		t.Errorf("got %v", chat)
	}
}
