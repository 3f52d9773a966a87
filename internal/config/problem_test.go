package config_test

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/config"
)

func TestProblemsInTheFile(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"telegram: {tokn: x}", "unknown key telegram.tokn in config.yaml; did you mean telegram.token?"},
		{"token: x", "unknown key token in config.yaml; did you mean telegram.token?"},
		{"telegram: {treshold: 3}", "unknown key telegram.treshold in config.yaml; did you mean defaults.threshold?"},
		{"defaults: {cardafter: 1}", "unknown key defaults.cardafter in config.yaml; did you mean defaults.card_after?"},
		{"log: {level: {a: b}}", "log.level holds more than one value; write it as one, in quotes (line 1 of config.yaml)"},
		{"telegram: abc", "telegram in config.yaml is a section; its keys go below it, indented"},
		{"telegram: [", "config file config.yaml cannot be read: "},
		{"defaults: {ladder: [warn, ban]}", "defaults.ladder holds more than one value; write it as one, in quotes"},
		{"privacy: {retention: 90 days}", `privacy.retention is "90 days"; allowed is a whole number and one of s, m, h, d, w, such as 30m, 12h or 7d`},
		{"privacy: {retention: 99999999w}", `privacy.retention is "99999999w"; allowed is`},
		{"privacy: {retention: 10s}", `privacy.retention is 10s; allowed is 1m to 3650d`},
		{"defaults: {quorum: many}", `defaults.quorum is "many"; allowed is a whole number such as 2`},
		{"defaults: {threshold: 2.5}", `defaults.threshold is "2.5"; allowed is auto or a whole number from 2 to 50; instead of 1 write 2, instead of a fraction the next whole number above it`},
		{"defaults: {threshold: 1}", `defaults.threshold is "1"; allowed is auto or a whole number from 2 to 50; instead of 1 write 2`},
		{"defaults: {threshold: 0}", `defaults.threshold is "0"; allowed is auto`},
		{"defaults: {threshold: -3}", `defaults.threshold is "-3"; allowed is auto`},
		{"defaults: {threshold: .nan}", `defaults.threshold is ".nan"; allowed is auto`},
		{"defaults: {threshold: Automatic}", `defaults.threshold is "Automatic"; allowed is auto`},
		{"defaults: {threshold: ''}", `defaults.threshold is ""; allowed is auto`},
		{"defaults: {quorum: 1}", `defaults.quorum is 1; allowed is a whole number from 2 to 20; instead of 1 write 2`},
		{"defaults: {heavy: nobody}", `defaults.heavy is "nobody"; allowed is jury, admins or votes`},
		{"defaults: {summon: never}", `defaults.summon is "never"; allowed is a whole number and one of s, m, h, d, w, such as 30m, 12h or 7d, or off`},
		{"defaults: {window: 1.5h}", `defaults.window is "1.5h"; allowed is a whole number and one of`},
		{"defaults: {ladder: 'warn, shout 1h'}", `defaults.ladder is "warn, shout 1h"; allowed are steps`},
		{"defaults: {digest: sometimes}", `defaults.digest is "sometimes"; allowed is off, daily 09:00`},
		{"defaults: {timezone: Local}", `defaults.timezone is "Local"; allowed is an IANA name`},
		{"defaults: {quiz: true}", `defaults.quiz is "true"; allowed is on or off`},
		{"telegram: {api_url: 'ftp://x'}", `telegram.api_url is "ftp://x"; allowed is an http or https URL`},
		{"telegram: {mode: push}", `telegram.mode is "push"; allowed is polling or webhook`},
		{"telegram: {mode: webhook}", `telegram.webhook.url is ""; telegram.mode webhook needs the URL`},
		{"telegram: {webhook: {url: 'http://x'}}", `telegram.webhook.url is "http://x"; allowed is an https URL`},
		{"telegram: {webhook: {secret: 'a b'}}", `telegram.webhook.secret is (hidden); allowed are up to 256`},
		{"telegram: {token: abc}", `telegram.token is (hidden); allowed is a token like`},
		{"storage: {dsn: 'postgres:o:pw@db/o'}", `storage.dsn is postgres: (hidden); allowed is sqlite: and a file name, such as sqlite:ostrakon.db, or postgres://user:password@host/database`},
		{"storage: {dsn: ostrakon.db}", `storage.dsn is (hidden); allowed is sqlite: and a file name`},
		{"http: {listen: '9090'}", `http.listen is "9090"; allowed is host:port`},
		{"http: {listen: ':http'}", `http.listen is ":http"; allowed is host:port`},
		{"log: {level: loud}", `log.level is "loud"; allowed is debug, info, warn or error`},
		{"log: {format: xml}", `log.format is "xml"; allowed is text or json`},
	} {
		t.Run(test.text, func(t *testing.T) {
			alone(t)
			_, err := load(t, test.text)
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if strings.Count(err.Error(), "\n") > 0 && !strings.Contains(test.want, "cannot be read") {
				t.Errorf("one mistake, several sentences:\n%v", err)
			}
		})
	}
}

func TestProblemsInTheEnvironment(t *testing.T) {
	for name, want := range map[string]string{
		"OSTRAKON_TELEGRAM_TOKN": "OSTRAKON_TELEGRAM_TOKEN",
		"OSTRAKON_TOKEN":         "OSTRAKON_TELEGRAM_TOKEN",
		"OSTRAKON_DB_DSN":        "OSTRAKON_STORAGE_DSN",
	} {
		alone(t)
		t.Setenv(name, token)
		_, err := config.Load("")
		if err == nil {
			t.Fatalf("%s accepted", name)
		}
		if got := err.Error(); got != "unknown environment variable "+name+"; did you mean "+want+"?" {
			t.Errorf("got %s", got)
		}
	}
}

// In Kubernetes a service named ostrakon puts these into every container of its
// namespace; refusing them would keep the bot from starting beside itself.
func TestForeignVariablesAreLeftAlone(t *testing.T) {
	alone(t)
	for _, name := range []string{
		"OSTRAKON_SERVICE_HOST", "OSTRAKON_SERVICE_PORT", "OSTRAKON_SERVICE_PORT_HTTP", "OSTRAKON_PORT",
		"OSTRAKON_PORT_9090_TCP", "OSTRAKON_PORT_9090_TCP_ADDR", "OSTRAKON_METRICS_SERVICE_HOST", "OSTRAKON_TEST_POSTGRES",
	} {
		t.Setenv(name, "tcp://10.0.0.1:9090")
	}
	if _, err := config.Load(""); err != nil {
		t.Error(err)
	}
}

func TestEveryProblemAtOnce(t *testing.T) {
	alone(t)
	t.Setenv("OSTRAKON_LOG_LEVL", "info")
	_, err := load(t, "telegram: {tokn: x}\nlog: {format: xml}\ndefaults: {quorum: x, window: y}\n")
	if err == nil {
		t.Fatal("accepted")
	}
	if got := strings.Count(err.Error(), "\n") + 1; got != 5 {
		t.Errorf("%d problems, want 5:\n%v", got, err)
	}
}

func TestValidate(t *testing.T) {
	c := config.Default()
	err := c.Validate()
	if err == nil || !strings.HasPrefix(err.Error(), "telegram.token is missing; ") {
		t.Errorf("without a token: %v", err)
	}
	c.Telegram.Token = token
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	c.Log.Level, c.Storage.DSN = "", ""
	if err := c.Validate(); err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("two mistakes: %v", err)
	}
}
