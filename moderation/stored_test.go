package moderation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/storedtest"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// What other releases stored must be read for ever, whatever the names in the code become.
func TestStoredForms(t *testing.T) {
	steps := ladder.Ladder{{Kind: ladder.Warn}, {Kind: ladder.Mute, For: time.Hour}, {Kind: ladder.Kick}, {Kind: ladder.Ban}}
	filled := func(name string, value any) storedtest.Form { return storedtest.Form{Name: name, Value: value} }
	storedtest.Check(t,
		filled("policy", storedtest.Filled[moderation.Policy](steps)),
		filled("rights told", storedtest.Filled[moderation.RightsTold]()),
		filled("rule book", storedtest.Filled[rulebook.Book]()),
		filled("author", storedtest.Filled[moderation.Author]()),
		filled("terms", storedtest.Filled[moderation.Terms](steps)),
		filled("log entry", storedtest.Filled[moderation.LogEntry]()),
		filled("judges", moderation.Case{CaseReview: moderation.CaseReview{Judges: []int64{7, 0, -8}}}.Judges),
		filled("evidence", storedtest.Filled[moderation.Evidence]()),
		filled("quiz", storedtest.Filled[moderation.Quiz]()),
		filled("practice", storedtest.Filled[moderation.Practice]()),
		filled("rights news", storedtest.Filled[moderation.RightsEntry]()),
		filled("digest", storedtest.Filled[stats.Digest]()),
		filled("score", storedtest.Filled[moderation.Score]()),
		filled("step", storedtest.Filled[ladder.Step]()),
		filled("person", storedtest.Filled[moderation.Person]()),
		filled("admin", storedtest.Filled[moderation.Admin]()),
		filled("change", storedtest.Filled[moderation.Change]()),
		filled("changed settings", storedtest.Filled[moderation.ChangedSettings]()),
		filled("amended", storedtest.Filled[rulebook.Amended]()),
	)
}

// Words that stand in columns and in JSON.
func TestStoredWords(t *testing.T) {
	check := func(name string, words ...any) { storedtest.Check(t, storedtest.Form{Name: name, Value: words}) }
	check("verdicts", text(moderation.Open, moderation.Upheld, moderation.Dismissed, moderation.Expired, moderation.Withdrawn)...)
	check("reversals", text(moderation.Overturned, moderation.Pardoned)...)
	check("sides", text(moderation.Breaks, moderation.Fine)...)
	check("kinds of groups", text(moderation.Basic, moderation.Supergroup)...)
	check("rulings", text(jury.Uphold, jury.Overturn)...)
	check("penalties", text(ladder.Warn, ladder.Mute, ladder.Kick, ladder.Ban)...)
	check("penalties on no ladder", text(ladder.Remove)...)
	check("reasons of juries", text(jury.NoJury, jury.Heavy, jury.Appeal, jury.Reopened, jury.Stalled)...)
	check("roles", text(moderation.RoleMember, moderation.RoleAdmin, moderation.RoleBot, moderation.RoleLinked, moderation.RoleService)...)
	check("rights", text(moderation.RightAdmin, moderation.RightDelete, moderation.RightRestrict)...)
	check("tiers", text(standing.TierGood, standing.TierWatched, standing.TierRestricted, standing.TierLastChance)...)
	check("who decides", text(moderation.HeavyAdmins, moderation.HeavyVotes, moderation.HeavyJury)...)
	check("who judges appeals", text(moderation.AppealsJury, moderation.AppealsAdmins)...)
	check("states of appeals", text(moderation.NoAppeal, moderation.BeforeJury, moderation.BeforeAdmins, moderation.AppealStands,
		moderation.AppealGranted, moderation.AppealLapsed)...)
	check("progress", text(moderation.ProgressNone, moderation.ProgressDone, moderation.ProgressWaits, moderation.ProgressAdmin,
		moderation.ProgressFailed, moderation.ProgressLate, moderation.ProgressManual)...)
	check("amendments", text(rulebook.AmendAdded, rulebook.AmendRestored, rulebook.AmendRemoved, rulebook.AmendSeverity,
		rulebook.AmendPlace, rulebook.AmendName, rulebook.AmendWhy, rulebook.AmendBreaks, rulebook.AmendFine, rulebook.AmendCleared, rulebook.AmendSweep)...)
	check("rules", text(rulebook.Spam, rulebook.Scam, rulebook.Insult, rulebook.Hate, rulebook.Sexual, rulebook.Violence,
		rulebook.OffTopic, rulebook.Other)...)
	check("concerns", text(moderation.ConcernsVoter, moderation.ConcernsAuthor, moderation.ConcernsGroup)...)
	storedtest.Check(t, storedtest.Form{Name: "classes", Value: []moderation.Class{moderation.Urgent, moderation.Public, moderation.Personal}})
}

