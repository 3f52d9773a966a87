package bot

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Download fetches a file that Telegram keeps, from the path that [Result.File] gave. One that is larger than most bytes
// is [KindInvalid]. All errors are [*Error], and none holds the address, of which the token is part.
func (c *Client) Download(ctx context.Context, path string, most int64) ([]byte, error) {
	call := Call{Method: "getFile"}
	ctx, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.fileURL(path), nil)
	if err != nil {
		return nil, &Error{Method: call.Method, Code: http.StatusBadRequest, Description: "the path of the file is none", cause: errMalformed}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, failure(call, stripURL(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, failure(call, &Error{Code: resp.StatusCode, Description: http.StatusText(resp.StatusCode)})
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, failure(call, stripURL(err))
	case int64(len(data)) > most:
		return nil, &Error{Method: call.Method, Code: http.StatusBadRequest, Description: "the file is too big"}
	}
	return data, nil
}

// fileURL is where a file is; the library knows only Telegram's own server.
func (c *Client) fileURL(path string) string {
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		parts = append(parts, url.PathEscape(part))
	}
	return c.server + "/file/bot" + c.api.Token + "/" + strings.Join(parts, "/")
}
