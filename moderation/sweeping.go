package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Sweeps removes what goes along with a message.
type Sweeps struct{ *runner }

const (
	// SweptAtOnce is how many messages go in one transaction: as many as one call to Telegram takes. The rest goes in the next.
	SweptAtOnce = 100

	// MaxCopiesAsked is about how many copies the group is asked at once. The others can be reported.
	MaxCopiesAsked = 3
)

// Sweep decides which of the messages that were found go, and which the group is asked about. Admins are those that the group has
// at this moment. With that e is done.
func (c *Sweeps) Sweep(ctx context.Context, e SweepMessages, found []Alike, marks []string, admins []int64) error {
	s := sweeping{e: e, marks: marks, admins: admins, units: unitsOf(found)}
	key := Key{Chat: e.Chat, Case: e.Case, Rows: Rows{Done: e.Ref}, Want: Want{Sweep: s.question()}}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) { return s.decide(d, now) })
	return err
}

// sweeping is one sweep.
type sweeping struct {
	e      SweepMessages
	marks  []string // of the removed message
	admins []int64
	units  []unit
}

// unit is a message, or an album, which goes or stays as a whole.
type unit struct {
	Alike
	messages []int64
}

// unitsOf puts albums together.
func unitsOf(found []Alike) (units []unit) {
	albums := map[string]int{}
	for _, m := range found {
		i, known := albums[m.Album]
		if m.Album == "" || !known {
			albums[m.Album] = len(units)
			units = append(units, unit{m, []int64{m.Message}})
			continue
		}
		u := &units[i]
		u.messages = append(u.messages, m.Message)
		u.Marks, u.Ever = slices.Concat(u.Marks, m.Marks), slices.Concat(u.Ever, m.Ever)
		u.Said = u.Said.With(m.Said)
	}
	return units
}

func (u unit) key() SweptKey { return SweptKey{u.Message, u.Album} }

// question is what has to be known of the messages.
func (s sweeping) question() *SweepQuestion {
	q := &SweepQuestion{Fresh: min(len(s.units), SweptAtOnce+MaxCopiesAsked)}
	for _, u := range s.units {
		if !slices.Contains(q.Authors, u.Author.ID) {
			q.Authors = append(q.Authors, u.Author.ID)
		}
		q.Messages = append(q.Messages, u.key())
	}
	return q
}

func (s sweeping) decide(d Docket, now time.Time) (Outcome, error) {
	view, err := d.Sweep.Read()
	if err != nil || d.Case == nil {
		return Outcome{}, err
	}
	cs := *d.Case
	r := &reckoning{sweeping: s, d: d, view: view, now: now, out: Outcome{Case: &cs}}
	if cs.Verdict == Upheld && cs.Reversed == "" && cs.Message != 0 {
		r.run()
	}
	if s.e.Tells && !r.more {
		r.out.Effects = append(r.out.Effects, TellAdmins{Entry: CaseEntry{What: TopicDecided, Case: cs.ID, By: s.e.By}})
	}
	return r.out, nil
}

// reckoning is the decision about one sweep.
type reckoning struct {
	sweeping
	d    Docket
	view SweepView
	now  time.Time
	out  Outcome
	more bool // there is more than goes at once
}

func (r *reckoning) run() {
	free := r.unprotected()
	if len(free) > 0 && !r.e.Later {
		r.out.Watch = &LaterCopies{Marks: free, Ends: r.d.Case.Decided.Add(WatchFor)}
	}
	var ask []unit
	for _, u := range r.units {
		switch {
		case !r.touchable(u):
		case r.goes(u, free):
			r.remove(u)
		case u.Author.ID != r.d.Case.Author.ID && len(u.Marks) > 0 && r.view.Cases[u.key()].ID == "":
			ask = append(ask, u)
		}
	}
	if len(r.out.Removed) > 0 {
		r.out.Case.Along += len(r.out.Removed)
		r.out.Effects = append([]Effect{DeleteMessages{Messages: r.out.Removed}}, r.out.Effects...)
	}
	for _, u := range ask[:max(0, min(len(ask), MaxCopiesAsked-r.view.Asked))] {
		r.ask(u)
	}
	switch {
	case r.more:
		r.out.Effects = append(r.out.Effects, r.e.again())
	case r.e.All && r.e.Tells && r.d.Case.Penalty.Kind != ladder.Warn:
		r.out.Effects = append(r.out.Effects, r.e.oneLast(r.now))
	}
}

// lastLook is when the author's messages are looked for once more, who was muted or put out meanwhile: what they had sent just before that
// may not have arrived yet.
const lastLook = time.Second

func (e SweepMessages) oneLast(now time.Time) SweepMessages {
	return SweepMessages{Waiting: Waiting{Due: now.Add(lastLook)}, Case: e.Case, Author: e.Author, All: true}
}

// again is the effect for what is left.
func (e SweepMessages) again() SweepMessages {
	e.Waiting = Waiting{}
	return e
}

