package tgsim_test

import (
	"maps"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// about is what a call says of Ben in the group, and more.
func (w *world) about(more object) object {
	args := object{"chat_id": w.group.ID(), "user_id": w.ben.ID()}
	maps.Copy(args, more)
	return args
}

// Facts, section 3, deleting.
func TestFactsOfDeleting(t *testing.T) {
	one := func(w *world, m *tgsim.Message) object { return object{"chat_id": m.Chat().ID(), "message_id": m.ID()} }
	hold(t, tgsim.Options{}, []fact{
		{"deleteMessage: only messages under 48 h old", func(w *world) {
			m := w.send(w.ben, "x")
			w.clock.Advance(48*time.Hour - time.Second)
			w.do("deleteMessage", one(w, m))
			m = w.send(w.ben, "y")
			w.clock.Advance(48 * time.Hour)
			w.refused("deleteMessage", one(w, m), "Bad Request: message can't be deleted")
		}},
		{"in supergroups it needs can_delete_messages, but for the bot's own", func(w *world) {
			w.group.Promote(w.bot, tgsim.Rights{RestrictMembers: true})
			w.refused("deleteMessage", one(w, w.send(w.ben, "x")), "Bad Request: message can't be deleted")
			w.do("deleteMessage", one(w, w.card()))
		}},
		{"in basic groups being admin is enough", func(w *world) {
			w.group = w.NewGroup("Small", w.owner)
			w.group.Add(w.ben, w.bot)
			w.group.Promote(w.bot, tgsim.Rights{})
			w.do("deleteMessage", one(w, w.send(w.ben, "x")))
		}},
		{"not the service messages of created topics", func(w *world) {
			forum := w.NewForum("Forum", w.owner)
			forum.Add(w.bot)
			forum.Promote(w.bot, tgsim.AllRights())
			w.refused("deleteMessage", object{"chat_id": forum.ID(), "message_id": forum.Topic("News").ID()}, "Bad Request: message can't be deleted")
		}},
		{"deleteMessages: ids that do not exist are skipped and True is returned", func(w *world) {
			m := w.send(w.ben, "x")
			w.is(string(w.do("deleteMessages", object{"chat_id": w.group.ID(), "message_ids": []int{m.ID(), m.ID() + 100}})), "true")
			w.is(m.Deleted(), true)
		}},
		{"one message that may not be deleted fails the whole call, and none is removed", func(w *world) {
			old := w.send(w.ben, "old")
			w.clock.Advance(48 * time.Hour)
			young := w.send(w.ben, "young")
			w.refused("deleteMessages", object{"chat_id": w.group.ID(), "message_ids": []int{young.ID(), old.ID()}}, "Bad Request: message can't be deleted")
			w.is(young.Deleted(), false)
		}},
		{"True is not proof: a message can stay after a successful deleteMessage", func(w *world) {
			m := w.send(w.ben, "x")
			w.Fail(tgsim.Fault{Kind: tgsim.Pretend, Method: "deleteMessage"})
			w.is(string(w.do("deleteMessage", one(w, m))), "true")
			w.is(m.Deleted(), false)
		}},
		{"a ban deletes nobody's messages", func(w *world) {
			m := w.send(w.ben, "spam")
			w.do("banChatMember", w.about(object{"revoke_messages": true}))
			w.is(m.Deleted(), false)
		}},
		{"an admin's app can delete all when banning, and the bot hears nothing of that", func(w *world) {
			m := w.send(w.ben, "spam")
			w.updates()
			w.group.DeleteFrom(w.ben)
			w.is(m.Deleted(), true)
			w.is(len(w.updates()), 0)
		}},
		{"recent actions: a deletion by a bot holds the whole message and its sender, for 48 h", func(w *world) {
			w.do("deleteMessage", one(w, w.send(w.anna, "/report")))
			log := must(w.group.RecentActions(w.owner))
			w.is(log[len(log)-1].String(), "recent action: Ostrakon did delete Anna: /report")
			w.clock.Advance(48 * time.Hour)
			w.is(len(must(w.group.RecentActions(w.owner))), 0)
		}},
		{"basic groups have none", func(w *world) {
			if _, err := w.NewGroup("Small", w.owner).RecentActions(w.owner); err == nil {
				w.t.Error("a basic group has recent actions")
			}
		}},
		{"an ephemeral command has nothing to log there", func(w *world) {
			before := len(must(w.group.RecentActions(w.owner)))
			w.command()
			w.is(len(must(w.group.RecentActions(w.owner))), before)
		}},
	})
}

// Facts, section 3, members.
func TestFactsOfMembers(t *testing.T) {
	hold(t, tgsim.Options{}, []fact{
		{"until_date under 30 s or over 366 days ahead is for ever", func(w *world) {
			for ahead, forever := range map[time.Duration]bool{29 * time.Second: true, 30 * time.Second: false, 366 * 24 * time.Hour: false, 367 * 24 * time.Hour: true} {
				w.do("banChatMember", w.about(object{"until_date": w.Now().Add(ahead).Unix()}))
				w.is(w.group.Status(w.ben).Until.IsZero(), forever)
			}
		}},
		{"only supergroups and channels honour it", func(w *world) {
			w.group = w.NewGroup("Small", w.owner)
			w.group.Add(w.ben, w.bot)
			w.group.Promote(w.bot, tgsim.AllRights())
			w.do("banChatMember", w.about(object{"until_date": w.Now().Add(time.Hour).Unix()}))
			w.is(w.group.Status(w.ben).Until.IsZero(), true)
		}},
		{"unbanChatMember without only_if_banned removes a present member", func(w *world) {
			w.do("unbanChatMember", w.about(object{"only_if_banned": true}))
			w.is(w.group.Status(w.ben).In, true)
			w.do("unbanChatMember", w.about(nil))
			w.is(w.group.Status(w.ben).In, false)
		}},
		{"restrictChatMember: supergroups only", func(w *world) {
			w.group = w.NewGroup("Small", w.owner)
			w.group.Add(w.ben, w.bot)
			w.group.Promote(w.bot, tgsim.AllRights())
			w.refused("restrictChatMember", w.about(object{"permissions": object{}}), "Bad Request: method is available only for supergroups")
		}},
		{"it needs can_restrict_members", func(w *world) {
			w.group.Promote(w.bot, tgsim.Rights{DeleteMessages: true})
			w.refused("restrictChatMember", w.about(object{"permissions": object{}}), "Bad Request: not enough rights to restrict/unrestrict chat member")
		}},
		{"acting on an admin fails", func(w *world) {
			w.group.Promote(w.ben, tgsim.Rights{})
			w.refused("banChatMember", w.about(nil), "Bad Request: user is an administrator of the chat")
		}},
		{"three ids stand for others and are never to be banned", func(w *world) {
			for _, stand := range []int{tgsim.GroupAnonymousBotID, tgsim.ChannelBotID, tgsim.TelegramID} {
				w.refused("banChatMember", object{"chat_id": w.group.ID(), "user_id": stand}, "Bad Request: PARTICIPANT_ID_INVALID")
			}
		}},
		{"banChatSenderChat: its owner cannot post as any of their channels there", func(w *world) {
			one, two := w.NewChannel("One", w.ben), w.NewChannel("Two", w.ben)
			w.do("banChatSenderChat", object{"chat_id": w.group.ID(), "sender_chat_id": one.ID()})
			if _, err := w.ben.Send(w.group, "x", tgsim.AsChannel(two)); err == nil {
				w.t.Error("Ben posts as another channel")
			}
			w.send(w.ben, "as himself")
		}},
		{"getChatMember can fail at random with PARTICIPANT_ID_INVALID", func(w *world) {
			w.Fail(tgsim.Fault{Kind: tgsim.Refuse, Method: "getChatMember", Description: "PARTICIPANT_ID_INVALID"})
			w.refused("getChatMember", w.about(nil), "Bad Request: PARTICIPANT_ID_INVALID")
			w.do("getChatMember", w.about(nil))
		}},
		{"statuses: creator, administrator, member, restricted, left, kicked", func(w *world) {
			status := func(u tgsim.Account) any {
				return dig(w.ask("getChatMember", object{"chat_id": w.group.ID(), "user_id": u.ID()}), "status")
			}
			w.is(status(w.owner), "creator")
			w.is(status(w.bot), "administrator")
			w.is(status(w.anna), "member")
			w.group.Restrict(w.anna, tgsim.Permissions{}, time.Time{})
			w.is(status(w.anna), "restricted")
			w.group.Leave(w.ben)
			w.is(status(w.ben), "left")
			w.group.Kick(w.ben)
			w.is(status(w.ben), "kicked")
		}},
		{"restricted: look at is_member", func(w *world) {
			w.group.Restrict(w.ben, tgsim.Permissions{}, time.Time{})
			w.group.Leave(w.ben)
			got := w.ask("getChatMember", w.about(nil))
			w.is(dig(got, "status"), "restricted")
			w.is(dig(got, "is_member"), false)
		}},
		{"getChatAdministrators leaves out other bots unless return_bots", func(w *world) {
			other := w.AddBot("OtherBot", "Other", tgsim.Unattended())
			w.group.Add(other)
			w.group.Promote(other, tgsim.AllRights())
			count := func(args object) int {
				var all []any
				decode(w.do("getChatAdministrators", args), &all)
				return len(all)
			}
			w.is(count(object{"chat_id": w.group.ID()}), 2)
			w.is(count(object{"chat_id": w.group.ID(), "return_bots": true}), 3)
		}},
	})
}

// Facts, section 3, permissions.
func TestFactsOfPermissions(t *testing.T) {
	restrict := func(w *world, given object, independent bool) tgsim.Permissions {
		w.do("restrictChatMember", w.about(object{"permissions": given, "use_independent_chat_permissions": independent}))
		return w.group.Status(w.ben).Permissions
	}
	all := func() object {
		given := object{}
		for _, name := range []string{
			"can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes", "can_send_voice_notes",
			"can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
			"can_pin_messages", "can_manage_topics",
		} {
			given[name] = true
		}
		return given
	}
	hold(t, tgsim.Options{}, []fact{
		{"omitted fields count as false, but reacting follows text, and tags and topics follow pinning", func(w *world) {
			w.is(restrict(w, object{"can_send_messages": true, "can_pin_messages": true}, true),
				tgsim.Permissions{SendMessages: true, ReactToMessages: true, PinMessages: true, EditTag: true, ManageTopics: true})
		}},
		{"without use_independent_chat_permissions others and previews switch on text and all media, polls text", func(w *world) {
			got := restrict(w, object{"can_send_other_messages": true}, false)
			w.is(got.SendMessages && got.SendAudios && got.SendDocuments && got.SendPhotos && got.SendVideos && got.SendVideoNotes && got.SendVoiceNotes, true)
			w.is(got.SendPolls, false)
			got = restrict(w, object{"can_send_polls": true}, false)
			w.is(got.SendMessages && !got.SendPhotos, true)
		}},
		{"with it, each is by itself", func(w *world) {
			w.is(restrict(w, object{"can_send_photos": true}, true), tgsim.Permissions{SendPhotos: true})
		}},
		{"to lift: send all permissions true; the chat's own defaults still apply", func(w *world) {
			restrict(w, object{}, true)
			w.group.SetPermissions(tgsim.Permissions{SendMessages: true})
			w.is(restrict(w, all(), true), tgsim.Permissions{SendMessages: true})
			w.is(w.group.Status(w.ben).Status, tgsim.Member)
		}},
		{"rights to media taken by hand keep those media alone from being sent", func(w *world) {
			p := tgsim.AllPermissions()
			p.SendPhotos = false
			w.group.Restrict(w.ben, p, time.Time{})
			if _, err := w.ben.Send(w.group, "x", tgsim.WithPhoto()); err == nil {
				w.t.Error("Ben sent a photo")
			}
			w.send(w.ben, "words")
			got := w.ask("getChatMember", w.about(nil))
			w.is(dig(got, "can_send_photos"), false)
			w.is(dig(got, "can_send_messages"), true)
			w.is(dig(got, "until_date"), 0.0)
		}},
		{"12 of the 18 administrator rights are always present", func(w *world) {
			rights := w.ask("getMyDefaultAdministratorRights", nil).(object)
			w.is(len(rights) >= 12, true)
			_, there := rights["can_send_welcome_messages"]
			w.is(there, true)
		}},
	})
}
