package bot

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// downloadTimeout is how long a file may take.
const downloadTimeout = 30 * time.Second

// Download gets a file by the path that [wire.GetFile] returned, if it has at most so many bytes. All errors are
// [*wire.Error]. The kind is [wire.KindGone] if there is no such file or the path is too old. A file that is too large is
// [wire.ErrTooLarge], and trying again does not help.
func (c *Client) Download(ctx context.Context, path string, most int64) ([]byte, error) {
	started := c.clock.Now()
	data, err := c.download(ctx, path, most)
	if err != nil {
		e := failure(wire.Call{Method: "download"}, err)
		c.observe("download", c.clock.Since(started), e.Kind())
		return nil, e
	}
	c.observe("download", c.clock.Since(started), wire.KindOK)
	return data, nil
}

func (c *Client) download(ctx context.Context, path string, most int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.within(downloadTimeout))
	defer cancel()
	address, ok := c.fileURL(path)
	if !ok {
		return nil, wire.ErrNoFile
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, wire.ErrNoFile // its text holds the address
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, stripURL(err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound:
		return nil, wire.ErrNoFile
	case resp.StatusCode != http.StatusOK:
		body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10)) // if the reason cannot be read, the status is enough
		return nil, refusal(resp.StatusCode, body)
	case resp.ContentLength > most:
		return nil, wire.ErrTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err == nil && int64(len(data)) > most {
		err = wire.ErrTooLarge
	}
	return data, stripURL(err)
}

// fileURL is the address of a file. An operator's own server may name files on its disk, which nobody else can reach.
func (c *Client) fileURL(path string) (string, bool) {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if part == "" || part == "." || part == ".." {
			return "", false
		}
		parts[i] = url.PathEscape(part)
	}
	return c.files + strings.Join(parts, "/"), true
}
