package ops

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// WatchInbox adds two gauges: how many updates wait in the inbox for this process, and for how long the oldest has waited (zero if
// none does). They are read at every scrape. It must be called at most once.
func (m *Metrics) WatchInbox(read func() (depth int, oldest time.Duration)) {
	gauge := func(name, help string, value func() float64) prometheus.GaugeFunc {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, value)
	}
	m.registry.MustRegister(
		gauge("inbox_depth", "Updates from Telegram that are confirmed and wait to be handled.", func() float64 {
			depth, _ := read()
			return float64(depth)
		}),
		gauge("inbox_oldest_seconds", "How long the oldest waiting update has waited.", func() float64 {
			_, oldest := read()
			return oldest.Seconds()
		}),
	)
}
