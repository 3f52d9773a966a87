package simulate

import "math"

// Rate is how often something happened.
type Rate struct{ Hits, Of int }

// Value is the part, 0 of nothing.
func (r Rate) Value() float64 {
	if r.Of == 0 {
		return 0
	}
	return float64(r.Hits) / float64(r.Of)
}

// Interval is what the part is with 95 % confidence (Wilson, "Probable Inference, the Law of Succession, and
// Statistical Inference", 1927): unlike the usual one it says something where nothing happened.
func (r Rate) Interval() (low, high float64) {
	if r.Of == 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	n, p := float64(r.Of), r.Value()
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, min(p, middle-half)), min(1, max(p, middle+half)) // rounding must not leave p outside
}

func (r *Rate) count(hit bool) {
	r.Of++
	if hit {
		r.Hits++
	}
}

func (r *Rate) add(o Rate) {
	r.Hits += o.Hits
	r.Of += o.Of
}
