package cli

import (
	"bytes"
	"encoding/csv"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// simulateOnce runs the command, as small as it can be.
func simulateOnce(t *testing.T, args ...string) string {
	t.Helper()
	cmd := simulateCommand()
	var out, status bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&status)
	cmd.SetArgs(append([]string{"--quick", "--restarts=0", "--climbs=0", "--cases=20", "--groups=1", "--repeat=2", "--members=40"}, args...))
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if status.Len() > 0 {
		t.Errorf("what is no terminal got a progress bar: %q", status.String())
	}
	return out.String()
}

func TestSimulate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	args := []string{"--out", dir}
	for _, name := range []string{"flood 10", "practised", "sleepers", "thresholds", "jury, packed 5", "quiet", "summons"} { // of which there are pictures
		args = append(args, "--scenario", name)
	}
	table := simulateOnce(t, args...)
	for _, want := range []string{"sleepers apart", "full engine", "Discourse", "95 % confidence"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table says nothing of %q:\n%s", want, table)
		}
	}
	for _, name := range []string{"results.csv", "votes.csv"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll(); err != nil || len(lines) < 2 {
			t.Errorf("%s: %d lines, %v", name, len(lines), err)
		}
	}
	for _, name := range []string{"wrongful.png", "caught.png", "votes.png", "minutes.png", "rounds.png", "threshold.png", "jurors.png", "quiet.png", "summons.png"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(b)); err != nil || len(b) > 60_000 {
			t.Errorf("%s: %d bytes, %v", name, len(b), err)
		}
	}
}

func TestSimulateRefuses(t *testing.T) {
	t.Parallel()
	for _, arg := range []string{"--threshold=1", "--members=7", "--turnout=2", "--repeat=0", "--quorum=99", "--response=2", "--scenario=none"} {
		cmd := simulateCommand()
		cmd.SetArgs([]string{arg})
		cmd.SilenceUsage, cmd.SilenceErrors = true, true
		if err := cmd.ExecuteContext(t.Context()); err == nil {
			t.Errorf("%s was accepted", arg)
		}
	}
}
