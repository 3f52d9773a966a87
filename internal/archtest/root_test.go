package archtest

import (
	"fmt"
	"os"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/repo"
)

const ourModule = "github.com/ostrakon-bot/ostrakon"

// TestMain has all tests begin at the root of the repository, from which they name files.
func TestMain(m *testing.M) {
	if err := os.Chdir(repo.Root()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// root is the folder of the repository.
func root(t *testing.T) string {
	t.Helper()
	return repo.Root()
}
