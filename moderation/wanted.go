package moderation

import "fmt"

// Wanted is a part of a [Docket] that the store loads only if the [Key] asks for it. It can be read only with an error that
// says so if the key did not: a decision that forgets to ask fails in its first test.
type Wanted[T any] struct {
	value *T // nil if it was not asked for
}

// Loaded is a part that was asked for.
func Loaded[T any](value T) Wanted[T] { return Wanted[T]{&value} }

// Read returns the part.
func (w Wanted[T]) Read() (T, error) {
	if w.value == nil {
		var none T
		return none, fmt.Errorf("decide: the key of the decision does not ask for the %T that it reads", none)
	}
	return *w.value, nil
}
