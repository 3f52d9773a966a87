package storage

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// activeDays is for how many days it is known who wrote.
const activeDays = int64(moderation.ActiveFor / (24 * time.Hour))
