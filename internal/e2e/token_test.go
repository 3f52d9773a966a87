package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// tokenLines are the lines in which somebody else uses the bot's token, in BotFather or by a program of their own.
var tokenLines = []verb{
	{form: `the bot is called {words}`, run: func(w *world, a []string) error { w.bot.SetUsernames(strings.Fields(a[0])...); return nil }},
	{form: `somebody with the token sets {word} to {text}`, run: office},
	{form: `somebody with the token sets callback_query_mode to {text} before each press`, run: func(w *world, a []string) error { w.mode = a[0]; return nil }},
	{form: `somebody with the token sets a webhook`, run: foreignWebhook},
	{form: `somebody with the token writes {text} as the bot's {word}`, run: chooseWords},
	{form: `the bot's {word} is {text}`, check: true, run: officeIs},
	{form: `no webhook is set`, check: true, run: func(w *world, _ []string) error { return w.webhookIs("") }},
	{form: `the webhook of somebody else is set`, check: true, run: func(w *world, _ []string) error { return w.webhookIs(foreign) }},
	{form: `the bot is ready`, check: true, run: func(w *world, _ []string) error { return w.app.Ready(w.ctx) }},
	{form: `the bot is not ready: {text}`, check: true, run: notReady},
	{form: `the log says {text} {number} times`, check: true, run: logSays},
}

// foreign is where a program of somebody else's waits.
const foreign = "http://127.0.0.1:9/theirs"

// modeSetting is the one setting that is not on or off.
const modeSetting = "callback_query_mode"

func office(w *world, a []string) error {
	if a[0] == modeSetting {
		w.bot.SetCallbackMode(a[1])
	} else {
		w.bot.SetSetting(a[0], a[1] == "on")
	}
	return nil
}

// chooseWords sets a text that Telegram shows about the bot, such as "description" or "short_description/ru".
func chooseWords(w *world, a []string) error {
	what, language, _ := strings.Cut(a[1], "/")
	methods := map[string]string{"description": "setMyDescription", "short_description": "setMyShortDescription", "name": "setMyName"}
	_, err := w.bot.Call(methods[what], map[string]any{what: a[0], "language_code": language})
	return err
}

func officeIs(w *world, a []string) error {
	is := "off"
	switch {
	case a[0] == modeSetting:
		is = w.bot.CallbackMode()
	case strings.Contains(a[0], "description"), strings.HasPrefix(a[0], "name"):
		what, language, _ := strings.Cut(a[0], "/")
		is = w.bot.About(what, language)
	case w.bot.Setting(a[0]):
		is = "on"
	}
	if is != a[1] {
		return fmt.Errorf("it is %q", is)
	}
	return nil
}

// foreignWebhook ends the bot's long poll at once. What it does then shows in its log.
func foreignWebhook(w *world, _ []string) error {
	const said = "send the updates elsewhere"
	before := strings.Count(w.log.String(), said)
	if _, err := w.bot.Call("setWebhook", map[string]any{"url": foreign}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	return w.log.await(ctx, func(log string) bool { return strings.Count(log, said) > before })
}

func (w *world) webhookIs(address string) error {
	raw, err := w.bot.Call("getWebhookInfo", nil)
	var info struct{ URL string }
	if err == nil {
		err = json.Unmarshal(raw, &info)
	}
	if err == nil && info.URL != address {
		err = fmt.Errorf("it is %q", info.URL)
	}
	return err
}

func notReady(w *world, a []string) error {
	err := w.app.Ready(w.ctx)
	if err == nil {
		return errors.New("it is")
	}
	if !strings.Contains(err.Error(), a[0]) {
		return fmt.Errorf("it says %w", err)
	}
	return nil
}

func logSays(w *world, a []string) error {
	if n := strings.Count(w.log.String(), a[0]); fmt.Sprint(n) != a[1] {
		return fmt.Errorf("it says so %d times", n)
	}
	return nil
}

// setMode has somebody change how presses reach the bot, if the story has somebody who does so.
func (w *world) setMode() {
	if w.mode != "" {
		w.bot.SetCallbackMode(w.mode)
	}
}
