package storage_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"
)

// Who closes the database makes room at once, though a child that is being started has all files of this process open until
// it runs its own program.
func TestRoomIsMadeThoughAChildHasTheFile(t *testing.T) {
	t.Parallel()
	if cluster != nil {
		t.Skip("PostgreSQL has no file that is locked")
	}
	d := newDesk(t)
	if _, mine, err := d.Poller(t.Context(), ""); !mine || err != nil {
		t.Fatal(mine, err)
	}
	const open = "/proc/self/fd"
	files, err := os.ReadDir(open)
	if err != nil {
		t.Skip("this system does not say which files are open:", err)
	}
	childs := -1
	for _, f := range files {
		if to, err := os.Readlink(open + "/" + f.Name()); err == nil && to == d.path+".lock" {
			var fd int
			_, err := fmt.Sscan(f.Name(), &fd)
			d.must(err)
			childs, err = syscall.Dup(fd)
			d.must(err)
		}
	}
	if childs < 0 {
		t.Fatal("the locked file is not open")
	}
	defer syscall.Close(childs)
	d.close()
	d.open()
	if _, mine, err := d.Poller(t.Context(), ""); !mine || err != nil {
		t.Errorf("there is no room: %t, %v", mine, err)
	}
}
