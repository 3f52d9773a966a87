package tgsim

const deletable = 48 * 3600 // seconds that a bot may delete a message for

func (c *call) deleteMessage() (any, *apiError) {
	id := int(c.p.num("message_id"))
	if id == 0 {
		return nil, badRequest("message identifier is not specified")
	}
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	m := chat.history.get(id)
	if m == nil {
		return nil, badRequest("message to delete not found")
	}
	if !c.mayDelete(m) {
		return nil, badRequest("message can't be deleted")
	}
	c.remove(m)
	return true, nil
}

func (c *call) deleteMessages() (any, *apiError) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	var ids []int
	c.p.object("message_ids", &ids)
	for _, id := range ids {
		if m := chat.history.get(id); m != nil {
			if !c.mayDelete(m) {
				return nil, badRequest("message can't be deleted")
			}
			c.remove(m)
		}
	}
	return true, nil
}

// mayDelete says whether Telegram lets the bot delete the message.
func (c *call) mayDelete(m *Message) bool {
	if c.unix()-m.date >= deletable {
		return false
	}
	if s := m.service; s != nil && (s.SupergroupChatCreated || s.ChannelChatCreated || s.ForumTopicCreated != nil) {
		return false
	}
	if m.author == c.bot.account || m.chat.kind == Private {
		return true
	}
	me := c.me(m.chat)
	if m.chat.kind == Group {
		return me.admin()
	}
	return me.can(mayDelete)
}

func (c *call) remove(m *Message) {
	m.remove()
	m.chat.logDeletion(c.bot.account, m)
}
