package config

import (
	"os"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// A key is one thing an operator can decide.
type key struct {
	name  string              // as in the file: "telegram.token"
	value string              // what holds when nobody says anything
	in    func(*Config) value // where it goes
}

// keys is the whole configuration: the operator's own keys, in the order of
// config.example.yaml, and one for each setting.
var keys = append([]key{
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
}, settingKeys()...)

func settingKeys() (keys []key) {
	for _, s := range settings.All {
		keys = append(keys, key{s.ConfigKey(), s.Default(), func(c *Config) value {
			if c.Defaults == nil {
				c.Defaults = Defaults{}
			}
			return setting{c.Defaults, s}
		}})
	}
	return keys
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
