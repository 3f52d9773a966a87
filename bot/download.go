package bot

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// downloadTimeout is how long a file may take.
const downloadTimeout = 30 * time.Second

// Download gets a file by the path that [GetFile] led to, if it has at most so many bytes. All errors are
// [*Error]: [KindGone] if there is no such file, or the path is too old, [ErrTooLarge], which trying again
// does not help, and those of any call.
func (c *Client) Download(ctx context.Context, path string, most int64) ([]byte, error) {
	started := c.clock.Now()
	data, err := c.download(ctx, path, most)
	if err != nil {
		e := failure(Call{Method: "download"}, err)
		c.observe("download", c.clock.Since(started), e.Kind())
		return nil, e
	}
	c.observe("download", c.clock.Since(started), KindOK)
	return data, nil
}

func (c *Client) download(ctx context.Context, path string, most int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.within(downloadTimeout))
	defer cancel()
	address, ok := c.fileURL(path)
	if !ok {
		return nil, errNoFile
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errNoFile // what it says holds the address
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, stripURL(err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound:
		return nil, errNoFile
	case resp.StatusCode != http.StatusOK:
		body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10)) // words are worth nothing if they do not come
		return nil, refusal(resp.StatusCode, body)
	case resp.ContentLength > most:
		return nil, ErrTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err == nil && int64(len(data)) > most {
		err = ErrTooLarge
	}
	return data, stripURL(err)
}

// fileURL is where a file is. A server of one's own may name files on its own disk, which nobody else can
// reach.
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
