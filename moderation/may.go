package moderation

// mayReview refuses who may not punish, and what is no upheld case.
func mayReview(d Docket, by Member) error {
	switch {
	case !by.Admin:
		return refuse(RefuseNotAdmin, "")
	case !by.Restrict:
		return refuse(RefuseRights, "")
	case d.Case == nil || d.Case.Hidden(): // as if there were none: a guessed id must not tell that somebody reported
		return refuse(RefuseNoCase, "")
	case d.Case.Verdict != Upheld:
		return refuse(RefuseNotUpheld, d.Case.ID)
	case d.Case.Reversed != "":
		return refuse(RefuseReversed, d.Case.ID)
	}
	return nil
}

// mayPunish refuses what Telegram refuses: an admin who may not restrict members may not through the
// bot either, and nobody can punish an admin, the group's own channel, or us.
func mayPunish(d Docket, by Member, t Target) error {
	switch {
	case !by.Admin:
		return refuse(RefuseNotAdmin, "")
	case !by.Restrict:
		return refuse(RefuseRights, "")
	case t.Role == RoleBot:
		return refuse(RefuseMe, "")
	case t.Role == RoleService, t.Author.ID == 0:
		return refuse(RefuseNobody, "")
	case t.Role == RoleLinked, t.Author.Channel && t.Author.ID == d.Chat.Linked:
		return refuse(RefuseLinked, "")
	case t.Role == RoleAdmin:
		return refuse(RefuseTargetAdmin, "")
	}
	return nil
}
