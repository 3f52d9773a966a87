package ops

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Outbox reads how many calls wait to be delivered and for how long the oldest
// of them has waited (zero if none). It is asked at every scrape.
type Outbox func(context.Context) (depth int, oldest time.Duration, err error)

// WatchOutbox adds the two gauges. It must be called at most once.
func (m *Metrics) WatchOutbox(read Outbox) {
	m.registry.MustRegister(outboxCollector{
		read:   read,
		depth:  prometheus.NewDesc("ostrakon_outbox_depth", "Calls to Telegram that wait to be delivered.", nil, nil),
		oldest: prometheus.NewDesc("ostrakon_outbox_oldest_seconds", "How long the oldest waiting call has waited.", nil, nil),
	})
}

// outboxCollector asks once for both numbers, so that they agree.
type outboxCollector struct {
	read          Outbox
	depth, oldest *prometheus.Desc
}

// Describe names the gauges.
func (c outboxCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- c.depth
	ch <- c.oldest
}

// Collect reads them.
func (c outboxCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout/2)
	defer cancel()
	depth, oldest, err := c.read(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(c.depth, err)
		return
	}
	ch <- prometheus.MustNewConstMetric(c.depth, prometheus.GaugeValue, float64(depth))
	ch <- prometheus.MustNewConstMetric(c.oldest, prometheus.GaugeValue, oldest.Seconds())
}
