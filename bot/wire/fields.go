package wire

// mediaField says how Telegram calls a medium and whether it is a file.
type mediaField struct {
	media string
	file  bool
}

// mediaFields are the fields of Message, in Bot API 10.3, that hold media.
var mediaFields = func() map[string]mediaField {
	fields := map[string]mediaField{}
	for _, name := range []string{
		"animation", "audio", "document", "live_photo", "photo", "sticker", "video", "video_note", "voice",
	} {
		fields[name] = mediaField{name, true}
	}
	for _, name := range []string{
		"paid_media", "story", "checklist", "contact", "dice", "game", "poll", "venue", "location",
		"invoice", "giveaway", "giveaway_winners",
	} {
		fields[name] = mediaField{name, false}
	}
	return fields
}()

// otherServices are the fields of service messages that the bot does not tell apart. In
// Bot API 10.3 these are the ones from chat_owner_left on, without those that have a case
// of their own and those that people write.
var otherServices = func() map[string]bool {
	fields := map[string]bool{}
	for _, name := range []string{
		"chat_owner_left", "chat_owner_changed", "new_chat_title", "new_chat_photo", "delete_chat_photo",
		"group_chat_created", "supergroup_chat_created", "channel_chat_created", "message_auto_delete_timer_changed",
		"pinned_message", "successful_payment", "refunded_payment", "users_shared", "chat_shared", "gift",
		"unique_gift", "gift_upgrade_sent", "connected_website", "write_access_allowed", "passport_data",
		"proximity_alert_triggered", "boost_added", "chat_background_set", "checklist_tasks_done",
		"checklist_tasks_added", "community_chat_added", "community_chat_joined", "community_chat_removed",
		"direct_message_price_changed", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
		"general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed",
		"managed_bot_created", "paid_message_price_changed", "poll_option_added", "poll_option_deleted",
		"suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined",
		"suggested_post_paid", "suggested_post_refunded", "video_chat_scheduled", "video_chat_started",
		"video_chat_ended", "video_chat_participants_invited", "web_app_data",
	} {
		fields[name] = true
	}
	return fields
}()
