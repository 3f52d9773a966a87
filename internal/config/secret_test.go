package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/config"
)

func TestSecretsStaySecret(t *testing.T) {
	for _, dsn := range []string{"postgres://o:dbpassword@db/o", "postgres:///o?host=db&password=dbpassword"} {
		t.Run(dsn, func(t *testing.T) { secretsStaySecret(t, dsn) })
	}
}

func secretsStaySecret(t *testing.T, dsn string) {
	c := config.Default()
	c.Telegram.Token = token
	c.Telegram.Webhook.Secret = "webhook-s3cr3t"
	c.Telegram.Webhook.URL = "https://bot.example.org/path-s3cr3t"
	c.Storage.DSN = dsn

	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", c)
		fmt.Fprintf(&out, verb+"\n", &c)
		fmt.Fprintf(&out, verb+"\n", c.Telegram)
	}
	if err := json.NewEncoder(&out).Encode(c.Telegram); err != nil {
		t.Fatal(err)
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("config", "config", c, "telegram", c.Telegram, "token", c.Telegram.Token)
	}
	for _, secret := range []string{token, "AAF", "webhook-s3cr3t", "dbpassword", "db/o", fmt.Sprintf("%x", token)} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is shown", secret)
		}
	}
	if strings.Contains(c.String(), "path-s3cr3t") || strings.Contains(fmt.Sprintf("%#v", c), "path-s3cr3t") {
		t.Errorf("the path of the webhook is shown:\n%v", c)
	}
	if !strings.Contains(c.String(), "telegram.token: (hidden)\n") {
		t.Errorf("String does not say that there is a token:\n%v", c)
	}
}
