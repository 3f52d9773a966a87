package config

import "slices"

// For tests that hold documents against the list of keys: those that people are told of, and the others.
var Names = told

// Unseen lists the keys that people are not told of.
func Unseen() []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(told, name) })
}
