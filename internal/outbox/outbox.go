// Package outbox delivers what was decided, when it can be delivered, for as long as it takes.
//
// Rows are written by others in the transaction of the decision that causes them. A [Worker] hands
// each to a delivery function and does as that says: forget the row, try again later, or let it
// wait until somebody releases it (docs/states.md draws it). The package knows rows, lanes and
// times, and nothing of what a row means.
//
// Order: rows of one lane are delivered one after the other, in the order in which they were written. One that was meant for
// later joins its lane when its time comes. Each class of a chat has as many lanes as its writer wants, and they go side by
// side. Class 0 of a chat goes before its other classes, in at most [Share] lanes at a time. Chats do not wait for each
// other. If more is ready than may begin, lanes and chats are served in turn.
//
// A row is dropped only after its delivery. Whoever is killed in between delivers it again, by the
// ordinary path: deliveries must bear being repeated.
package outbox

import (
	"context"
	"time"
)

// Row is one thing to be done.
type Row struct {
	ID       int64
	Revision int64 // grows when a later row takes its place; see [Settler.Drop]
	Chat     int64 // the chat by its present number; 0 for none
	Class    int   // 0 goes first
	Lane     int64 // within chat and class
	Attempts int   // deliveries that failed so far
	Created  time.Time
	Body     []byte
}

// Share is how many rows of class 0 of one chat are under way at most, so that others find room beside them.
const Share = 16

// Classes is how many classes there are: 0, 1 and so on.
const Classes = 3

// lane is what is delivered one after the other.
type lane struct {
	chat  int64
	class int
	lane  int64
}

func (r Row) lane() lane { return lane{r.Chat, r.Class, r.Lane} }

// Want says which rows a worker asks for.
type Want struct {
	Classes  []int
	Limit    int           // how many rows at most
	Rationed int           // how many of them at most are of other classes than 0
	Known    int           // how many rows the worker has already; where it is the only one, they may be listed beyond both limits
	Urgent   map[int64]int // how many of those are of class 0, by their chats; see [Share]
	After    [Classes]Row  // the row of each class that was begun last: if there are more than are asked for, lanes are served in turn
}

// Queue keeps rows. Its methods are safe for concurrent use and durable on return.
type Queue interface {
	WaitingRows
	Settler
}

// WaitingRows lists rows for a worker, and takes back those that it does not begin.
type WaitingRows interface {
	// Ready lists the first row of each lane that may be delivered at now, those of class 0 first. A row
	// may be delivered when its time has come, the earlier rows of its lane are gone, and no row of class
	// 0 of its chat waits. Of class 0 of a chat no more are listed than [Share]. Next is when to look
	// again; zero if nothing becomes ready by itself. If several workers share a queue, the rows are this
	// one's from now on, for a while.
	Ready(ctx context.Context, now time.Time, want Want) (rows []Row, next time.Time, err error)

	// Wait gives a row back that nobody should have before then, unless its revision has grown.
	Wait(ctx context.Context, r Row, until time.Time) error
}

// Settler notes what deliveries came to.
type Settler interface {
	// Drop forgets a row, unless its revision has grown: then it stays, ready to be delivered.
	Drop(ctx context.Context, r Row) error

	// Postpone makes the row wait until then, through no fault, unless its revision has grown. Rows behind it do not wait.
	Postpone(ctx context.Context, r Row, until time.Time) error

	// Retry counts an attempt and makes the row wait until due. Rows behind it wait too.
	Retry(ctx context.Context, r Row, due time.Time) error

	// Hold makes the row wait until it is released. Rows behind it do not wait.
	Hold(ctx context.Context, r Row) error
}

// Backoff is how long a row waits after its n-th failed attempt, counted from 1: 1 s, doubling up
// to 5 min. It depends on nothing but n, because the number of attempts is stored with the row. A
// backoff that counts in memory would begin anew after a restart.
func Backoff(n int) time.Duration {
	const first, most = time.Second, 5 * time.Minute
	if n > 8 {
		return most
	}
	return min(first<<max(0, n-1), most)
}
