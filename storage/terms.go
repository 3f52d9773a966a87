package storage

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// termsSize is the step in which the length of terms grows.
const termsSize = 400

// writtenTerms is how the terms of a case are kept; empty if it has none. If it has none yet they are blank, and as long as
// most are: SQLite moves a row that grows, and leaves a copy of the key of the case where it was.
func writtenTerms(c moderation.Case) (string, error) {
	switch {
	case c.Terms.Set():
		text, err := marshalPadded(termsSize, c.Terms)
		return string(text), err
	case !c.ClockDue.IsZero():
		return strings.Repeat(" ", termsSize), nil
	}
	return "", nil
}

// openTerms reads the terms of a case. A case that ended before there were any says in its reasons, if it has those, by
// which threshold and quorum it did; a threshold could be a fraction then.
func (s caseStore) openTerms(text, reasons []byte) (moderation.Terms, error) {
	var t moderation.Terms
	if len(text) > 0 {
		if text = bytes.TrimRight(text, " "); len(text) == 0 {
			return t, nil
		}
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
