// Package cli is the command line of the bot: a file for each subcommand. Without a subcommand it runs the bot.
// It promises that no error quotes what was typed, which may be a token or the password of a database.
// It decides nothing: it reads the configuration, calls the packages below it, and prints what they answer.
package cli
