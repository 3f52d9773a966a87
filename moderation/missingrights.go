package moderation

import "slices"

// Missing lists the rights that the bot lacks in the group: none, or what Telegram says, and what it refuses all the same.
func (c Chat) Missing() []Right {
	var missing []Right
	for _, r := range []Right{RightAdmin, RightDelete, RightRestrict} {
		if c.Kind.Needs(r) == r && (!c.Rights.Has(r) || slices.Contains(c.Told.Refused, r)) {
			missing = append(missing, r)
		}
	}
	return missing
}

// present lists the rights that the bot has and Telegram does not refuse.
func (c Chat) present() []Right {
	return slices.DeleteFunc([]Right{RightAdmin, RightDelete, RightRestrict}, func(r Right) bool {
		return !c.Rights.Has(r) || slices.Contains(c.Told.Refused, r)
	})
}

// minus is what of some rights is not among others.
func minus(some, others []Right) []Right {
	return slices.DeleteFunc(slices.Clone(some), func(r Right) bool { return slices.Contains(others, r) })
}

// untold is what the admins do not know yet: what they are to be told as missing, and what is back.
func (c Chat) untold() (gone, back []Right) {
	missing := c.Missing()
	return minus(minus(missing, c.Told.Missing), c.Told.Lacked), minus(c.Told.Missing, missing)
}