// unprotected are the marks of the removed message that make a copy. Not among them is what somebody wrote too whose word is not
// swept: an established member, an admin, the group's channel. Nor is what was found to be fine. Otherwise whoever copies a
// message, and has the copy upheld, would have the original removed.
func (r *reckoning) unprotected() []string {
	var protected []string
	for _, u := range r.units {
		if u.Author.ID != r.d.Case.Author.ID && (r.trusted(u) || r.fine(u)) {
			protected = append(protected, u.Ever...)
		}
	}
	return slices.DeleteFunc(slices.Clone(r.marks), func(m string) bool { return slices.Contains(protected, m) })
}

// trusted reports whether nothing may go that its author wrote, as a copy.
func (r *reckoning) trusted(u unit) bool {
	who := r.view.Authors[u.Author.ID]
	return r.official(u) || r.d.Chat.Established(u.Author, who.Record, who.Presence, r.now)
}

// official reports whether an admin wrote it, or the group's channel.
func (r *reckoning) official(u unit) bool {
	return u.Role != RoleMember || slices.Contains(r.admins, u.Author.ID) || u.Author.Channel && u.Author.ID == r.d.Chat.Linked
}

// fine reports whether a case found a message to be fine.
func (r *reckoning) fine(u unit) bool {
	own := r.view.Cases[u.key()]
	return own.Again || own.Verdict == Dismissed && own.Reversed == "" || own.Verdict == Upheld && own.Reversed == Overturned
}

// touchable reports whether a message is there still, can be removed, and was not judged by itself.
func (r *reckoning) touchable(u unit) bool {
	own := r.view.Cases[u.key()]
	judged := own.Again || own.Verdict == Upheld || own.Verdict == Dismissed
	return !r.official(u) && !judged && !slices.Contains(u.messages, r.d.Case.Message) && r.now.Sub(u.At) < MaxAge
}

// goes reports whether a message is removed: of the author anything or a copy, of a new member a copy.
func (r *reckoning) goes(u unit, free []string) bool {
	copied := slices.ContainsFunc(u.Marks, func(m string) bool { return slices.Contains(free, m) })
	if u.Author.ID == r.d.Case.Author.ID {
		return r.e.All || copied
	}
	return copied && !r.trusted(u) && r.view.Authors[u.Author.ID].Record.New(r.now)
}

// remove removes a message along with that of the case. Whoever else wrote it is told, once.
func (r *reckoning) remove(u unit) {
	if len(r.out.Removed)+len(u.messages) > SweptAtOnce {
		r.more = true
		return
	}
	r.out.Removed = append(r.out.Removed, u.messages...)
	others := u.Author.ID != r.d.Case.Author.ID
	if own := r.view.Cases[u.key()]; own.Verdict == Open {
		r.out.Effects = append(r.out.Effects, EndSwept{Case: own.ID, With: r.d.Case.ID, Rule: r.d.Case.Rule, Tells: others})
		return
	}
	if !others || r.view.Authors[u.Author.ID].Told || r.has(u.Author.ID) {
		return
	}
	cs := r.begin(u)
	cs.Verdict, cs.Decided, cs.Deadline, cs.ClockDue = Upheld, r.now, r.now, time.Time{}
	cs.Terms, cs.Judges = r.d.Case.Terms, slices.Clone(r.d.Case.Judges)
	r.add(cs, u)
	r.out.Effects = append(r.out.Effects, Notice{Case: cs.ID, Rule: cs.Rule}.toAuthor(r.docketOf(u), u.Author)...)
}

// has reports whether this sweep began a case about somebody already.
func (r *reckoning) has(author int64) bool {
	return slices.ContainsFunc(r.out.Copies, func(c CopyCase) bool { return c.Case.Author.ID == author })
}

// docketOf is what is looked at to tell the author of a copy something.
func (r *reckoning) docketOf(u unit) Docket {
	return Docket{AuthorView: AuthorView{Private: r.view.Authors[u.Author.ID].Private}}
}

// ask has the group asked about a copy that does not go by itself. Nobody reported it, so there is no ballot yet, and it costs
// nobody anything.
func (r *reckoning) ask(u unit) {
	cs := r.begin(u)
	cs.Verdict, cs.CardWanted = Open, cs.CardAfter > 0
	r.add(cs, u)
	if cs.CardWanted {
		r.out.Effects = append(r.out.Effects, DrawCard{Case: cs.ID, Open: true})
	}
}

// begin is a case about a copy.
func (r *reckoning) begin(u unit) Case {
	due := nextPeriod(r.now)
	return Case{
		ID: r.view.IDs[len(r.out.Copies)], Chat: r.d.Chat.ID, CopyOf: r.d.Case.ID, Rule: r.d.Case.Rule, Opened: r.now,
		ClockDue: due, Deadline: r.d.deadline(due),
		CaseMessage: CaseMessage{Message: u.Message, Thread: u.Thread, Album: u.Album, SentAt: u.At, Author: u.Author},
		CaseMoments: CaseMoments{CardDelay: r.d.Chat.CardDelay(), CardAfter: r.d.Chat.Policy.CardAfter},
	}
}

// add has a case kept, with the message as its evidence.
func (r *reckoning) add(cs Case, u unit) {
	e := u.Said
	e.Name, e.Handle, e.SentAt = u.Name, u.Handle, u.At
	r.out.Copies = append(r.out.Copies, CopyCase{Case: cs, Evidence: e, Messages: u.messages})
	r.out.Effects = append(r.out.Effects, e.fetch(cs.ID)...)
}
