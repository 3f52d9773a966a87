package tgsim

import "testing"

func TestSchemaIsWhole(t *testing.T) {
	s := loadSchema()
	if len(s.Methods) != 185 || len(s.Types) != 400 {
		t.Errorf("%d methods, %d types", len(s.Methods), len(s.Types))
	}
	for name := range simulated() {
		if s.Methods[name] == nil {
			t.Errorf("%s is simulated but not in the schema", name)
		}
	}
}
