package config

// Names is for tests that hold documents against the list of keys.
var Names = names
