// Package ledger is a log that nobody can rewrite without being caught: a Merkle tree (RFC 6962, by
// golang.org/x/mod/sumdb/tlog) whose head is signed (golang.org/x/mod/sumdb/note). It knows nothing of what is logged:
// bytes in, proofs out, and it invents no cryptography.
//
// An entry is a commitment, HMAC-SHA-256 of the event's bytes under a salt of its own. Without the salt it tells nothing;
// with salt and event, together the entry's opening, anybody can check it. Who loses the opening, or is made to forget
// it, leaves the tree as it was.
//
// The formats are specified in docs/ledger.md, with a verifier in another language.
package ledger
