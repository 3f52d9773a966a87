package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/viper"
)

// places are where the file is looked for when nobody names one.
var places = [...]string{"config.yaml", "/etc/ostrakon/config.yaml"}

// Load reads the file at path, or if path is empty config.yaml here, or
// /etc/ostrakon/config.yaml, or none; then the environment, which wins. A
// variable that is set to nothing counts as set.
//
// What Load returns without an error is well formed, but the token may be
// missing: Validate asks for that. An error holds every problem found, one
// sentence a line.
func Load(path string) (Config, error) {
	file, err := find(path)
	if err != nil {
		return Config{}, err
	}
	v := viper.New()
	v.SetEnvPrefix(strings.TrimSuffix(envPrefix, "_"))
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AllowEmptyEnv(true)
	v.AutomaticEnv()

	var problems []error
	if file != "" {
		v.SetConfigFile(file)
		v.SetConfigType("yaml")
		if err := v.ReadInConfig(); err != nil {
			return Config{}, fmt.Errorf("config file %s cannot be read: %w", file, err)
		}
		problems = append(problems, unknownKeys(v, file)...)
	}
	problems = append(problems, unknownEnv(os.Environ())...)

	c, unread := fill(v)
	problems = append(problems, unread...)
	if err := c.readToken(); err != nil {
		problems = append(problems, err)
	}
	problems = append(problems, c.broken()...)
	if len(problems) > 0 {
		return Config{}, errors.Join(problems...)
	}
	return c, nil
}

// find chooses the file. A file that exists but cannot be seen is an error, not
// a reason to go on with defaults.
func find(path string) (string, error) {
	if path != "" {
		return path, nil
	}
	for _, place := range places {
		switch _, err := os.Stat(place); {
		case err == nil:
			return place, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("config file %s cannot be read: %w", place, err)
		}
	}
	return "", nil
}

// fill puts what viper knows over the defaults. A value that cannot be read is
// reported and leaves its default in place, so that it is reported once.
func fill(v *viper.Viper) (Config, []error) {
	c := Default()
	var problems []error
	for _, k := range keys {
		raw := v.Get(k.name)
		if raw == nil { // not set, or "key:" with nothing behind it
			continue
		}
		if _, deeper := raw.(map[string]any); deeper { // unknownKeys names what is in it
			continue
		}
		s, ok := scalar(raw)
		if !ok {
			problems = append(problems, fmt.Errorf("%s holds more than one value; write it as one, in quotes", k.name))
			continue
		}
		if err := k.in(&c).Set(s); err != nil {
			problems = append(problems, fmt.Errorf("%s is %q; %w", k.name, s, err))
		}
	}
	return c, problems
}

// scalar is a YAML value as its writer saw it; a list has no such form.
func scalar(raw any) (string, bool) {
	switch raw.(type) {
	case string, bool, int, int64, uint64, float64:
		return strings.TrimSpace(fmt.Sprint(raw)), true
	}
	return "", false
}

// readToken follows telegram.token_file.
func (c *Config) readToken() error {
	t := &c.Telegram
	if t.TokenFile == "" {
		return nil
	}
	if t.Token != "" {
		return errors.New("telegram.token and telegram.token_file are both set; keep one of them")
	}
	b, err := os.ReadFile(t.TokenFile)
	if err != nil {
		return fmt.Errorf("telegram.token_file is %q; it cannot be read: %w", t.TokenFile, err)
	}
	t.Token = Secret(strings.TrimSpace(string(b)))
	if t.Token == "" {
		return fmt.Errorf("telegram.token_file is %q; that file is empty", t.TokenFile)
	}
	return nil
}
