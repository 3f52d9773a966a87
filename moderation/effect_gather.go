package moderation

import "time"

const (
	// ChangesCalm is how long changes of settings and rules are gathered, from the first on.
	ChangesCalm = 3 * time.Minute

	// AdminsCalm is the least time between two messages to each admin of a group without a log channel.
	AdminsCalm = 15 * time.Minute
)

// GatherEntries collects what admins are told, until it is due. A later one adds to the one that waits.
type GatherEntries struct {
	Waiting
	Told Several
	Each bool // by a [TellAdmin] for each, else by one [TellAdmins]
}

// The keys of [GatherEntries].
const (
	gatherChanges = "gather/changes"
	gatherEach    = "gather/each"
)

// GatherKeys are the keys of all [GatherEntries].
func GatherKeys() []string { return []string{gatherChanges, gatherEach} }

// Kind implements [Effect].
func (GatherEntries) Kind() EffectKind { return EffectGather }

// Key implements [Effect].
func (e GatherEntries) Key() string {
	if e.Each {
		return gatherEach
	}
	return gatherChanges
}

// Class implements [Effect].
func (GatherEntries) Class() Class { return Personal }

// Whom implements [Effect].
func (GatherEntries) Whom() int64 { return 0 }

// String implements [Effect].
func (e GatherEntries) String() string { return "gather what to tell the admins: " + e.Told.words() }

// After adds this to what an earlier one collected.
func (e GatherEntries) After(earlier GatherEntries) GatherEntries {
	e.Told = earlier.Told.and(e.Told)
	return e
}

func (e GatherEntries) stored() storedEffect {
	s := storedEffect{Kind: EffectGather, Each: e.Each}
	e.Told.store(&s)
	return s
}

// gatherChange has the other admins told of what was changed, together with other changes of the same minutes.
func gatherChange(now time.Time, changed ...Entry) Effect {
	return GatherEntries{Waiting: Waiting{Due: now.Add(ChangesCalm)}, Told: Several{Entries: changed}}
}
