package methods

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

func TestWhatIsSimulatedIsInTheSchema(t *testing.T) {
	for name := range Table {
		if schema.Load().Methods[name] == nil {
			t.Errorf("%s is simulated but not in the schema", name)
		}
	}
}
