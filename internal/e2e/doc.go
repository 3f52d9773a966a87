// Package e2e tests the whole program against a simulated Telegram: the real bot over HTTP, with a database on disk.
// Its stories are in testdata/scenarios, in plain words that testdata/scenarios/README.md describes. Other tests kill the
// bot, disturb its network and its clock, and let random people use it, and look whether all that must hold still holds.
// The package has nothing but tests. What concerns one package alone is tested there.
package e2e
