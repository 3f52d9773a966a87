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
	{name: "telegram.token", value: "", in: func(c *Config) value { return &c.Telegram.Token }},
	{name: "telegram.token_file", value: "", in: func(c *Config) value { return (*text)(&c.Telegram.TokenFile) }},
	{name: "telegram.api_url", value: publicAPI, in: func(c *Config) value { return (*address)(&c.Telegram.APIURL) }},
	{name: "telegram.mode", value: "polling", in: func(c *Config) value { return (*text)(&c.Telegram.Mode) }},
	{name: groupsKey, value: anyGroup, in: func(c *Config) value { return (*groups)(&c.Telegram.Groups) }},
	{name: "telegram.webhook.url", value: "", in: func(c *Config) value { return (*address)(&c.Telegram.Webhook.URL) }},
	{name: "telegram.webhook.listen", value: ":8443", in: func(c *Config) value { return (*text)(&c.Telegram.Webhook.Listen) }},
	{name: "telegram.webhook.secret", value: "", in: func(c *Config) value { return &c.Telegram.Webhook.Secret }},

	{name: "storage.dsn", value: defaultDSN, in: func(c *Config) value { return (*dsn)(&c.Storage.DSN) }},
	{name: "storage.evidence_limit", value: "2GB", in: func(c *Config) value { return (*size)(&c.Storage.EvidenceLimit) }},

	{name: "privacy.key_file", value: "ostrakon.key", in: func(c *Config) value { return (*text)(&c.Privacy.KeyFile) }},
	{name: "privacy.retention", value: "90d", in: func(c *Config) value { return (*span)(&c.Privacy.Retention) }},

	{name: "http.listen", value: "127.0.0.1:9090", in: func(c *Config) value { return (*text)(&c.HTTP.Listen) }},

	{name: "log.level", value: "info", in: func(c *Config) value { return (*text)(&c.Log.Level) }},
	{name: "log.format", value: "text", in: func(c *Config) value { return (*text)(&c.Log.Format) }},
}, settingKeys()...)

func settingKeys() (keys []key) {
	for _, s := range settings.All {
		keys = append(keys, key{name: s.ConfigKey(), value: s.Default(), in: func(c *Config) value {
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

// names are the keys as the file spells them.
var names = func() (list []string) {
	for _, k := range keys {
		list = append(list, k.name)
	}
	return list
}()

// Variables are the keys as the environment spells them.
var Variables = func() (list []string) {
	for _, k := range keys {
		list = append(list, k.env())
	}
	return list
}()

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
