package storage

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/storedtest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What is in sealed columns must be read for ever, whatever the names in the code become.
func TestStoredForms(t *testing.T) {
	filled := func(name string, value any) storedtest.Form { return storedtest.Form{Name: name, Value: value} }
	storedtest.Check(t,
		filled("ballot", storedtest.Filled[sealedBallot]()),
		filled("appeal", storedtest.Filled[sealedAppeal]()),
		filled("juror", storedtest.Filled[sealedJuror]()),
		filled("asked", storedtest.Filled[asked]()),
		filled("shown", storedtest.Filled[sealedShown]()),
		filled("opening", storedtest.Filled[sealedOpening]()),
		filled("writer", storedtest.Filled[sealedWriter]()),
		filled("restraint", storedtest.Filled[restraintJSON]()),
		filled("cards brought", []int64{1782907200, 1782907201}),
	)
}

// A recent message is written by hand, and read by encoding/json.
func TestStoredMessage(t *testing.T) {
	bare := sealedMessage{
		Message: 41, At: 1782907200, Author: moderation.Author{ID: 7, Language: "ru"}, Name: "Anna", Thread: 3, Role: moderation.RoleMember,
		Said: &moderation.Evidence{Name: "Anna", Handle: "anna", Text: "buy", Media: "photo"}, Album: "a1",
	}
	rich := bare
	said := storedtest.Filled[moderation.Evidence]()
	rich.Said = &said
	for name, seen := range map[string]sealedMessage{"recent message": bare, "recent message with files": rich} {
		storedtest.Check(t, storedtest.Form{
			Name: name, Value: seen,
			Write: func() ([]byte, error) { return seen.write() },
		})
	}
	storedtest.Check(t, storedtest.Form{Name: "recent message of earlier releases", Value: storedtest.Filled[sealedMessage]()})
}

// What is sealed ends with blanks, so that its length says little.
func TestStoredPadding(t *testing.T) {
	plain, err := marshalPadded(12, []int{1})
	if err != nil || string(plain) != "[1]         " {
		t.Errorf("%q, %v", plain, err)
	}
	var back []int
	if err := json.Unmarshal(plain, &back); err != nil || !reflect.DeepEqual(back, []int{1}) {
		t.Errorf("read as %v, %v", back, err)
	}
	if unix(fromUnix(1782907200)) != 1782907200 || !fromUnix(0).IsZero() || unix(time.Time{}) != 0 {
		t.Error("times are stored as seconds since 1970, and none as 0")
	}
}

// Names that keys are derived from, and under which values stand: with another name nothing is found.
func TestStoredNames(t *testing.T) {
	check := func(name string, words ...string) { storedtest.Check(t, storedtest.Form{Name: name, Value: words}) }
	check("kinds of rows", KindEffect, KindCall)
	check("kinds of ballots", string(kindVote), string(kindReport), string(kindWithout))
	check("purposes of seals", sealAuthor, sealCaseKey, sealBallot, sealMessage, sealOutbox, sealEvidence, sealMedium, sealReasons,
		sealHandle, sealActive, sealJudges, sealAsked, sealAppeal, sealLedger, sealOpening, sealBook, sealQuiz, sealBrought, sealEntry)
	check("purposes of tags of the moments of cases", tagMoments)
	check("purposes about jurors", sealJuror, tagJuror)
	check("purposes of tags", tagMember, tagBucket, tagPrivate, tagOffence, tagAlbum, tagVoter, tagAdmin, tagHandle, tagAgainst, tagTrack,
		tagAlike, tagQuiz, tagTurn, tagActive, tagBrought, tagPutOn, tagAsked, tagSecret, tagSubject)
	check("values of meta", MetaCopy, metaSecret, metaSize, metaShown, metaPeriod, metaPoller, metaWatched, metaBackup, MetaMade, metaRedraw, metaID)
}
