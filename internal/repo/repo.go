// Package repo finds the files of this repository for tests, which run in the folder of their package.
// It promises nothing to the program itself, which never asks where it was built.
package repo

import (
	"os"
	"path/filepath"
)

// Root is the folder of go.mod. It panics where there is none, as outside of tests.
func Root() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			panic("no go.mod above this folder")
		}
		dir = up
	}
}

// Path is a file of the repository by its name from the root, with slashes.
func Path(name string) string { return filepath.Join(Root(), filepath.FromSlash(name)) }
