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

	s := &contents{}
	if file != "" {
		s = readFile(file)
	}
	for name, e := range s.values {
		v.SetDefault(name, e.text) // the environment goes before it
	}
	problems := append(s.problems, unknownEnv(os.Environ())...)

	c, unread := fill(v, s.place)
	problems = append(problems, unread...)
	if err := c.readToken(); err != nil {
		problems = append(problems, err)
	}
	problems = append(problems, c.broken(s.place)...)
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
func fill(v *viper.Viper, place func(string) string) (Config, []error) {
	c := Default()
	var problems []error
	for _, k := range keys {
		if !v.IsSet(k.name) {
			continue
		}
		s := strings.TrimSpace(v.GetString(k.name))
		if err := k.in(&c).Set(s); err != nil {
			problems = append(problems, fmt.Errorf("%s is %s; %w%s", k.name, shown(s), err, placeOf(k, place)))
		}
	}
	return c, problems
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
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err // the path may be the token itself, in the wrong place
	}
	if err != nil {
		return fmt.Errorf("telegram.token_file is %s; it cannot be read: %w", shown(t.TokenFile), err)
	}
	t.Token = Secret(strings.TrimSpace(string(b)))
	if t.Token == "" {
		return fmt.Errorf("telegram.token_file is %s; that file is empty", shown(t.TokenFile))
	}
	return nil
}
