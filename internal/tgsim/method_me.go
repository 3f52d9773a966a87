package tgsim

func (c *call) getMe() (any, *apiError) {
	return wireMe{wireUser: c.bot.wire, CanJoinGroups: true, CanReadAllGroupMessages: c.bot.readsAll}, nil
}

// about stores one of the bot's texts per language.
func about(param string) methodFunc {
	return func(c *call) (any, *apiError) {
		c.bot.about[param+"/"+c.p.str("language_code")] = c.p.str(param)
		return true, nil
	}
}

// aboutOf reads it, for the language or else for none.
func aboutOf(param string) methodFunc {
	return func(c *call) (any, *apiError) {
		text, ok := c.bot.about[param+"/"+c.p.str("language_code")]
		if !ok {
			text, ok = c.bot.about[param+"/"]
		}
		if !ok && param == "name" {
			text = c.bot.first
		}
		return map[string]string{param: text}, nil
	}
}

// About is a text that the bot set about itself: "name", "description" or
// "short_description", for a language or "".
func (b *Bot) About(what, language string) string {
	b.sim.mu.Lock()
	defer b.sim.mu.Unlock()
	return b.about[what+"/"+language]
}
