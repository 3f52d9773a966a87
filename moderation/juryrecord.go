package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// JuryRecord is what a group remembers of a member and juries, for a day or a week: how often they were asked, whether they want to
// be, and what juries their reports and appeals brought.
type JuryRecord struct {
	Asked    []Summons   // within the last day, the oldest first
	Declines bool        // they do not want to be asked
	Willing  time.Time   // since when they want to be asked again; zero if they never declined
	Caused   []time.Time // when their reports brought a jury, within the last day
	Rests    time.Time   // until when their reports bring none, since the last one did not agree with them
	Accused  time.Time   // when reports of new members alone last brought a jury about a message of theirs
	Appealed time.Time   // when a jury was last drawn for an appeal of theirs
}

// Summons is that somebody was asked to be a juror.
type Summons struct {
	At     time.Time
	Reason jury.Reason
}

// The patience of people.
const (
	// MostStalled is how often somebody is asked within [AskedWithin] about stalled votes, and MostOthers about all else. Neither takes
	// from the other: else whoever brings many of the one kind would leave nobody for the other.
	MostStalled, MostOthers = 1, 1
	AskedWithin             = 24 * time.Hour

	// WillingAfter is how long after somebody wants to be asked again they are drawn. Else who wants to sit on one jury alone
	// could switch it on for that.
	WillingAfter = 8 * 24 * time.Hour

	// MostCaused is how many juries, about stalled votes and heavy penalties, the reports of one member bring within [AskedWithin]; of one with a record of right reports
	// [MostCausedRight].
	MostCaused, MostCausedRight = 1, 3

	// RestsFor is for how long somebody's reports bring no jury, after one about a stalled vote did not find what they said. Else
	// a few accounts that report what is fine would use up the patience of a group every day.
	RestsFor = 7 * 24 * time.Hour

	// NewCausedEvery is how often reports of new members alone bring a jury in a group, and [NewCausedAbout] about one author.
	NewCausedEvery, NewCausedAbout = time.Hour, 24 * time.Hour

	// AppealEvery is how often the appeals of one author have a jury drawn.
	AppealEvery = 7 * 24 * time.Hour

	// AppealShare is the part of the eligible, as one in so many, who are asked about appeals within [AskedWithin].
	AppealShare = 4

	// DrainedShare is the part of the eligible, as one in so many, that must have patience left for anything, or no jury about a stalled
	// vote is drawn.
	DrainedShare = 2
)

// mayBeAsked reports whether the member's patience is not used up.
func (r JuryRecord) mayBeAsked(reason jury.Reason, now time.Time) bool {
	stalled := r.asked(now, jury.Stalled)
	if reason == jury.Stalled {
		return stalled < MostStalled
	}
	return r.asked(now)-stalled < MostOthers
}

// askedAbout reports whether the member was asked for a reason within [AskedWithin].
func (r JuryRecord) askedAbout(reason jury.Reason, now time.Time) bool {
	return r.asked(now, reason) > 0
}

// asked is how often the member was asked within [AskedWithin], for one of these reasons or, if there are none, for any.
func (r JuryRecord) asked(now time.Time, reasons ...jury.Reason) int {
	n := 0
	for _, a := range r.Asked {
		if now.Sub(a.At) < AskedWithin && (len(reasons) == 0 || slices.Contains(reasons, a.Reason)) {
			n++
		}
	}
	return n
}

// willing reports whether the member wants to be asked, and has for long enough.
func (r JuryRecord) willing(now time.Time) bool {
	return !r.Declines && (r.Willing.IsZero() || now.Sub(r.Willing) >= WillingAfter)
}

// ask notes that the member is asked.
func (r JuryRecord) ask(reason jury.Reason, now time.Time) JuryRecord {
	r.Asked = slices.DeleteFunc(slices.Clone(r.Asked), func(s Summons) bool { return now.Sub(s.At) >= AskedWithin })
	r.Asked = append(r.Asked, Summons{now, reason})
	return r
}

// mayCause reports whether the member's report may bring a jury now. The vote record is theirs.
func (r JuryRecord) mayCause(votes weight.VoteRecord, now time.Time) bool {
	return !r.Rests.After(now) && r.caused(now) < mostCaused(votes, DayOf(now))
}

// caused is how many juries the member's reports brought within the last day.
func (r JuryRecord) caused(now time.Time) int {
	n := 0
	for _, at := range r.Caused {
		if now.Sub(at) < AskedWithin {
			n++
		}
	}
	return n
}

// cause notes that the member's report brings a jury.
func (r JuryRecord) cause(now time.Time) JuryRecord {
	r.Caused = slices.DeleteFunc(slices.Clone(r.Caused), func(at time.Time) bool { return now.Sub(at) >= AskedWithin })
	r.Caused = append(r.Caused, now)
	return r
}

// mostCaused is how many juries reports may bring in a day of a member with this record.
func mostCaused(r weight.VoteRecord, day int64) int {
	if r = r.On(day); r.Right >= rightReports && r.Accuracy() >= rightShare {
		return MostCausedRight
	}
	return MostCaused
}

// A record of right reports: so many ballots were right, of so large a part.
const (
	rightReports = 20
	rightShare   = 0.85
)

// None reports whether there is nothing left to remember at this time.
func (r JuryRecord) None(now time.Time) bool {
	return !r.Declines && r.Until().Before(now)
}

// Until is how long the record matters, if the member does not decline: then it can be forgotten.
func (r JuryRecord) Until() time.Time {
	var until time.Time
	later := func(t time.Time, by time.Duration) {
		if end := t.Add(by); !t.IsZero() && end.After(until) {
			until = end
		}
	}
	for _, a := range r.Asked {
		later(a.At, AskedWithin)
	}
	for _, at := range r.Caused {
		later(at, AskedWithin)
	}
	later(r.Rests, 0)
	later(r.Willing, WillingAfter)
	later(r.Accused, NewCausedAbout)
	later(r.Appealed, AppealEvery)
	return until
}
