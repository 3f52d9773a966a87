package moderation

// addressed lists where the author can be told something: in the group, and in private if they opened that chat.
func addressed(d Docket, a Author) []Person {
	if !a.Reachable() {
		return nil
	}
	places := []Person{{ID: a.ID, Language: a.Language}}
	if d.Private {
		places = append(places, Person{ID: a.ID, Language: a.Language, Private: true})
	}
	return places
}

// toAuthor sends a notice to the author wherever they can be told something. In private it need not come first: it can be
// read afterwards too, and a busy private chat must not put off the ban.
func (n Notice) toAuthor(d Docket, a Author) []Effect {
	var effects []Effect
	for _, n.To = range addressed(d, a) {
		if n.To.Private {
			n.First = false
			effects = append(effects, SendPrivateNotice{Notice: n})
		} else {
			effects = append(effects, SendNotice{Notice: n})
		}
	}
	return effects
}

// toAuthor sends a later notice to the author wherever they can be told something.
func (e SendLaterNotice) toAuthor(d Docket, a Author) []Effect {
	var effects []Effect
	for _, e.To = range addressed(d, a) {
		effects = append(effects, e)
	}
	return effects
}
