// Package ledger is a log with proofs: who rewrites it is caught.
//
// It is a Merkle tree (RFC 6962, by golang.org/x/mod/sumdb/tlog) whose head is
// signed (golang.org/x/mod/sumdb/note). It invents no cryptography.
//
// An entry is a commitment: HMAC-SHA-256 of the event's bytes under a salt of its
// own. Without the salt it tells nothing. Salt and event together are the
// entry's opening, with which anybody can check it. If the opening is lost or
// deleted, the tree stays as it was.
//
// The formats are specified in docs/ledger.md, with a verifier in another
// language. The package does not know what is logged, nor where it is stored.
package ledger
