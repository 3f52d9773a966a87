package people

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// SetUsername gives the user another public @name, or none with "". Updates
// carry it from then on.
func SetUsername(u *world.User, name string) {
	s := u.World
	s.MoveUsername(&u.Username, name, u)
	u.Wire.Username = name
	for _, b := range s.Bots {
		if c := b.Privates[u.ID]; c != nil {
			c.Wire.Username = name
		}
	}
	s.Show()
}

// SetName gives the user another first and last name, which updates carry from
// then on. A deleted account has an empty one.
func SetName(u *world.User, first, last string) {
	u.First, u.Last = first, last
	u.Wire.FirstName, u.Wire.LastName = first, last
	u.World.Show()
}
