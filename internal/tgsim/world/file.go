package world

import (
	"fmt"
)

// NewFile registers a file. Its id is made up but stable: the same world
// gives the same ids.
func (s *World) NewFile(kind MediaKind, name string, data []byte) *File {
	s.lastFile++
	f := &File{
		ID:     fmt.Sprintf("SIM%s%08d", kind, s.lastFile),
		Unique: fmt.Sprintf("U%08d", s.lastFile),
		Kind:   kind, name: name, data: data, Width: 800, Height: 600,
	}
	s.Files[f.ID] = f
	return f
}
