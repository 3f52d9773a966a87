package ops

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what the bot does. All methods may be called at any time from
// anywhere; each costs well under a microsecond.
type Metrics struct {
	registry       *prometheus.Registry
	updates        *prometheus.HistogramVec
	updateErrors   *prometheus.CounterVec
	telegram       *prometheus.HistogramVec
	telegramErrors *prometheus.CounterVec
	cases          *prometheus.CounterVec
	decision       prometheus.Histogram
	jobs           *prometheus.HistogramVec
	jobErrors      *prometheus.CounterVec
	logFailures    prometheus.Counter
	dropped        prometheus.Counter
	overBudget     *prometheus.CounterVec
	filesNotKept   *prometheus.CounterVec
}

// Handling an update takes from a tenth of a millisecond to a slow disk's second, and a call to
// Telegram as long as the network. A decision takes as long as people need. A job takes from nothing
// to what a hundred thousand groups need.
var (
	updateBuckets   = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .1, .5, 2.5}
	telegramBuckets = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
	decisionBuckets = []float64{10, 30, 60, 120, 300, 600, 1800, 3600, 3 * 3600, 12 * 3600, 24 * 3600, 7 * 24 * 3600}
	jobBuckets      = []float64{.001, .01, .1, 1, 10, 60, 600}
)

// NewMetrics starts all counts at zero, in a registry of its own. The three words
// say which program this is.
func NewMetrics(version, commit, goVersion string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		updates: histogramVec("update_duration_seconds",
			"Time to handle an update from Telegram, until its effects are committed.", updateBuckets, "kind"),
		updateErrors: counterVec("update_errors_total",
			"Updates whose handling failed.", "kind"),
		telegram: histogramVec("telegram_call_duration_seconds",
			"Time a call to the Bot API took, failed ones included.", telegramBuckets, "method"),
		telegramErrors: counterVec("telegram_errors_total",
			"Calls to the Bot API that failed, by what went wrong.", "method", "kind"),
		cases: counterVec("cases_total",
			"Cases closed, by outcome.", "outcome"),
		decision: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: namespace, Name: "decision_duration_seconds",
			Help: "Time from the first report of a message to the decision.", Buckets: decisionBuckets,
		}),
		jobs: histogramVec("job_duration_seconds",
			"Time a job that runs by itself took, failed ones included.", jobBuckets, "task"),
		jobErrors: counterVec("job_errors_total",
			"Jobs that failed. Each runs again at its next time.", "task"),
		overBudget: counterVec("updates_over_budget_total",
			"Commands, presses and private messages that were not handled because one person sent too many.", "kind"),
		filesNotKept: counterVec("files_not_kept_total",
			"Times that a file of a reported message was not kept for want of space, by what was used up.", "why"),
		logFailures: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Name: "message_log_failures_total",
			Help: "Times that the index of recent messages could not be written in the background. It is tried again.",
		}),
		dropped: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Name: "inbox_dropped_total",
			Help: "Presses of buttons that were dropped because the inbox was full. Whoever pressed was told.",
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Always 1; the labels say which build this is.",
		ConstLabels: prometheus.Labels{"version": version, "commit": commit, "go": goVersion},
	})
	build.Set(1)
	m.registry.MustRegister(m.updates, m.updateErrors, m.telegram, m.telegramErrors, m.cases, m.decision, m.jobs, m.jobErrors, m.logFailures, m.dropped, m.overBudget, m.filesNotKept, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

const namespace = "ostrakon"

func histogramVec(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, labels)
}

func counterVec(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// Update counts one update of a kind ("message", "callback_query"), how long it
// took and whether it failed.
func (m *Metrics) Update(kind string, took time.Duration, err error) {
	m.updates.WithLabelValues(kind).Observe(took.Seconds())
	if err != nil {
		m.updateErrors.WithLabelValues(kind).Inc()
	}
}

// Telegram counts one call of a method of the Bot API. kind is empty if it went
// well, else a word for what went wrong ("429", "network"), never a description.
func (m *Metrics) Telegram(method, kind string, took time.Duration) {
	m.telegram.WithLabelValues(method).Observe(took.Seconds())
	if kind != "" {
		m.telegramErrors.WithLabelValues(method, kind).Inc()
	}
}

// Case counts one case that has ended, by its outcome ("upheld", "expired").
func (m *Metrics) Case(outcome string) {
	m.cases.WithLabelValues(outcome).Inc()
}

// Decision notes the time from a case's first report to its decision.
func (m *Metrics) Decision(took time.Duration) {
	m.decision.Observe(took.Seconds())
}

// Job counts one run of a job, how long it took and whether it failed.
func (m *Metrics) Job(name string, took time.Duration, err error) {
	m.jobs.WithLabelValues(name).Observe(took.Seconds())
	if err != nil {
		m.jobErrors.WithLabelValues(name).Inc()
	}
}

// MessageLogFailed counts one failure of the message log in the background.
func (m *Metrics) MessageLogFailed() { m.logFailures.Inc() }

// PressDropped counts one press that was dropped because the inbox was full.
func (m *Metrics) PressDropped() { m.dropped.Inc() }

// OverBudget counts one update that was not handled because its sender sent too many, by what it was ("press").
func (m *Metrics) OverBudget(kind string) { m.overBudget.WithLabelValues(kind).Inc() }

// FileNotKept counts a file that was not kept as evidence; why is one word for what was used up.
func (m *Metrics) FileNotKept(why string) { m.filesNotKept.WithLabelValues(why).Inc() }

// ServeHTTP answers a scrape. A gauge that cannot be read is left out; the rest
// is served.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError,
		Timeout:       scrapeTimeout,
	}).ServeHTTP(w, r)
}

const scrapeTimeout = 10 * time.Second
