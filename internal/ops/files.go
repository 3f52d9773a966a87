package ops

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

// Files reads how many bytes files of evidence take up, how many they may, and how many are free on the disk of the database;
// -1 if that is not known. It is asked at every scrape.
type Files func(context.Context) (kept, limit, free int64, err error)

// WatchFiles adds the gauges. It must be called at most once.
func (m *Metrics) WatchFiles(read Files) {
	m.registry.MustRegister(filesCollector{
		read:  read,
		kept:  prometheus.NewDesc("ostrakon_evidence_bytes", "What files of reported messages take up.", nil, nil),
		limit: prometheus.NewDesc("ostrakon_evidence_limit_bytes", "What they may take up (storage.evidence_limit).", nil, nil),
		free:  prometheus.NewDesc("ostrakon_disk_free_bytes", "What is free on the disk of the database, and inside the database. With PostgreSQL there is none.", nil, nil),
	})
}

// filesCollector asks once for all numbers, so that they agree.
type filesCollector struct {
	read              Files
	kept, limit, free *prometheus.Desc
}

// Describe names the gauges.
func (c filesCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- c.kept
	ch <- c.limit
	ch <- c.free
}

// Collect reads them.
func (c filesCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout/2)
	defer cancel()
	kept, limit, free, err := c.read(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(c.kept, err)
		return
	}
	ch <- prometheus.MustNewConstMetric(c.kept, prometheus.GaugeValue, float64(kept))
	ch <- prometheus.MustNewConstMetric(c.limit, prometheus.GaugeValue, float64(limit))
	if free >= 0 {
		ch <- prometheus.MustNewConstMetric(c.free, prometheus.GaugeValue, float64(free))
	}
}
