// Package demo shows Ostrakon at work: a short scene in a simulated Telegram, and what it changes on
// each person's screen.
//
// A [Stage] is the Telegram with its people, who know nothing of the bot that is about to come. A
// scene is a list of [Step]; [Stage.Play] has the people act and gives a [Frame] for each step:
// plain values, what is new on each screen. How frames look is another matter: a [Printer] writes
// them side by side in a terminal.
package demo
