package methods

import (
	"bytes"
	"image"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// downloadMost is how large a file may be to be downloaded by bots.
const downloadMost = 20 << 20

func cutAttach(ref string) (string, bool) { return strings.CutPrefix(ref, "attach://") }

func getFile(c *Call) (any, *wire.Error) {
	f := c.Files[c.P.Str("file_id")]
	switch {
	case f == nil:
		return nil, wire.BadRequest("invalid file_id")
	case f.Length() > downloadMost:
		return nil, wire.BadRequest("file is too big")
	}
	return wire.File{FileID: f.ID, FileUniqueID: f.Unique, FileSize: f.Length(), FilePath: f.Path()}, nil
}

// fileParam reads a parameter that is a new file or the id of an old one.
func fileParam(s *world.World, p params.Params, name string, kind world.MediaKind) (*world.Media, *wire.Error) {
	if up := p.Files[name]; up != nil {
		return uploadMedia(s, kind, up)
	}
	return fileOf(s, p, p.Str(name), kind)
}

// fileOf finds a file that is attached, or an old one by its id.
func fileOf(s *world.World, p params.Params, ref string, kind world.MediaKind) (*world.Media, *wire.Error) {
	if attached, ok := cutAttach(ref); ok && p.Files[attached] != nil {
		return uploadMedia(s, kind, p.Files[attached])
	}
	f := s.Files[ref]
	if f == nil {
		return nil, wire.BadRequest("wrong remote file identifier specified: Wrong string length")
	}
	if f.Kind != kind {
		return nil, wire.BadRequest("can't use file of type " + string(f.Kind) + " as " + string(kind))
	}
	return &world.Media{Kind: kind, File: f}, nil
}

func uploadMedia(s *world.World, kind world.MediaKind, up *params.Upload) (*world.Media, *wire.Error) {
	if len(up.Data) == 0 {
		return nil, wire.BadRequest("file must be non-empty")
	}
	if kind != world.PhotoKind {
		return &world.Media{Kind: kind, File: s.NewFile(kind, up.Name, up.Data)}, nil
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
	f := s.NewFile(kind, up.Name, up.Data)
	f.Width, f.Height = cfg.Width, cfg.Height
	return &world.Media{Kind: kind, File: f}, nil
}
