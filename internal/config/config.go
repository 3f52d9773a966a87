// Package config reads the operator's configuration: a YAML file, the
// environment, and defaults for the rest.
//
// It promises to report all mistakes at once. It refuses keys that it does not
// know and values that it cannot read. The keys are listed once, in keys.go, with
// their defaults, and those of settings are made from their table;
// config.example.yaml explains them to people. Validate checks that the bot has
// all it needs to run.
//
// It checks only the form of the moderation values in Defaults, as package settings
// says it. What they mean is for package moderation to say, so they stay texts here.
package config

import "time"

// Config is everything the operator can decide. The zero value is not useful:
// start from Default or Load.
type Config struct {
	Telegram Telegram
	Storage  Storage
	Privacy  Privacy
	HTTP     HTTP
	Log      Log
	Defaults Defaults
}

// Telegram says where the Bot API is and who we are there.
type Telegram struct {
	// Token is what BotFather gave. Load fills it from TokenFile if that is named.
	Token Secret
	// TokenFile is the file that holds the token. It and Token exclude each other.
	TokenFile string
	// APIURL is the Bot API server, without a slash at its end.
	APIURL string
	// Mode is "polling" or "webhook".
	Mode string
	// Groups are the only groups that the bot stays in; empty is any.
	Groups  []int64
	Webhook Webhook
}

// Webhook is used when Telegram.Mode is "webhook".
type Webhook struct {
	// URL is what Telegram calls.
	URL string
	// Listen is the address we are called at, behind whatever answers URL.
	Listen string
	// Secret is what Telegram repeats in a header; if empty one is to be generated.
	Secret Secret
}

// Storage says where the bot remembers.
type Storage struct {
	// DSN is "sqlite:" and a file name, or "postgres://…" for several replicas.
	DSN string
	// EvidenceLimit is how many bytes of files are kept as evidence, of all groups together.
	EvidenceLimit int64
}

// Privacy says how the bot forgets.
type Privacy struct {
	// KeyFile seals the ballots; it is created on the first start.
	KeyFile string
	// Retention is how long captured messages are kept.
	Retention time.Duration
}

// HTTP is the server for the operator.
type HTTP struct {
	// Listen is the address of /healthz, /readyz and /metrics; empty is off.
	Listen string
}

// Log says how much is told, and how.
type Log struct {
	// Level is "debug", "info", "warn" or "error".
	Level string
	// Format is "text" or "json".
	Format string
}

// Defaults are the settings a new group starts with, by the last part of their
// key, such as "card_after". Only their form has been checked.
type Defaults map[string]string
