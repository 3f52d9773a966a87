package storage

import (
	"encoding/json"
	"math"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// writtenTerms is how the terms of a case are kept; empty if it has none.
func writtenTerms(t moderation.Terms) (string, error) {
	if !t.Set() {
		return "", nil
	}
	text, err := json.Marshal(t)
	return string(text), err
}

// openTerms reads the terms of a case. A case that ended before there were any says in its reasons, if it has those, by
// which threshold and quorum it did; a threshold could be a fraction then.
func (s caseStore) openTerms(text, reasons []byte) (moderation.Terms, error) {
	var t moderation.Terms
	if len(text) > 0 {
		return t, json.Unmarshal(text, &t)
	}
	if reasons == nil {
		return t, nil
	}
	var old struct {
		Threshold float64 `json:"t"`
		Quorum    int     `json:"q"`
	}
	if err := s.openJSON(sealReasons, reasons, &old); err != nil {
		return t, err
	}
	t.Threshold, t.Quorum = int(math.Ceil(old.Threshold)), old.Quorum
	return t, nil
}
