package cli

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// ran is what the command line says, in the end and on the way.
func ran(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	cmd := Root(newClock())
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SetIn(io.LimitReader(nil, 0))
	cmd.SetArgs(args)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		return out.String() + err.Error()
	}
	return out.String()
}

// A DSN or token that is typed in the wrong place is not quoted, and neither is one that is wrong in the right place.
func TestCommandLineQuotesNoSecret(t *testing.T) {
	const dsn, token = "postgres://zquser:zqone@zqtwo%zz@127.0.0.1:1/zqname", "123456789:zqtoken-zqtoken"
	t.Chdir(t.TempDir())
	t.Setenv("OSTRAKON_STORAGE_DSN", dsn)
	t.Setenv("OSTRAKON_TELEGRAM_TOKEN", token)
	t.Setenv("OSTRAKON_TELEGRAM_API_URL", "http://127.0.0.1:1")
	for _, line := range []string{
		"", "run", "check", "backup copy.db", "copy --to sqlite:zqname/zq.db", "ledger ledger.txt",
		"DSN", "run DSN", "check DSN", "backup DSN", "backup", "backup a DSN", "copy DSN", "copy DSN --to DSN", "copy --from DSN --to sqlite:x.db",
		"copy --from sqlite:zqname/zq.db --to sqlite:zqname/zq2.db", "copy --to DSN --from DSN", "copy --too DSN", "copy -to=DSN", "copy -to DSN", "copy --to",
		"copy --to=DSN --DSN", "ledger --from DSN x", "ledger --from=DSN x", "ledger DSN", "--token TOKEN", "--TOKEN", "-t TOKEN", "TOKEN", "check TOKEN",
		"check --zqtoken=x", "verify DSN",
	} {
		args := strings.Fields(strings.NewReplacer("DSN", dsn, "TOKEN", token).Replace(line))
		said := ran(t, args...)
		if strings.HasPrefix(line, "check --zqtoken") {
			said = strings.ReplaceAll(said, "--zqtoken", "") // the name of a flag
		}
		if strings.Contains(said, "zq") || said == "" {
			t.Errorf("%q: %q", line, said)
		}
	}
}

// The sentence about a DSN that cannot be read says what to do.
func TestUnreadableDSNIsRefusedAtTheStart(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("OSTRAKON_STORAGE_DSN", "postgres://ostrakon:ab@cdefgh%zz@127.0.0.1:1/db")
	t.Setenv("OSTRAKON_TELEGRAM_TOKEN", "123456789:AAF-xyz")
	for _, command := range []string{"run", "check", "ledger ledger.txt"} {
		said := ran(t, strings.Fields(command)...)
		if !strings.HasPrefix(said, "storage.dsn ") || !strings.Contains(said, "%25") || strings.Contains(said, "cdefgh") || strings.Contains(said, "ab@") {
			t.Errorf("%s: %s", command, said)
		}
	}
	if files, err := filepath.Glob("*"); err != nil || len(files) > 0 {
		t.Errorf("a refused start leaves %q, %v", files, err)
	}
}
