// Package scratch finds a fast folder for the databases of tests.
//
// A commit waits until the disk has it, and hundreds of tests would spend half
// their time on that. So the folder is in memory where there is room.
package scratch

import (
	"os"
	"syscall"
	"testing"
)

const (
	memory = "/dev/shm" // a file system in memory, on Linux
	room   = 512 << 20  // bytes that a test may need there; containers often have 64 MB
)

// Dir is a new folder that ends with the test: in memory where there is plenty of it, else where
// [testing.TB.TempDir] puts it. Not for what a test says of disks.
func Dir(t testing.TB) string {
	t.Helper()
	root := Root(room)
	if root == "" {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(root, "ostrakon-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("clean up: %v", err)
		}
	})
	return dir
}

// Root returns a folder in memory with space for so many bytes. It returns "", the system's folder for temporary files, if there
// is none.
func Root(bytes uint64) string {
	var s syscall.Statfs_t
	if err := syscall.Statfs(memory, &s); err != nil || s.Bavail*uint64(s.Bsize) < bytes {
		return ""
	}
	return memory
}
