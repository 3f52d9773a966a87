package moderation

import (
	"strconv"

	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// DigestEntry is the digest of a period.
type DigestEntry struct{ Digest stats.Digest }

// Topic implements [Entry].
func (DigestEntry) Topic() Topic { return TopicDigest }

// About implements [Entry].
func (DigestEntry) About() string { return "" }

// Doer implements [Entry].
func (DigestEntry) Doer() Admin { return Admin{} }

func (n DigestEntry) entryKey() string { return digestKey(TopicDigest, n.Digest) }

func (n DigestEntry) store(s *storedEffect) { s.Topic, s.Digest = TopicDigest, &n.Digest }

// ComplaintsEntry says how often admins were reported in the period of a digest. It is for the owner alone.
type ComplaintsEntry struct {
	Count  int
	Digest stats.Digest
}

// Topic implements [Entry].
func (ComplaintsEntry) Topic() Topic { return TopicComplaints }

// About implements [Entry].
func (ComplaintsEntry) About() string { return "" }

// Doer implements [Entry].
func (ComplaintsEntry) Doer() Admin { return Admin{} }

func (n ComplaintsEntry) entryKey() string { return digestKey(TopicComplaints, n.Digest) }

func (n ComplaintsEntry) store(s *storedEffect) {
	s.Topic, s.Count, s.Digest = TopicComplaints, n.Count, &n.Digest
}

func digestKey(t Topic, d stats.Digest) string {
	return string(t) + "/" + strconv.FormatInt(d.To.Unix(), 10)
}
