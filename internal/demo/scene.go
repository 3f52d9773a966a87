package demo

import "time"

// Step is what people do in one moment of a scene.
type Step struct {
	After time.Duration // since the step before
	Tell  string        // what it is about, in a line
	Acts  []Act         // one after the other
}

const (
	firstSpam  = "Cheap followers! Write to @cheap_deals"
	secondSpam = "LAST CHANCE: 1000 followers for 5 dollars"
)

// Scene is the whole story: the first offence, the second, and what the owner can find out.
func Scene() []Step {
	const soon = 30 * time.Second
	return []Step{
		{0, "Olga adds Ostrakon to her chess club and makes it an administrator.", []Act{bringTheBot}},
		{2 * time.Minute, "Mallory advertises.", []Act{say("Mallory", firstSpam)}},
		{soon, "Anna replies to it with /report. Only the bot receives that; a vote begins.", []Act{
			report("Anna", "/report spam", firstSpam),
		}},
		{soon, "Bob reports it too, as unseen. The card counts votes: no names, no sides.", []Act{
			report("Bob", "/report", firstSpam),
		}},
		{soon, "Carl taps 🚩, and that decides. The message goes, and those it concerns are told, unseen by others.", []Act{
			tap("Carl", "🚩"),
		}},
		{12 * time.Minute, "The card is gone by now. Mallory does it again.", []Act{say("Mallory", secondSpam)}},
		{soon, "Anna, Bob and Carl report it. The second step of the ladder: an hour's mute.", []Act{
			report("Anna", "/spam", secondSpam), report("Bob", "/report", secondSpam), report("Carl", "/report", secondSpam),
		}},
		{soon, "Mallory tries to go on.", []Act{cannotSay("Mallory", "Are you all asleep?")}},
		{soon, "Who was it? Olga opens Telegram's own “recent actions”: no reporter there either.", []Act{
			openRecentActions("Olga"),
		}},
	}
}
