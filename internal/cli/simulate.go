package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/ostrakon-bot/ostrakon/internal/simulate"
)

// simulateCommand simulates groups under attack, and compares several ways to decide.
func simulateCommand() *cobra.Command {
	var dir string
	var quick bool
	var names []string
	p := simulate.DefaultParams()
	cmd := &cobra.Command{
		Use: "simulate", Short: "Try a policy on simulated groups, honest and attacked", Args: noArgs,
		Long: "Plays simulated groups, honest and attacked, under the full engine and under simpler ways to decide.\n" +
			"What is assumed of people, and what comes out, stands in docs/decision-engine.md.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if quick {
				p = quickly(p, cmd.Flags().Changed)
			}
			if err := p.Validate(); err != nil {
				return err
			}
			scenarios, err := chosen(simulate.Scenarios(p), names)
			if err != nil {
				return err
			}
			return simulated(cmd.Context(), p, scenarios, dir, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.Uint64Var(&p.Seed, "seed", p.Seed, "the same seed gives the same results")
	f.IntVar(&p.Members, "members", p.Members, "active members of a group, 8 to 2000")
	f.IntVar(&p.Cases, "cases", p.Cases, "about how many cases a group has in everyday life")
	f.IntVar(&p.Groups, "groups", p.Groups, "groups in everyday life")
	f.IntVar(&p.Repeat, "repeat", p.Repeat, "groups of each attack")
	f.Float64Var(&p.Turnout, "turnout", p.Turnout, "part of the members who vote on a message")
	f.IntVar(&p.Attackers, "attackers", p.Attackers, "accounts that attack together")
	f.IntVar(&p.Restarts, "restarts", p.Restarts, "strategies of chance that attackers try before they attack")
	f.IntVar(&p.Climbs, "climbs", p.Climbs, "small changes of the best of them that they try")
	f.DurationVar(&p.Spread, "spread", p.Spread, "how long it takes all of them to vote")
	f.IntVar(&p.Policy.Threshold, "threshold", p.Policy.Threshold, "score that decides; 0 follows the size of the group")
	f.IntVar(&p.Policy.Quorum, "quorum", p.Policy.Quorum, "voices an upheld case needs")
	f.DurationVar(&p.Policy.Window, "window", p.Policy.Window, "how long a case stays open")
	f.Float64Var(&p.Response, "response", p.Response, "part of the jurors who answer, where no row says otherwise")
	f.StringArrayVar(&names, "scenario", nil, "only scenarios whose names begin so (default: all)")
	f.BoolVar(&quick, "quick", false, "fewer and calmer groups, as in the tests")
	f.StringVar(&dir, "out", "", "folder for table.txt, results.csv, votes.csv and pictures (default: none are written)")
	return cmd
}

// quickly returns smaller parameters. Those that the command line gives stay.
func quickly(p simulate.Params, given func(flag string) bool) simulate.Params {
	q := simulate.QuickParams()
	p.Innocent, p.Offences, p.Train = q.Innocent, q.Offences, q.Train
	for name, set := range map[string]func(){
		"cases":    func() { p.Cases = q.Cases },
		"groups":   func() { p.Groups = q.Groups },
		"repeat":   func() { p.Repeat = q.Repeat },
		"restarts": func() { p.Restarts = q.Restarts },
		"climbs":   func() { p.Climbs = q.Climbs },
	} {
		if !given(name) {
			set()
		}
	}
	return p
}

// chosen are the scenarios whose names begin with one of some; without any, all.
func chosen(all []simulate.Scenario, names []string) ([]simulate.Scenario, error) {
	if len(names) == 0 {
		return all, nil
	}
	var some []simulate.Scenario
	for _, s := range all {
		if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(s.Name, name) }) {
			some = append(some, s)
		}
	}
	if len(some) == 0 {
		return nil, fmt.Errorf("there is no scenario whose name begins with %s", strings.Join(names, " or "))
	}
	return some, nil
}

func simulated(ctx context.Context, p simulate.Params, scenarios []simulate.Scenario, dir string, out, status io.Writer) error {
	search := progress(status, len(scenarios), "searches for the best attack")
	err := simulate.Adapt(ctx, p, scenarios, func() { _ = search.Add(1) })
	_ = search.Finish()
	if err != nil {
		return err
	}
	bar := progress(status, simulate.Groups(scenarios), "groups")
	results, err := simulate.Run(ctx, p, scenarios, simulate.Policies(), func() { _ = bar.Add(1) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	var table bytes.Buffer
	if err := simulate.WriteTable(&table, scenarios, results); err != nil {
		return err
	}
	fmt.Fprint(out, table.String())
	if dir == "" {
		return nil
	}
	return files(dir, table.Bytes(), results)
}

// progress shows a bar on a terminal, and nothing elsewhere. It counts groups or rows.
func progress(w io.Writer, total int, what string) *progressbar.ProgressBar {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return progressbar.DefaultSilent(int64(total))
	}
	return progressbar.NewOptions(total,
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond),
	)
}

// files writes tables and pictures.
func files(dir string, table []byte, results []simulate.Result) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var all, votes bytes.Buffer
	if err := simulate.WriteCSV(&all, results); err != nil {
		return fmt.Errorf("results.csv: %w", err)
	}
	if err := simulate.WriteVotesCSV(&votes, results); err != nil {
		return fmt.Errorf("votes.csv: %w", err)
	}
	pictures, err := simulate.Pictures(results)
	if err != nil {
		return err
	}
	contents := map[string][]byte{"table.txt": table, "results.csv": all.Bytes(), "votes.csv": votes.Bytes()}
	for _, pic := range pictures {
		contents[pic.Name] = pic.PNG
	}
	for name, b := range contents {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
