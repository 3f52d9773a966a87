package config

// For tests that hold documents against the list of keys.
var (
	Names    = names
	EnvNames = envNames
)
