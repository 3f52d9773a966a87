package simulate

import "testing"

// As Discourse's source computes it: nothing up to five flags, the middle at 70 %.
func TestAccuracyBonus(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		agreed, refused int
		want            float64
	}{
		{5, 0, 0}, {0, 5, 0}, {6, 0, 6.46}, {7, 3, 0}, {10, 0, 8.3}, {0, 10, -8.3}, {35, 65, -8.3}, {85, 15, 8.3},
	} {
		if got := accuracyBonus(test.agreed, test.refused); got != test.want {
			t.Errorf("%d agreed, %d not: got %g, want %g", test.agreed, test.refused, got, test.want)
		}
	}
}
