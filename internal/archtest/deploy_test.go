package archtest

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
)

// What operators copy from deploy/ and docs/ must fit the program: a key, a metric or a place in a page that is not
// there is found out at 3 a.m.

var (
	envName    = regexp.MustCompile(`\bOSTRAKON_[A-Z_]+\b`)
	metricName = regexp.MustCompile(`\b(?:ostrakon|process|go)_[a-z_]+\b`)
	link       = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading    = regexp.MustCompile(`(?m)^#{1,6} +(.+)$`)
	fence      = regexp.MustCompile("(?s)```.*?```")
)

// readAll reads the files that fit a pattern.
func readAll(t *testing.T, patterns ...string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, p := range patterns {
		names, err := filepath.Glob(p)
		if err != nil || len(names) == 0 {
			t.Fatalf("nothing fits %s: %v", p, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = string(text)
		}
	}
	return files
}

func TestVariablesInDeployAndPagesExist(t *testing.T) {
	t.Parallel()
	known := config.Variables
	for name, text := range readAll(t, "deploy/*", "docs/*.md", "README.md", "Dockerfile", "config.example.yaml") {
		for _, v := range envName.FindAllString(text, -1) {
			if v != "OSTRAKON_" && !slices.Contains(known, v) && !strings.HasPrefix(v, "OSTRAKON_TEST") && !strings.HasPrefix(v, "OSTRAKON_CHAOS") {
				t.Errorf("%s names %s, which is no variable of the program", name, v)
			}
		}
	}
}

func TestMetricsInDeployAndPagesExist(t *testing.T) {
	t.Parallel()
	m := ops.NewMetrics("v", "c", "go")
	m.Update("message", time.Millisecond, os.ErrInvalid)
	m.Telegram("sendMessage", "429", time.Millisecond)
	m.Case("upheld")
	m.OverBudget("press")
	m.Job("tidy up", time.Millisecond, os.ErrInvalid)
	m.WatchInbox(func() (int, time.Duration) { return 0, 0 })
	m.FileNotKept("disk")
	m.WatchFiles(func(context.Context) (kept, limit, free int64, err error) { return 1, 2, 3, nil })
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	served := w.Body.String() + "ostrakon_outbox_depth ostrakon_outbox_oldest_seconds "
	for name, text := range readAll(t, "deploy/grafana.json", "deploy/alerts.yaml", "docs/operat*.md", "README.md") {
		for _, found := range metricName.FindAllString(text, -1) {
			if !regexp.MustCompile(`\b`+found+`[ {]`).MatchString(served) && !strings.Contains(served, "# TYPE "+found+" ") {
				t.Errorf("%s names %s, which nobody measures", name, found)
			}
		}
	}
}

func TestDashboardAndAlertsAreWhole(t *testing.T) {
	t.Parallel()
	var board struct {
		Title  string
		Panels []struct {
			Type, Title, Description string
			Targets                  []struct{ Expr string }
		}
	}
	files := readAll(t, "deploy/grafana.json", "deploy/alerts.yaml", "docs/operations.md", "deploy/compose.yaml")
	if err := json.Unmarshal([]byte(files["deploy/grafana.json"]), &board); err != nil {
		t.Fatal(err)
	}
	for _, p := range board.Panels {
		if p.Type != "row" && (len(p.Targets) == 0 || p.Description == "") {
			t.Errorf("the panel %q shows nothing, or does not say what", p.Title)
		}
	}
	var alerts struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(files["deploy/alerts.yaml"]), &alerts); err != nil {
		t.Fatal(err)
	}
	for _, r := range alerts.Groups[0].Rules {
		if !strings.Contains(files["docs/operations.md"], "\n### "+r.Alert+"\n") {
			t.Errorf("docs/operations.md does not say what to do about %s", r.Alert)
		}
		if !strings.HasSuffix(r.Annotations["runbook_url"], "docs/operations.md#"+strings.ToLower(r.Alert)) {
			t.Errorf("%s does not link to what to do", r.Alert)
		}
	}
	var compose struct {
		Services map[string]struct {
			Image  string
			Deploy struct{ Replicas int }
		}
	}
	if err := yaml.Unmarshal([]byte(files["deploy/compose.yaml"]), &compose); err != nil {
		t.Fatal(err)
	}
	if n := compose.Services["ostrakon"].Deploy.Replicas; n < 2 {
		t.Errorf("compose.yaml starts %d replicas", n)
	}
}

