package tgsim

import (
	"bytes"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// downloadMost is how large a file may be to be downloaded by bots.
const downloadMost = 20 << 20

func (c *call) getFile() (any, *wire.Error) {
	f := c.files[c.p.Str("file_id")]
	switch {
	case f == nil:
		return nil, wire.BadRequest("invalid file_id")
	case f.length() > downloadMost:
		return nil, wire.BadRequest("file is too big")
	}
	return wire.File{FileID: f.id, FileUniqueID: f.unique, FileSize: f.length(), FilePath: f.path()}, nil
}

// path is where bots download the file.
func (f *file) path() string { return string(f.kind) + "s/" + f.id }

// length is the size in bytes that the file is said to have.
func (f *file) length() int { return max(f.size, len(f.data)) }

// download serves a file to a bot: "/file/bot<token>/<path>". A message's being deleted leaves it there.
func (s *Sim) download(w http.ResponseWriter, path string) {
	token, rest, ok := splitFile(path)
	if !ok {
		answer(w, &wire.Error{Code: 404, Description: "Not Found"})
		return
	}
	if _, refused := s.botFor(token); refused != nil {
		answer(w, refused)
		return
	}
	s.Lock()
	var found *file
	if _, id, cut := strings.Cut(rest, "/"); cut {
		found = s.files[id]
	}
	s.Unlock()
	if found == nil || found.path() != rest {
		answer(w, &wire.Error{Code: 404, Description: "Not Found"})
		return
	}
	w.Write(found.bytes())
}

func splitFile(path string) (token, rest string, ok bool) {
	path, ok = strings.CutPrefix(path, "/file/bot")
	if !ok {
		return "", "", false
	}
	return strings.Cut(path, "/")
}

// bytes are all of the file's; what it is said to have beyond those that were given is zeros.
func (f *file) bytes() []byte {
	return append(bytes.Clone(f.data), make([]byte, f.length()-len(f.data))...)
}

// sample is what somebody's file holds: a picture of one colour, which depends on the words, or just those.
func sample(kind mediaKind, words string) []byte {
	if kind != photoKind {
		return []byte("the " + string(kind) + " " + words)
	}
	sum := fnv.New32a()
	sum.Write([]byte(words))
	n := sum.Sum32()
	img := image.NewUniform(color.RGBA{uint8(n), uint8(n >> 8), uint8(n >> 16), 255})
	var out bytes.Buffer
	pixels := image.NewRGBA(image.Rect(0, 0, 8, 6))
	for i := range pixels.Pix {
		r, g, b, a := img.RGBA()
		pixels.Pix[i] = []uint8{uint8(r), uint8(g), uint8(b), uint8(a)}[i%4]
	}
	if err := png.Encode(&out, pixels); err != nil {
		panic("tgsim: " + err.Error()) // eight by six pixels can be encoded
	}
	return out.Bytes()
}
