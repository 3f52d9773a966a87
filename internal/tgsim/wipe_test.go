package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// The app of somebody who is offline does not hear that what only they see was deleted.
func TestEphemeralMessageStaysWithWhoIsOffline(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	for _, offline := range []bool{false, true} {
		sent := w.whisper(object{"text": "Reported."})
		w.anna.SetOffline(offline)
		gone := object{"chat_id": w.group.ID(), "receiver_user_id": w.anna.ID(), "ephemeral_message_id": id(sent["ephemeral_message_id"])}
		w.do("deleteEphemeralMessage", gone)
		if there := w.anna.Find(w.group, "Reported.") != nil; there != offline {
			t.Errorf("offline %t: still shown %t", offline, there)
		}
		w.refused("deleteEphemeralMessage", gone, "Bad Request: message to delete not found")
	}
}
