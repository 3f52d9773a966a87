package config

import (
	"os"
	"strings"
)

// A key is one thing an operator can decide.
type key struct {
	name  string              // as in the file: "telegram.token"
	value string              // what holds when nobody says anything
	in    func(*Config) value // where it goes
}

// keys is the whole configuration, in the order of config.example.yaml.
var keys = []key{
	{"telegram.token", "", func(c *Config) value { return &c.Telegram.Token }},
	{"telegram.token_file", "", func(c *Config) value { return (*text)(&c.Telegram.TokenFile) }},
	{"telegram.api_url", publicAPI, func(c *Config) value { return (*address)(&c.Telegram.APIURL) }},
	{"telegram.mode", "polling", func(c *Config) value { return (*text)(&c.Telegram.Mode) }},
	{"telegram.webhook.url", "", func(c *Config) value { return (*address)(&c.Telegram.Webhook.URL) }},
	{"telegram.webhook.listen", ":8443", func(c *Config) value { return (*text)(&c.Telegram.Webhook.Listen) }},
	{"telegram.webhook.secret", "", func(c *Config) value { return &c.Telegram.Webhook.Secret }},

	{"storage.dsn", defaultDSN, func(c *Config) value { return (*dsn)(&c.Storage.DSN) }},

	{"privacy.key_file", "ostrakon.key", func(c *Config) value { return (*text)(&c.Privacy.KeyFile) }},
	{"privacy.retention", "90d", func(c *Config) value { return (*span)(&c.Privacy.Retention) }},

	{"http.listen", "127.0.0.1:9090", func(c *Config) value { return (*text)(&c.HTTP.Listen) }},

	{"log.level", "info", func(c *Config) value { return (*text)(&c.Log.Level) }},
	{"log.format", "text", func(c *Config) value { return (*text)(&c.Log.Format) }},

	{"defaults.threshold", "auto", func(c *Config) value { return (*text)(&c.Defaults.Threshold) }},
	{"defaults.quorum", "2", func(c *Config) value { return (*whole)(&c.Defaults.Quorum) }},
	{"defaults.window", "24h", func(c *Config) value { return (*text)(&c.Defaults.Window) }},
	{"defaults.ladder", "warn, mute 1h, mute 1d, ban 7d, ban", func(c *Config) value { return (*text)(&c.Defaults.Ladder) }},
	{"defaults.lapse", "30d", func(c *Config) value { return (*text)(&c.Defaults.Lapse) }},
	{"defaults.heavy", "admins", func(c *Config) value { return (*text)(&c.Defaults.Heavy) }},
	{"defaults.card_after", "1", func(c *Config) value { return (*whole)(&c.Defaults.CardAfter) }},
	{"defaults.card_ttl", "10m", func(c *Config) value { return (*text)(&c.Defaults.CardTTL) }},
	{"defaults.report_limit", "10", func(c *Config) value { return (*whole)(&c.Defaults.ReportLimit) }},
	{"defaults.language", "en", func(c *Config) value { return (*text)(&c.Defaults.Language) }},
	{"defaults.digest", "weekly mon 09:00", func(c *Config) value { return (*text)(&c.Defaults.Digest) }},
	{"defaults.timezone", "UTC", func(c *Config) value { return (*text)(&c.Defaults.Timezone) }},
	{"defaults.appeals", "jury", func(c *Config) value { return (*text)(&c.Defaults.Appeals) }},
	{"defaults.quiz", "on", func(c *Config) value { return (*text)(&c.Defaults.Quiz) }},
}

// envPrefix begins every environment variable that is ours.
const envPrefix = "OSTRAKON_"

// env is the key as an environment variable: OSTRAKON_TELEGRAM_TOKEN.
func (k key) env() string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_"))
}

// names lists the keys as the file spells them.
func names() []string {
	var list []string
	for _, k := range keys {
		list = append(list, k.name)
	}
	return list
}

// Variables lists the keys as the environment spells them.
func Variables() []string {
	var list []string
	for _, k := range keys {
		list = append(list, k.env())
	}
	return list
}

// Default is the configuration of an operator who decided nothing.
func Default() Config {
	var c Config
	for _, k := range keys {
		if err := k.in(&c).Set(k.value); err != nil {
			panic("config: default of " + k.name + ": " + err.Error()) // a mistake in keys.go
		}
	}
	return c
}

// publicAPI is Telegram's own server.
const publicAPI = "https://api.telegram.org"

// placeOf is where the value of a key stands, unless the environment has the last word on it.
func placeOf(k key, place func(string) string) string {
	if _, set := os.LookupEnv(k.env()); set {
		return ""
	}
	return place(k.name)
}
