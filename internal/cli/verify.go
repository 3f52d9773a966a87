package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// verifyCommand checks receipts, checkpoints, proofs and exported ledgers. It needs no database and no configuration.
func verifyCommand() *cobra.Command {
	var key string
	cmd := &cobra.Command{
		Use: "verify FILE...", Short: "Check receipts, checkpoints and exported ledgers", Args: someFiles,
		RunE: func(cmd *cobra.Command, args []string) error { return verify(cmd.OutOrStdout(), key, args) },
	}
	cmd.Flags().StringVar(&key, "key", "", "the ledger's public key, as “ostrakon check” shows it (default: the one in the files)")
	return cmd
}

// maxProof limits a file that is read at once. Exports are read piece by piece.
const maxProof = 16 << 20

func verify(out io.Writer, key string, files []string) error {
	a := ledger.NewAuditor(key)
	a.Meaning = meaning
	wrong := 0
	check := func(name string, says string, err error) {
		if err != nil {
			wrong++
			fmt.Fprintf(out, "WRONG  %s: %v\n", name, err)
			return
		}
		fmt.Fprintf(out, "fine   %s: %s\n", name, says)
	}
	checkpoints, exports := []string(nil), []string(nil)
	for _, name := range files {
		data, export, err := readProof(name)
		switch {
		case err != nil:
			check(name, "", err)
		case export:
			if err := a.Expect(data); err != nil {
				check(name, "", err)
				continue
			}
			exports = append(exports, name)
		case ledger.KindOf(data) == "":
			checkpoints = append(checkpoints, name) // which do not say whose they are
		default:
			says, err := a.Add(data)
			check(name, says, err)
		}
	}
	for _, name := range checkpoints {
		data, _, err := readProof(name)
		says := ""
		if err == nil {
			says, err = a.Add(data)
		}
		check(name, says, err)
	}
	for _, name := range exports {
		says, err := verifyExport(a, name)
		check(name, says, err)
	}
	return conclude(out, a, wrong)
}

// meaning says in plain words what the entry of a ballot proves. Those of earlier releases name a side.
func meaning(event string) string {
	var e struct{ Kind, Side string }
	switch err := json.Unmarshal([]byte(event), &e); {
	case err != nil || e.Kind != string(moderation.EventBallot):
		return ""
	case e.Side != "":
		return "A ballot of yours was counted. This receipt is of an earlier release and says which side it took: show it to nobody."
	default:
		return "A ballot of yours is counted. Which side it took is not in it, nor whether you changed it."
	}
}

func conclude(out io.Writer, a *ledger.Auditor, wrong int) error {
	if believed, given := a.Key(); !given && believed != "" {
		fmt.Fprintf(out, "The key is the files' own: %s\nCompare it with the one that the operator publishes.\n", believed)
	}
	if err := a.Close(); err != nil {
		return fmt.Errorf("not all could be checked: %w", err)
	}
	if wrong > 0 {
		return fmt.Errorf("%d of the files are wrong", wrong)
	}
	fmt.Fprintln(out, "All is as it should be.")
	return nil
}

// readProof reads a file. Of an export it reads only the beginning.
func readProof(name string) (data []byte, export bool, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = io.ReadAll(io.LimitReader(f, 512))
	if err != nil || ledger.IsExport(data) {
		return data, err == nil, err
	}
	rest, err := io.ReadAll(io.LimitReader(f, maxProof+1))
	if len(rest) > maxProof {
		return nil, false, errors.New("this is no file of a ledger: it is too large")
	}
	return append(data, rest...), false, err
}

func verifyExport(a *ledger.Auditor, name string) (says string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return a.AddExport(f)
}
