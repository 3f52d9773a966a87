// Nullbot is the least a bot can do with the same updates: it decodes them as the Telegram library does, answers a
// report with one call, and keeps nothing. What Ostrakon costs is told in multiples of it.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() { <-stop; os.Exit(0) }()
	if err := run(os.Getenv("OSTRAKON_TELEGRAM_TOKEN"), os.Getenv("OSTRAKON_TELEGRAM_API_URL")); err != nil {
		fmt.Fprintln(os.Stderr, "nullbot:", err)
		os.Exit(1)
	}
}

func run(token, url string) error {
	bot, err := tgbotapi.NewBotAPIWithAPIEndpoint(token, url+"/bot%s/%s")
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	ask := tgbotapi.UpdateConfig{Limit: 100, Timeout: 50}
	for {
		updates, err := bot.GetUpdates(ask)
		if err != nil {
			return fmt.Errorf("fetch updates: %w", err)
		}
		for _, u := range updates {
			ask.Offset = u.UpdateID + 1
			if u.Message == nil || !strings.HasPrefix(u.Message.Text, "/report") {
				continue
			}
			answer := tgbotapi.Params{"chat_id": strconv.FormatInt(u.Message.Chat.ID, 10), "text": "Thank you, your report is noted."}
			if _, err := bot.MakeRequest("sendMessage", answer); err != nil {
				return fmt.Errorf("answer a report: %w", err)
			}
		}
	}
}
