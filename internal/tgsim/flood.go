package tgsim

// Flood promises the bot n rounds of events. Whenever the bot's queue runs low, make(i) is called, in order and without
// locks. It should send one message or press one button. Memory stays flat together with Options.KeepMessages.
func (s *Sim) Flood(b *Bot, n int, make func(i int)) { s.api.Lines.Flood(b.bot, n, make) }

// Chatter is a function for Flood: ordinary messages, going round the groups
// and the users. A message that Telegram would refuse is left out.
func Chatter(groups []*Chat, users []*User, text string) func(i int) {
	return func(i int) {
		users[i%len(users)].Send(groups[i/len(users)%len(groups)], text) //nolint:errcheck // refusals are part of chatter
	}
}