// service is what the compose file for one machine says of a container.
type service struct {
	Restart     string
	ReadOnly    bool     `yaml:"read_only"`
	CapDrop     []string `yaml:"cap_drop"`
	SecurityOpt []string `yaml:"security_opt"`
	Environment map[string]string
	Volumes     []string
	Ports       []string
	Command     []string
	Network     string `yaml:"network_mode"`
}

// On one machine the containers may write to their volumes alone, the key has one of its own, and backups are made without it.
func TestOneMachineIsConfined(t *testing.T) {
	t.Parallel()
	files := readAll(t, "deploy/compose.sqlite.yaml", "Dockerfile")
	var compose struct {
		Services map[string]service
		Volumes  map[string]any
	}
	if err := yaml.Unmarshal([]byte(files["deploy/compose.sqlite.yaml"]), &compose); err != nil {
		t.Fatal(err)
	}
	for name, s := range compose.Services {
		if s.Restart != "unless-stopped" || !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") || len(s.Ports) > 0 {
			t.Errorf("%s is not confined, or does not start again: %+v", name, s)
		}
	}
	bot, backup := compose.Services["ostrakon"], compose.Services["backup"]
	if !slices.Equal(bot.Volumes, []string{"data:/data", "key:/key"}) {
		t.Errorf("the bot has the volumes %v", bot.Volumes)
	}
	if len(backup.Environment) > 0 || backup.Network != "none" || strings.Contains(strings.Join(backup.Volumes, " "), "key") || !slices.Contains(backup.Command, "--every") {
		t.Errorf("backups are made with more than they need: %+v", backup)
	}
	named := regexp.MustCompile(`^(?:\$\{[A-Z_]+:-)?([a-z]+)\}?:/[a-z]+$`)
	for _, v := range slices.Concat(bot.Volumes, backup.Volumes) {
		m := named.FindStringSubmatch(v)
		if m == nil {
			t.Errorf("%s is no volume with a name", v)
		} else if _, ok := compose.Volumes[m[1]]; !ok {
			t.Errorf("there is no volume %s", m[1])
		}
	}
	for _, line := range []string{"ENV OSTRAKON_STORAGE_DSN=sqlite:/data/ostrakon.db", "ENV OSTRAKON_PRIVACY_KEY_FILE=/key/ostrakon.key", "VOLUME /data", "VOLUME /key"} {
		if !strings.Contains(files["Dockerfile"], "\n"+line+"\n") {
			t.Errorf("the Dockerfile does not say %q", line)
		}
	}
}

// An action is named by its commit, which nobody can move, and by default a job may only read.
func TestWorkflowsArePinned(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^(actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+|\./\.github/workflows/ci\.yml)$`)
	for name, text := range readAll(t, ".github/workflows/*.yml") {
		if !strings.Contains(text, "\npermissions:\n  contents: read\n\n") {
			t.Errorf("%s may do more than read", name)
		}
		for _, m := range regexp.MustCompile(`uses: (.+)`).FindAllStringSubmatch(text, -1) {
			if !pinned.MatchString(m[1]) {
				t.Errorf("%s uses %s", name, m[1])
			}
		}
	}
}

// Pages link to what is there, down to the heading.
func TestLinksInPagesLead(t *testing.T) {
	t.Parallel()
	pages := readAll(t, "*.md", "docs/*.md", "docs/adr/*.md")
	for name, text := range pages {
		for _, m := range link.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			to, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, ":") {
				continue // elsewhere
			}
			path := name
			if to != "" {
				path = filepath.Join(filepath.Dir(name), to)
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s links to %s, which is not there", name, m[1])
				continue
			}
			if anchor != "" && !slices.Contains(anchors(pages[path]), anchor) {
				t.Errorf("%s links to %s, which has no such heading", name, m[1])
			}
		}
	}
}

// anchors are the names that GitHub gives to a page's headings.
func anchors(page string) (names []string) {
	for _, h := range heading.FindAllStringSubmatch(fence.ReplaceAllString(page, ""), -1) {
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 127:
				return r
			}
			return -1
		}, strings.ToLower(h[1]))
		names = append(names, name)
	}
	return names
}
