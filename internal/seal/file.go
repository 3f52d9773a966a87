package seal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrNoFile means that there is no key file yet.
var ErrNoFile = errors.New("no key file")

const fileHeader = "# Ostrakon's key. Whoever has it and the database can read open ballots. Keep a copy elsewhere.\n"

// Load reads a key file. [ErrNoFile] if it is not there.
func Load(path string) (*Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the key file %s: %w", path, ErrNoFile)
	}
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at the key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("the key file %s can be read by others; run: chmod 600 %s", path, path)
	}
	var line string
	for l := range strings.Lines(string(text)) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
			line = l
		}
	}
	secret, err := hex.DecodeString(line)
	if err != nil || len(secret) != KeySize {
		return nil, fmt.Errorf("the key file %s holds no key of %d hexadecimal digits; restore it from a copy", path, 2*KeySize)
	}
	return NewKey(secret)
}

// Create makes a key and its file, readable by the owner alone. It never writes over a file: if there is one, because
// another replica was faster, that is [fs.ErrExist]. The file appears whole or not at all.
func Create(path string) (*Key, error) {
	k, err := Random()
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new") // with mode 0600
	if err != nil {
		return nil, fmt.Errorf("create the key file: %w", err)
	}
	_, err = f.WriteString(fileHeader + hex.EncodeToString(k.secret[:]) + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), path)
	}
	err = errors.Join(err, os.Remove(f.Name()))
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return nil, fmt.Errorf("write the key file: %w", err)
	}
	return k, nil
}

// syncDir makes sure that the file is still there after a power cut: a database whose key is lost
// cannot be read by anyone.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