func text[T ~string](words ...T) []any {
	var all []any
	for _, w := range words {
		all = append(all, string(w))
	}
	return all
}

// What the ledger commits to is never written anew, so it must stay as it is to the byte.
func TestStoredEvent(t *testing.T) {
	e := moderation.Event{
		Kind: moderation.EventVerdict, Case: "7KQ2", Concerns: moderation.ConcernsAuthor, At: noon, Rule: rulebook.Scam,
		Verdict: moderation.Upheld, By: "votes", Penalty: "mute 1h", Until: noon.Add(time.Hour), Appeal: moderation.BeforeJury,
		Setting: "quorum", From: "2", To: "3", Count: 12,
	}
	text, err := e.Text("g3")
	storedtest.Check(t, storedtest.Form{
		Name: "event", Value: text,
		Write: func() ([]byte, error) { return []byte(text), err },
		Read:  func(line []byte) (any, error) { return string(line), nil }, // only verifiers read what is in it
		Twice: func(read any) ([]byte, error) { return []byte(read.(string)), nil },
	})
}

// Every effect that a release put into the outbox, as its row says it.
func TestStoredEffects(t *testing.T) {
	var (
		author  = moderation.Author{ID: 666, Language: "es"}
		channel = moderation.Author{ID: -100123, Channel: true}
		muted   = ladder.Step{Kind: ladder.Mute, For: time.Hour}
		banned  = ladder.Step{Kind: ladder.Ban}
		heard   = moderation.Person{ID: 666, Language: "es", Private: true}
		whisper = moderation.Person{ID: 7, Language: "ru"}
		until   = noon.Add(time.Hour)
		by      = moderation.Admin{ID: 5, Name: "Dora"}
		score   = &moderation.Score{Cost: 3, Now: 9, Tier: standing.TierWatched}
		steps   = ladder.Ladder{muted}
		digest  = storedtest.Filled[stats.Digest](steps)
		news    = storedtest.Filled[moderation.RightsEntry]()
	)
	effect := func(name string, e moderation.Effect) storedtest.Form {
		return storedtest.Form{
			Name: "effect: " + name, Value: e,
			Write: func() ([]byte, error) { return moderation.WriteEffect(e) },
			Read:  func(plain []byte) (any, error) { return moderation.ReadEffect(plain, moderation.Waiting{}) },
		}
	}
	forms := []storedtest.Form{
		effect("card", moderation.DrawCard{Case: "7KQ2"}),
		effect("card of an open case", moderation.DrawCard{Case: "7KQ2", Open: true}),
		effect("card that goes", moderation.RemoveCard{Case: "7KQ2"}),
		effect("deletion", moderation.DeleteMessages{Case: "7KQ2", Messages: []int64{41, 42}}),
		effect("deletion of no case", moderation.DeleteMessages{Messages: []int64{41}}),
		effect("penalty", moderation.PutPenalty{Case: "7KQ2", Author: author, Step: muted, Until: until}),
		effect("penalty without an end", moderation.PutPenalty{Case: "7KQ2", Author: channel, Step: banned}),
		effect("end of a ban", moderation.LiftBan{Case: "7KQ2", Author: channel}),
		effect("shorter penalty", moderation.ShortenPenalty{Case: "7KQ2", Author: author, Step: muted, Until: noon, From: until}),
		effect("shorter penalty that had no end", moderation.ShortenPenalty{Case: "7KQ2", Author: author, Step: muted, Until: until}),
		effect("release", moderation.EndPenalty{Case: "7KQ2", Author: author, Step: ladder.Step{Kind: ladder.Mute}}),
		effect("release by an admin", moderation.EndPenalty{Author: author, Step: ladder.Step{Kind: ladder.Ban}, Name: "Mallory", Whoever: true}),
		effect("look", moderation.CheckManual{Case: "7KQ2", Author: author}),
		effect("tier", moderation.LimitSending{Author: author}),
		effect("notice", moderation.SendNotice{Notice: moderation.Notice{Case: "7KQ2", Step: muted, Until: until, To: whisper, Rule: rulebook.Scam, Standing: score}}),
		effect("notice before a ban", moderation.SendNotice{Notice: moderation.Notice{Case: "7KQ2", Step: banned, To: whisper, Rule: rulebook.Scam, Standing: score, First: true}}),
		effect("notice of a harsher penalty", moderation.SendNotice{Notice: moderation.Notice{Case: "7KQ2", Step: muted, Until: until, To: whisper, Rule: rulebook.Scam, Harsher: true, Standing: score}}),
		effect("notice of a penalty that waited", moderation.SendNotice{Notice: moderation.Notice{Case: "7KQ2", Step: muted, Until: until, To: whisper, Rule: rulebook.Scam, Waited: true}}),
		effect("letter", moderation.SendPrivateNotice{Notice: moderation.Notice{Case: "7KQ2", Step: muted, Until: until, To: heard, Rule: rulebook.Scam, Standing: score}}),
		effect("letter of a penalty that waited", moderation.SendPrivateNotice{Notice: moderation.Notice{Case: "7KQ2", Step: banned, To: heard, Rule: rulebook.Scam, Waited: true, First: true}}),
		effect("outcome", moderation.SendOutcome{Case: "7KQ2", Step: muted, To: whisper, Rule: rulebook.Scam, Verdict: moderation.Upheld}),
		effect("outcome of nothing", moderation.SendOutcome{Case: "7KQ2", To: heard, Verdict: moderation.Expired}),
		effect("outcome that is reversed", moderation.SendOutcome{Case: "7KQ2", To: heard, Verdict: moderation.Upheld, Reversal: moderation.Overturned}),
		effect("news of a reversal", moderation.SendLaterNotice{Case: "7KQ2", Step: muted, To: heard, Reversal: moderation.Pardoned}),
		effect("news of an appeal", moderation.SendLaterNotice{Case: "7KQ2", Step: muted, To: heard, Appeal: moderation.AppealStands}),
		effect("news of another rule", moderation.SendLaterNotice{Case: "7KQ2", To: heard, Rule: rulebook.Spam, Standing: score}),
		effect("news of a mute that is over sooner", moderation.SendLaterNotice{Case: "7KQ2", Step: muted, To: heard, Eased: until}),
		effect("notice of a removal", moderation.SendNotice{Notice: moderation.Notice{Case: "7KQ2", Step: ladder.Step{Kind: ladder.Remove}, To: whisper, Rule: rulebook.Scam}}),
		effect("thanks for a stalled vote", moderation.SendThanks{Case: "7KQ2", To: heard, Verdict: moderation.Expired}),
		effect("news of a release", moderation.SendLaterNotice{Step: ladder.Step{Kind: ladder.Ban}, To: heard}),
		effect("standing regained", moderation.SendRegained{To: whisper}),
		effect("caution", moderation.SendCaution{To: whisper}),
		effect("caution with a pause", moderation.SendCaution{To: whisper, Until: until}),
		effect("summons", moderation.SendSummons{Case: "7KQ2", To: heard}),
		effect("thanks", moderation.SendThanks{Case: "7KQ2", To: heard, Appeal: moderation.AppealGranted}),
		effect("thanks for a case that opened again", moderation.SendThanks{Case: "7KQ2", To: heard, Verdict: moderation.Dismissed}),
		effect("invitation", moderation.SendInvite{Case: "7KQ2", To: heard}),
		effect("fetching", moderation.FetchFiles{Case: "7KQ2"}),
		effect("welcome", moderation.SendWelcome{To: whisper, Until: until}),
		effect("pause", moderation.AnnouncePause{Until: until}),
		effect("end of a pause", moderation.AnnouncePause{}),
		effect("another bot", moderation.AnnounceBots{}),
		effect("introduction", moderation.Introduce{}),
		effect("practice", moderation.DrawPractice{}),
		effect("outcome of a practice", moderation.SendPracticeOutcome{To: whisper, Verdict: moderation.Upheld, Rule: rulebook.Scam}),
		effect("owner's look", moderation.SendPracticeAudit{}),
		effect("what is kept", moderation.SendKept{To: heard}),
		effect("outcome of a dated ballot", moderation.SendOutcome{Case: "7KQ2", To: heard, Verdict: moderation.Upheld, Cast: noon}),
		effect("caution of a dated ballot", moderation.SendCaution{To: heard, Cast: noon}),
		effect("dated summons", moderation.SendSummons{Case: "7KQ2", To: heard, Cast: noon}),
		effect("dated thanks", moderation.SendThanks{Case: "7KQ2", To: heard, Cast: noon}),
		effect("wipe", moderation.WipeShown{To: heard}),
		effect("own cases", moderation.SendCases{To: heard}),
		effect("erasure", moderation.DeleteKept{To: heard, Handle: "mallory"}),
		effect("report in private by a link", moderation.LookupMessage{
			To: heard, Message: moderation.MessageRef{Chat: -100123, Name: "chess", Channel: true, Message: 41}, Typed: "scam", Messages: []int64{5, 6},
		}),
		effect("report in private by a forward", moderation.LookupMessage{
			To: heard, Message: moderation.MessageRef{At: noon.Unix(), Author: 666, Content: "x"}, Messages: []int64{5},
		}),
		effect("answer to a report in private", moderation.TellReporter{
			To: heard, Receipt: moderation.PrivateReceipt{Group: 3, Case: "7KQ2", Rule: rulebook.Scam, Open: true}, Messages: []int64{5}, Asked: noon,
		}),
		effect("answer to a report of a practice in private", moderation.TellReporter{
			To: heard, Receipt: moderation.PrivateReceipt{Group: 3, Practice: noon.Unix(), Open: true}, Messages: []int64{5}, Asked: noon,
		}),
		effect("answer that refuses a report in private", moderation.TellReporter{
			To: heard, Receipt: moderation.PrivateReceipt{Group: 3, Refused: moderation.RefusePaused, Until: until, Complaint: true}, Messages: []int64{5},
		}),
		effect("question which message is meant", moderation.TellReporter{
			To: heard, Receipt: moderation.PrivateReceipt{Which: []moderation.GroupMessage{{Group: 3, Message: 41, Rule: rulebook.Scam}}}, Messages: []int64{5},
		}),
	}
	for _, n := range []moderation.Entry{
		moderation.RightsDue{},
		news,
		moderation.Trouble{What: moderation.TopicTargetAdmin, Case: "7KQ2"},
		moderation.Trouble{What: moderation.TopicTooOld, Case: "7KQ2"},
		moderation.Trouble{What: moderation.TopicFailed, Case: "7KQ2"},
		moderation.ManualPenaltyKept{Case: "7KQ2"},
		moderation.ManualPenaltyKept{Name: "Mallory"},
		moderation.Trouble{What: moderation.TopicBasicMute, Case: "7KQ2"},
		moderation.Trouble{What: moderation.TopicLogLost},
		moderation.Trouble{What: moderation.TopicLogPublic},
		moderation.Trouble{What: moderation.TopicLogForeign},
		moderation.CaseEntry{What: moderation.TopicDecided, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicDecided, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicDelivered, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicUndecided, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicAgain, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicAgainAsks, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicConfirmed, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicDropped, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicManual, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicOverturned, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicPardoned, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicHarsher, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicAppealed, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicAppealAsks, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicAppealStands, Case: "7KQ2", By: by},
		moderation.CaseEntry{What: moderation.TopicAppealLapsed, Case: "7KQ2"},
		moderation.CaseEntry{What: moderation.TopicJury, Case: "7KQ2"},
		moderation.PenaltyEnded{Step: ladder.Step{Kind: ladder.Mute}, By: by, Name: "Mallory"},
		moderation.MessagesPurged{By: by, Count: 12},
		moderation.SettingChanged{By: by, Change: moderation.Change{Setting: "quorum", From: "2", To: "3"}},
		moderation.RuleChanged{By: by, Amended: rulebook.Amended{Kind: rulebook.AmendSeverity, Rule: rulebook.Spam, From: "1", To: "2"}},
		moderation.CaseEntry{What: moderation.TopicCorrected, Case: "7KQ2", By: by},
		moderation.DigestEntry{Digest: digest},
		moderation.ComplaintsEntry{Count: 4, Digest: digest},
	} {
		// To the log channel, and to one admin.
		name := strings.Join([]string{"admins", string(n.Topic()), n.About(), nameIn(n), n.Doer().Name}, " ")
		if _, told := n.(moderation.RightsEntry); told {
			name += " news"
		}
		forms = append(forms, effect(name, moderation.TellAdmins{Entry: n}), effect("one of "+name, moderation.TellAdmin{Entry: n, To: whisper}))
	}
	several := moderation.Several{Entries: []moderation.Entry{
		moderation.CaseEntry{What: moderation.TopicDecided, Case: "7KQ2", By: by},
		moderation.SettingChanged{By: by, Change: moderation.Change{Setting: "quorum", From: "2", To: "3"}},
	}, More: 4}
	forms = append(forms,
		effect("gathered for each admin", moderation.GatherEntries{Told: several, Each: true}),
		effect("gathered changes", moderation.GatherEntries{Told: moderation.Several{Entries: several.Entries[1:]}}),
		effect("nothing is gathered yet", moderation.GatherEntries{Each: true}),
		effect("admins in the log until now", moderation.TellAdmins{Entry: several.Entries[1], Log: -9}),
		effect("admins several", moderation.TellAdmins{Entry: several}),
		effect("one of admins several", moderation.TellAdmin{Entry: several, To: whisper}),
	)
	storedtest.Check(t, forms...)
}

// nameIn is whom news name.
func nameIn(n moderation.Entry) string {
	switch n := n.(type) {
	case moderation.ManualPenaltyKept:
		return n.Name
	case moderation.PenaltyEnded:
		return n.Name
	}
	return ""
}
