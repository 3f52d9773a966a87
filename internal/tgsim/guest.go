package tgsim

// CallGuest has the user call a bot that need not be a member. Its answer, with
// the text, stands in the chat as the bot's message, and names who called it.
func (u *User) CallGuest(c *Chat, b *Bot, text string, opts ...SendOption) (*Message, error) {
	u.sim.Lock()
	defer u.sim.Unlock()
	m, err := u.compose(c, text, opts)
	if err != nil {
		return nil, err
	}
	m.caller, m.callerChat = m.from, m.senderChat
	m.author, m.from, m.senderChat = b.account, b.account, nil
	c.post(m)
	return m, nil
}

// SetHearsBots switches bot-to-bot mode: the bot gets what other bots write
// where it gets all that people write.
func (b *Bot) SetHearsBots(on bool) {
	b.sim.Lock()
	defer b.sim.Unlock()
	b.hearsBots = on
}
