package tgsim

import (
	"bytes"
	"fmt"
	"image"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
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
func (s *Sim) fileParam(p params.Params, name string, kind mediaKind) (*media, *wire.Error) {
	ref := p.Str(name)
	if up := p.Files[name]; up != nil {
		return s.uploadMedia(kind, up)
	}
	if attached, ok := cutAttach(ref); ok && p.Files[attached] != nil {
		return s.uploadMedia(kind, p.Files[attached])
	}
	f := s.files[ref]
	if f == nil {
		return nil, wire.BadRequest("wrong remote file identifier specified: Wrong string length")
	}
	if f.kind != kind {
		return nil, wire.BadRequest("can't use file of type " + string(f.kind) + " as " + string(kind))
	}
	return &media{kind: kind, file: f}, nil
}

func (s *Sim) uploadMedia(kind mediaKind, up *params.Upload) (*media, *wire.Error) {
	if len(up.Data) == 0 {
		return nil, wire.BadRequest("file must be non-empty")
	}
	if kind != photoKind {
		return &media{kind: kind, file: s.newFile(kind, up.Name, up.Data)}, nil
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(up.Data))
	switch {
	case err != nil:
		return nil, wire.BadRequest("IMAGE_PROCESS_FAILED")
	case len(up.Data) > 10<<20:
		return nil, wire.BadRequest("file is too big")
	case cfg.Width+cfg.Height > 10000 || cfg.Width > 20*cfg.Height || cfg.Height > 20*cfg.Width:
		return nil, wire.BadRequest("PHOTO_INVALID_DIMENSIONS")
	}
	f := s.newFile(kind, up.Name, up.Data)
	f.width, f.height = cfg.Width, cfg.Height
	return &media{kind: kind, file: f}, nil
}
