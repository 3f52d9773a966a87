package storage_test

import (
	"reflect"
	"slices"
	"testing"
)

// whole makes sure that each field of what is to be kept has a value. So a field which is added to a
// type and not to its table is missed.
func whole(t *testing.T, kept any, but ...string) {
	t.Helper()
	v := reflect.ValueOf(kept)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && !slices.Contains(but, name) {
			t.Errorf("%s of this %s is empty, so that nothing shows whether it is kept", name, v.Type())
		}
	}
}
