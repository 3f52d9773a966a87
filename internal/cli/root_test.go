package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
)

// Whoever is denied a file learns which user is. A denied connection has nothing to do with files.
func TestDeniedFileNamesUser(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		told bool
	}{
		{fmt.Errorf("read the key file: %w", &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}), true},
		{fmt.Errorf("open the database: open: %w", syscall.EACCES), true},
		{fmt.Errorf("listen: %w", &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)}), false},
		{errors.New("no"), false},
	} {
		said := withUser(test.err).Error()
		if !strings.HasPrefix(said, test.err.Error()) || strings.Contains(said, fmt.Sprint("number is ", os.Geteuid())) != test.told {
			t.Errorf("%q of %v", said, test.err)
		}
	}
}
