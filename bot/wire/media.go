package wire

// MediaFile names a file that Telegram keeps.
type MediaFile struct {
	ID     string // for sending it again, see [SendMedia]
	Unique string // identifies the file; the same for every bot
	Name   string // given by its sender; most kinds have none
	Size   int64  // bytes; 0 = not said
}

// Medium is a file with what Telegram calls its kind.
type Medium struct {
	Media string
	MediaFile
}

// mediaFile reads the file of a medium; of a list of sizes, the largest.
func (r *reader) mediaFile(name mediaField) (file MediaFile) {
	switch {
	case r.list():
		if sizes := list(r, (*reader).file); len(sizes) > 0 {
			file = sizes[len(sizes)-1]
		}
	case name.file:
		file = r.file()
	default:
		r.skip()
	}
	return file
}

func (r *reader) file() (f MediaFile) {
	r.object(func(key []byte) {
		switch string(key) {
		case "file_id":
			f.ID = r.text()
		case "file_unique_id":
			f.Unique = r.text()
		case "file_name":
			f.Name = r.text()
		case "file_size":
			f.Size = r.whole()
		default:
			r.skip()
		}
	})
	return f
}
