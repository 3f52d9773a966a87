package tgsim

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // photos may be JPEG
	_ "image/png"  // or PNG
)

// A file is something that was sent or uploaded; bots name it by its id.
type file struct {
	id, unique string
	kind       mediaKind
	name       string
	data       []byte
	size       int // that it is said to have, if larger
	width      int
	height     int
}

// newFile registers a file. Its id is made up but stable: the same world
// gives the same ids.
func (s *Sim) newFile(kind mediaKind, name string, data []byte) *file {
	s.lastFile++
	f := &file{
		id:     fmt.Sprintf("SIM%s%08d", kind, s.lastFile),
		unique: fmt.Sprintf("U%08d", s.lastFile),
		kind:   kind, name: name, data: data, width: 800, height: 600,
	}
	s.files[f.id] = f
	return f
}

// fileParam reads a parameter that is a new file or the id of an old one.
func (s *Sim) fileParam(p params, name string, kind mediaKind) (*media, *apiError) {
	ref := p.str(name)
	if up := p.files[name]; up != nil {
		return s.uploadMedia(kind, up)
	}
	if attached, ok := cutAttach(ref); ok && p.files[attached] != nil {
		return s.uploadMedia(kind, p.files[attached])
	}
	f := s.files[ref]
	if f == nil {
		return nil, badRequest("wrong remote file identifier specified: Wrong string length")
	}
	if f.kind != kind {
		return nil, badRequest("can't use file of type " + string(f.kind) + " as " + string(kind))
	}
	return &media{kind: kind, file: f}, nil
}

func (s *Sim) uploadMedia(kind mediaKind, up *upload) (*media, *apiError) {
	if len(up.data) == 0 {
		return nil, badRequest("file must be non-empty")
	}
	if kind != photoKind {
		return &media{kind: kind, file: s.newFile(kind, up.name, up.data)}, nil
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(up.data))
	switch {
	case err != nil:
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	case len(up.data) > 10<<20:
		return nil, badRequest("file is too big")
	case cfg.Width+cfg.Height > 10000 || cfg.Width > 20*cfg.Height || cfg.Height > 20*cfg.Width:
		return nil, badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	f := s.newFile(kind, up.name, up.data)
	f.width, f.height = cfg.Width, cfg.Height
	return &media{kind: kind, file: f}, nil
}
