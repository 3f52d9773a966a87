package simulate_test

import (
	"math"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/simulate"
)

// The values are those of Newcombe, "Two-Sided Confidence Intervals for the Single Proportion", 1998, table I,
// method 3.
func TestWilson(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rate      simulate.Rate
		low, high float64
	}{
		{simulate.Rate{Hits: 81, Of: 263}, 0.2553, 0.3662},
		{simulate.Rate{Hits: 15, Of: 148}, 0.0624, 0.1605},
		{simulate.Rate{Hits: 0, Of: 20}, 0, 0.1611},
		{simulate.Rate{Hits: 1, Of: 29}, 0.0061, 0.1718},
		{simulate.Rate{Hits: 20, Of: 20}, 0.8389, 1},
		{simulate.Rate{}, 0, 1},
	} {
		low, high := test.rate.Interval()
		if math.Abs(low-test.low) > 5e-5 || math.Abs(high-test.high) > 5e-5 {
			t.Errorf("%+v: got %.4f to %.4f, want %.4f to %.4f", test.rate, low, high, test.low, test.high)
		}
	}
}
