package weight_test

import (
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// noon is when most tests take place.
var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func drawSide(t *rapid.T) weight.Side {
	return rapid.SampledFrom([]weight.Side{weight.Breaks, weight.Fine}).Draw(t, "side")
}
