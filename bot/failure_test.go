package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

func TestErrorText(t *testing.T) {
	secrets := []string{testToken, "https://", "7100000001", "-1001234567890"}
	for _, err := range []error{
		&url.Error{Op: "Post", URL: "https://api.telegram.org/bot" + testToken + "/getMe", Err: context.DeadlineExceeded},
		fmt.Errorf("outer: %w", &url.Error{Op: "parse", URL: "https://" + testToken, Err: errors.New("user 7100000001")}),
		fmt.Errorf("Post %q: chat -1001234567890", "https://api.telegram.org/bot"+testToken),
	} {
		failed := failure(wire.Call{Method: "getMe"}, err)
		for _, secret := range secrets {
			if strings.Contains(failed.Error(), secret) {
				t.Errorf("the text shows %q: %s", secret, failed)
			}
			if cause := errors.Unwrap(failed); secret == testToken && cause != nil && errors.Is(err, context.DeadlineExceeded) &&
				strings.Contains(cause.Error(), secret) {
				t.Errorf("the cause shows %q", secret)
			}
		}
	}
	failed := failure(wire.Call{Method: "getMe"}, &url.Error{Op: "Post", Err: context.DeadlineExceeded})
	if !errors.Is(failed, context.DeadlineExceeded) || failed.Error() != "getMe: no answer in time" {
		t.Errorf("got %q", failed)
	}
}

func TestFailureInPrivate(t *testing.T) {
	if got := wire.KindOf(failure(wire.SendMessage(5, ""), &wire.Error{Code: 400, Description: "Bad Request: chat not found"})); got != wire.KindBlocked {
		t.Errorf("unknown private chat: %s, want blocked", got)
	}
}
