package moderation

import (
	"time"
)

// Store keeps everything. It decides nothing.
type Store interface {
	Updater
	Observer
	Migrator
	Agenda
	ClockQueue
	JuryQueue
	Settler
}

// Court decides. What can be asked of it are the methods of its parts, one for each noun; each method is one call of
// [Updater.Update], unless it says otherwise.
type Court struct {
	*runner
	Reports
	Votes
	Reviews
	ManualPenalties
	Appealing
	Juries
	Quizzes
	Settings
	Members
	Groups
	Deliveries
	Clock
	Practices
	Sweeps
}

// NewCourt returns a court that keeps its cases in store and takes the time from now.
func NewCourt(store Store, now func() time.Time) *Court {
	r := &runner{store: store, now: now}
	return &Court{
		runner: r, Reports: Reports{r}, Votes: Votes{r}, Reviews: Reviews{r}, ManualPenalties: ManualPenalties{r},
		Appealing: Appealing{r}, Juries: Juries{r}, Quizzes: Quizzes{r}, Settings: Settings{r}, Members: Members{r, store},
		Groups: Groups{r, store}, Deliveries: Deliveries{r}, Clock: Clock{r, store, store, store, store}, Practices: Practices{r}, Sweeps: Sweeps{r},
	}
}
