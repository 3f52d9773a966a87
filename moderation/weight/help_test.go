package weight_test

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// noon is when most tests take place.
var noon = weighttest.Noon

const day = 24 * time.Hour
