package moderation

import (
	"strconv"

	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// DigestNews is the digest of a period.
type DigestNews struct{ Digest stats.Digest }

// Topic implements [News].
func (DigestNews) Topic() Topic { return TopicDigest }

// About implements [News].
func (DigestNews) About() string { return "" }

// Doer implements [News].
func (DigestNews) Doer() Admin { return Admin{} }

func (n DigestNews) newsKey() string { return digestKey(TopicDigest, n.Digest) }

func (n DigestNews) store(s *storedEffect) { s.Topic, s.Digest = TopicDigest, &n.Digest }

// ComplaintsNews says how often admins were reported in the period of a digest. It is for the owner alone.
type ComplaintsNews struct {
	Count  int
	Digest stats.Digest
}

// Topic implements [News].
func (ComplaintsNews) Topic() Topic { return TopicComplaints }

// About implements [News].
func (ComplaintsNews) About() string { return "" }

// Doer implements [News].
func (ComplaintsNews) Doer() Admin { return Admin{} }

func (n ComplaintsNews) newsKey() string { return digestKey(TopicComplaints, n.Digest) }

func (n ComplaintsNews) store(s *storedEffect) {
	s.Topic, s.Count, s.Digest = TopicComplaints, n.Count, &n.Digest
}

func digestKey(t Topic, d stats.Digest) string {
	return string(t) + "/" + strconv.FormatInt(d.To.Unix(), 10)
}
