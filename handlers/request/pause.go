package request

import (
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// ReadPause reads how long a pause is to be, 0 if it is to end. It says false for what is not allowed.
func ReadPause(typed string) (time.Duration, bool) {
	if strings.EqualFold(typed, settings.Off) {
		return 0, true
	}
	length, err := ladder.ParseDuration(typed)
	return length, err == nil && length >= moderation.MinPause && length <= moderation.MaxPause
}
