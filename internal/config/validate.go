package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// Validate says whether a bot can run with this: that every value is well
// formed, and that there is a token. The error holds every problem, one
// sentence a line.
func (c Config) Validate() error {
	var problems []error
	if c.Telegram.Token == "" {
		problems = append(problems, errors.New("telegram.token is missing; it, or telegram.token_file, holds what @BotFather gave you"))
	}
	return errors.Join(append(problems, c.broken(func(string) string { return "" })...)...)
}

// broken reports the values that break a rule.
func (c Config) broken(place func(string) string) []error {
	var problems []error
	for _, r := range rules {
		if r.ok(c) {
			continue
		}
		for _, k := range keys {
			if k.name == r.key {
				problems = append(problems, fmt.Errorf("%s is %s; %s%s", k.name, k.in(&c), r.allowed, placeOf(k, place)))
			}
		}
	}
	return problems
}

const (
	allowedAddress = "allowed is host:port, such as 127.0.0.1:9090, or :9090 for every interface"
	minRetention   = time.Minute
	maxRetention   = 3650 * 24 * time.Hour
)

// A rule is what one key allows.
type rule struct {
	key     string
	ok      func(Config) bool
	allowed string
}

// rules are for the operator's own keys, and for the form of settings.
var rules = append([]rule{
	{"telegram.token", func(c Config) bool { return !strings.ContainsFunc(string(c.Telegram.Token), unicode.IsSpace) },
		"it holds a space or a line break; copy it in one piece, as @BotFather gives it"},
	{"telegram.token", func(c Config) bool { return !strings.ContainsAny(string(c.Telegram.Token), quotes) },
		"it holds quotes, which are no part of it; leave them out"},
	{"telegram.token", isToken, "allowed is a token like 123456789:AAF-xyz, as @BotFather gives it"},
	{"telegram.api_url", func(c Config) bool { return isURL(c.Telegram.APIURL, "http", "https") },
		"allowed is an http or https URL without user, query or fragment"},
	{"telegram.mode", func(c Config) bool { return oneOf(c.Telegram.Mode, "polling", "webhook") },
		"allowed is polling or webhook"},
	{"telegram.webhook.url", func(c Config) bool { return c.Telegram.Mode != "webhook" || c.Telegram.Webhook.URL != "" },
		"telegram.mode webhook needs the URL that Telegram shall call"},
	{"telegram.webhook.url", webhookURL,
		"allowed is an https URL (http too, if telegram.api_url is your own server)"},
	{"telegram.webhook.listen", func(c Config) bool { return isAddress(c.Telegram.Webhook.Listen) },
		allowedAddress},
	{"telegram.webhook.secret", func(c Config) bool { return webhookSecretForm.MatchString(string(c.Telegram.Webhook.Secret)) },
		"allowed are up to 256 of A-Z a-z 0-9 _ and -"},
	{"storage.dsn", func(c Config) bool {
		file, ok := strings.CutPrefix(c.Storage.DSN, "sqlite:")
		return isPostgres(c.Storage.DSN) || ok && file != ""
	}, "allowed is sqlite: and a file name, such as sqlite:ostrakon.db, or postgres://user:password@host/database"},
	{"privacy.key_file", func(c Config) bool { return c.Privacy.KeyFile != "" },
		"allowed is a file name; the file is created on the first start"},
	{"privacy.retention", func(c Config) bool { return c.Privacy.Retention >= minRetention && c.Privacy.Retention <= maxRetention },
		"allowed is 1m to 3650d"},
	{"http.listen", func(c Config) bool { return c.HTTP.Listen == "" || isAddress(c.HTTP.Listen) },
		allowedAddress + ", or nothing for off"},
	{"log.level", func(c Config) bool { return oneOf(c.Log.Level, "debug", "info", "warn", "error") },
		"allowed is debug, info, warn or error"},
	{"log.format", func(c Config) bool { return oneOf(c.Log.Format, "text", "json") },
		"allowed is text or json"},
}, formRules()...)

// formRules look at what groups start with: only at its form, so that a slip is
// found at the start. How large a threshold may be is moderation's to say.
func formRules() (rules []rule) {
	for _, s := range settings.All {
		rules = append(rules, rule{s.ConfigKey(), func(c Config) bool { return s.Form(c.Defaults[s.Key]) }, s.Allowed})
	}
	return rules
}

var (
	tokenForm         = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	webhookSecretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)
)

// quotes are all that keyboards and word processors put around a text.
const quotes = `"'“”„‘’«»` + "`"

// isToken leaves what the two rules before it refuse to them.
func isToken(c Config) bool {
	s := string(c.Telegram.Token)
	return s == "" || tokenForm.MatchString(s) || strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsAny(s, quotes)
}

func isURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	return err == nil && oneOf(u.Scheme, schemes...) && u.Hostname() != "" &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

// webhookURL: Telegram's own server calls https only, one's own may do as it likes.
func webhookURL(c Config) bool {
	s := c.Telegram.Webhook.URL
	return s == "" || isURL(s, "https") || c.Telegram.APIURL != publicAPI && isURL(s, "http")
}

func isAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}
