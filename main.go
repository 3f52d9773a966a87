package main

import (
	"os"

	"github.com/ostrakon-bot/ostrakon/internal/cli"
)

func main() { os.Exit(cli.Main()) }
