package wire

import "slices"

// permissions are the fields of ChatPermissions in Bot API 10.3.
var permissions = []string{
	"can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
	"can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
	"can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
	"can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
}

// beyondWords are the permissions to send anything but text.
var beyondWords = []string{
	"can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
	"can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews",
}

// Permissions returns a new map with every permission set to allowed. Change single
// ones and pass it to [RestrictTo].
func Permissions(allowed bool) map[string]bool {
	all := make(map[string]bool, len(permissions))
	for _, name := range permissions {
		all[name] = allowed
	}
	return all
}

// PermissionsBut allows every permission except those named.
func PermissionsBut(denied ...string) map[string]bool {
	all := Permissions(true)
	for _, name := range denied {
		all[name] = false
	}
	return all
}

// PermissionNames are all permissions that Telegram knows, sorted.
func PermissionNames() []string { return slices.Sorted(slices.Values(permissions)) }

// BeyondWords are the permissions to send anything but text, sorted.
func BeyondWords() []string { return slices.Sorted(slices.Values(beyondWords)) }
