package moderation

import "time"

// WelcomeWithin is how late a welcome may come: after that it explains what they have found out.
const WelcomeWithin = 10 * time.Minute

// welcomesWaiting is how many rows may wait to be told to single persons when a welcome is put behind
// them. If a hundred join at once most go without, rather than that others wait for what they are told of their case.
const welcomesWaiting = 20

// welcome tells a new member, once for all time, what holds in the group.
func welcome(out *Outcome, d Docket, r *Record, who Person, at, now time.Time) error {
	late := at.Add(WelcomeWithin)
	waiting, err := d.Queue.Read()
	if err != nil || r.Welcomed || !d.Chat.Policy.Quiz || !d.Chat.Rights.Admin || now.After(late) || waiting >= welcomesWaiting {
		return err
	}
	r.Welcomed = true
	out.Effects = append(out.Effects, SendWelcome{To: who, Until: late})
	return nil
}
