package view

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// CardText says how many have voted and nothing else: no names, no sides, no distance to a verdict. For a final case it
// says how it ended, and that the message was removed only if it was. A few votes are told as "members": a small number would
// point at somebody.
func CardText(p locale.Printer, chat moderation.Chat, cs moderation.Case) string {
	votes := cs.Breaks
	key := "card." + string(cs.Verdict)
	args := locale.Args{"case": cs.ID, "rule": RuleName(p, chat.Book.Rule(cs.Rule))}
	switch cs.Verdict {
	case moderation.Open:
		said := p.Text("card.votes", locale.Args{"count": cs.Votes})
		return p.Text("card.question", locale.Args{"votes": said})
	case moderation.Dismissed:
		votes = cs.Votes - cs.Breaks
	case moderation.Upheld:
		if cs.Swept() && cs.Reversed == "" {
			return p.Text("card.swept", args)
		}
		if cs.Reversed == moderation.Overturned {
			return p.Text("card.overturned", args)
		}
		if cs.Removal == moderation.ProgressWaits {
			return p.Text("card.waiting", args)
		}
		if cs.Removal.Never() {
			return p.Text("card.never", args)
		}
	default:
		return p.Text(key, args)
	}
	args["count"] = votes
	switch {
	case cs.ByAdmin:
		return p.Text(key+"_admin", args)
	case isFew(votes):
		return p.Text(key+"_few", args)
	default:
		return p.Text(key, args)
	}
}

// isFew reports whether a number of votes is too small to be told of a case that is over.
func isFew(votes int) bool { return votes < stats.FewerThan }

// CardButtons offers the two sides of an open case. If the author of a final case could not be reached, it offers the
// link to the notice.
func CardButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, username string) [][]wire.Button {
	switch {
	case cs.Verdict == moderation.Open:
		return [][]wire.Button{{
			Coloured(wire.Button{Text: p.Text("button.breaks", nil), Data: VoteData(chat.Ref, cs.ID, moderation.Breaks)}),
			{Text: p.Text("button.fine", nil), Data: VoteData(chat.Ref, cs.ID, moderation.Fine)},
		}}
	case cs.Unheard:
		return [][]wire.Button{{{Text: p.Text("button.about", nil), URL: AboutLink(username, cs)}}}
	default:
		return nil
	}
}
