package moderation_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// dismissed is a case that three members dismissed, the first of whom had reported it: a friend's way to put a message
// beyond all reports.
func dismissed(t *testing.T) (*fixture, *kept) {
	t.Helper()
	m := newFixture(t)
	k := m.reports(41, anna)
	m.must(m.vote(k, bob, moderation.Fine))
	m.must(m.vote(k, carl, moderation.Fine))
	m.must(m.vote(k, anna, moderation.Fine))
	if k.Verdict != moderation.Dismissed {
		t.Fatalf("case %+v", k.Case)
	}
	m.carried()
	return m, k
}

// reportSaying is a report of the message, which now says something.
func (r *fixture) reportSaying(who, message int64, seen moderation.Evidence) error {
	report := r.reportOf(who, message)
	report.Evidence = seen
	_, err := r.court.Report(r.ctx, report)
	return err
}

func TestExpiredCaseCanBeReportedAgain(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	old := m.reports(41, anna)
	m.now = m.now.Add(m.chats[club].Policy.Window)
	if _, err := m.court.ExpireDue(m.ctx); err != nil || old.Verdict != moderation.Expired {
		t.Fatalf("%s, %v", old.Verdict, err)
	}
	m.carried()
	k := m.reports(41, anna, bob, carl)
	if k == old || k.ID == old.ID || k.Verdict != moderation.Upheld || k.Reopens != "" || old.Verdict != moderation.Expired {
		t.Errorf("first %+v\nthen %+v", old.Case, k.Case)
	}
}

// Nobody is asked again by those who dismissed it, nor by one alone, nor by new members. Two who had no vote in it are
// enough, and then no vote on a card decides.
func TestDismissedCaseOpensAgain(t *testing.T) {
	t.Parallel()
	m, old := dismissed(t)
	m.members(30)
	m.unchanged(moderation.RefuseVotedBefore, func() error { return m.reportSaying(bob, 41, moderation.Evidence{}) })
	k := m.reports(41, append(m.fresh(3), dora)...)
	if k == old || k.Reopens != old.ID || !k.Hidden() || k.Appeal != moderation.NoAppeal {
		t.Fatalf("case %+v", k.Case)
	}
	m.want()
	m.reports(41, erin)
	if !k.Hidden() || k.Appeal != moderation.BeforeJury || k.Verdict != moderation.Open || k.CardWanted {
		t.Fatalf("case %+v", k.Case)
	}
	m.refusedAs(m.vote(k, frank, moderation.Fine), moderation.RefuseJudged)
	m.hours(0, 0)
	m.want()
	m.tenMinutes(1) // the jury is drawn
	if k.Hidden() || len(k.jury.Seats) != jury.PerRound {
		t.Fatalf("jury %+v", k.jury)
	}
	m.want("admins again", "summons somebody", "summons somebody", "summons somebody", "summons somebody", "summons somebody")
	m.refusedAs(m.undo(k, erin), moderation.RefuseJudged)
	m.refusedAs(m.reportSaying(frank, 41, moderation.Evidence{}), moderation.RefuseJudged)
}

// Who reports a dismissed message first, and tries again and again, does not see when somebody else reports it.
func TestFirstReporterDoesNotSeeWhenTheSecondReports(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]func(*fixture, *kept) error{
		"by reporting again": func(m *fixture, _ *kept) error { return m.reportSaying(dora, 41, moderation.Evidence{}) },
		"by taking it back":  func(m *fixture, k *kept) error { return m.undo(k, dora) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, second := range []bool{false, true} {
				m, _ := dismissed(t)
				m.members(30)
				k := m.reports(41, dora)
				if second {
					m.reports(41, erin)
				}
				m.must(try(m, k))
			}
		})
	}
}

// Who takes a report back before anybody is asked has taken it back.
func TestReopeningTakenBackBeforeAnybodyIsAsked(t *testing.T) {
	t.Parallel()
	m, _ := dismissed(t)
	m.members(30)
	k := m.reports(41, dora, erin)
	m.must(m.undo(k, erin))
	m.tenMinutes(0)
	if !k.Hidden() || k.Appeal != moderation.NoAppeal || k.Jury != jury.NoJury {
		t.Errorf("case %+v", k.Case)
	}
	m.reports(41, frank)
	m.tenMinutes(1)
	if k.Hidden() || len(k.jury.Seats) != jury.PerRound {
		t.Errorf("jury %+v", k.jury)
	}
}

// tenMinutes has that done which is due when the next full ten minutes are over.
func (r *fixture) tenMinutes(want int) {
	r.t.Helper()
	const period = 10 * time.Minute
	r.now = r.now.Truncate(period).Add(period)
	r.hours(0, want)
}

// The second report of a dismissed message shows nowhere when it is made. Whenever that was, jurors or admins are asked when
// the next full ten minutes are over.
func TestWhoOpensAgainIsNotSeenByTheClock(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		m, _ := dismissed(t)
		m.members(rapid.SampledFrom([]int{0, 30}).Draw(r, "eligible"))
		m.reports(41, dora)
		m.now = m.now.Add(time.Duration(rapid.IntRange(0, 3600).Draw(r, "seconds")) * time.Second)
		k := m.reports(41, erin)
		for range 11 {
			if _, err := m.court.JuriesDue(m.ctx); err != nil {
				r.Fatal(err)
			}
			shown, whole := !k.Hidden(), m.now.Truncate(10*time.Minute).Equal(m.now)
			if shown != (len(m.carried()) > 0) || shown && !whole {
				r.Fatalf("at %v: case %+v", m.now, k.Case)
			}
			if shown {
				return
			}
			m.now = m.now.Add(time.Minute).Truncate(time.Minute)
		}
		r.Fatalf("nobody is asked: case %+v", k.Case)
	})
}

// What is told of it counts from when it is asked, and not from a report. In a pause that is when the pause is over.
func TestTimeOfWhatOpensAgainCountsFromWhenItIsAsked(t *testing.T) {
	t.Parallel()
	for name, paused := range map[string]time.Duration{"": 0, "in a pause": 3 * time.Hour} {
		m, _ := dismissed(t)
		m.now = m.now.Truncate(time.Hour).Add(3*time.Minute + 8*time.Second)
		asked := m.now.Truncate(time.Hour).Add(10 * time.Minute)
		from := asked
		if paused > 0 {
			from = m.now.Add(paused)
			if err := m.pause(paused); err != nil {
				t.Fatal(err)
			}
		}
		k := m.reports(41, dora, erin)
		jurors := jury.Reopened.Times().Lasts
		if !k.JuryDue.Equal(asked) || !k.Deadline.Equal(from.Add(jurors+jury.AdminsReopened)) || !k.jury.Ends.Equal(from.Add(jurors)) {
			t.Errorf("%s: asked at %v, until %v, by a jury until %v", name, k.JuryDue, k.Deadline, k.jury.Ends)
		}
	}
}

// reopened is such a case before a jury.
func reopened(t *testing.T, eligible int) (m *fixture, old, k *kept) {
	t.Helper()
	m, old = dismissed(t)
	m.members(eligible)
	k = m.reports(41, dora, erin)
	m.tenMinutes(1)
	m.carried()
	return m, old, k
}

func TestJuryFindsThatTheDismissalWasWrong(t *testing.T) {
	t.Parallel()
	m, old, k := reopened(t, 30)
	for i := range 4 {
		m.must(m.rule(k, juror(i), jury.Uphold))
	}
	m.hours(1, 0)
	m.want()
	m.hours(1, 1)
	if k.Verdict != moderation.Upheld || !k.ByJury() || k.Appeal != moderation.NoAppeal || k.Jury != jury.NoJury || old.Reversed != moderation.Overturned || old.Verdict != moderation.Dismissed {
		t.Errorf("case %+v\nbefore %+v", k.Case, old.Case)
	}
	m.want("thanks somebody upheld", "thanks somebody upheld", "thanks somebody upheld", "thanks somebody upheld",
		"delete [41]", "notice mallory warn", "outcome dora upheld warn", "outcome erin upheld warn", "admins decided")
	m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(4), jury.Overturn) })
	// Who dismissed it learns that they were wrong, though three votes were enough then.
	m.now = m.now.Add(9 * day)
	m.settle(2)
	for _, who := range []int64{anna, bob, carl} {
		if votes := m.voteRecords[member{club, who}]; votes.Wrong != 1 || votes.Right != 0 {
			t.Errorf("%s: %+v", names[who], votes)
		}
	}
}

// The author of a message that a jury removed can appeal as any other, and nobody judges it twice.
func TestAppealAfterAJury(t *testing.T) {
	t.Parallel()
	m, _, k := reopened(t, 30)
	m.all(k, jury.Uphold)
	m.must(m.appeal(k))
	if k.Appeal != moderation.BeforeJury {
		t.Errorf("case %+v", k.Case)
	}
	m.sits(k, 5, 6, 7, 8, 9)
	m.refusedAs(m.rule(k, juror(0), jury.Overturn), moderation.RefuseAppealOver)
}

func TestJuryDismissesForGood(t *testing.T) {
	t.Parallel()
	m, old, k := reopened(t, 30)
	m.all(k, jury.Overturn)
	if k.Verdict != moderation.Dismissed || old.Reversed != "" {
		t.Errorf("case %+v\nbefore %+v", k.Case, old.Case)
	}
	m.want("thanks somebody dismissed", "thanks somebody dismissed", "thanks somebody dismissed", "thanks somebody dismissed",
		"thanks somebody dismissed", "outcome dora dismissed", "outcome erin dismissed", "admins decided")
	m.unchanged(moderation.RefuseDecided, func() error { return m.reportSaying(gina, 41, moderation.Evidence{}) })
}

// Where no jury can be drawn, the admins decide, and if they do not it expires and can be reported again.
func TestAdminsDecideWhatOpensAgain(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*fixture){
		"too few members": func(m *fixture) { m.members(jury.FewestEligible - 1) },
		"as the group has it": func(m *fixture) {
			m.members(30)
			m.tune(func(p *moderation.Policy) { p.Appeals = moderation.AppealsAdmins })
		},
		"in a pause": func(m *fixture) {
			m.members(30)
			m.chats[club].Paused = m.now.Add(15 * time.Minute)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, old := dismissed(t)
			prepare(m)
			k := m.reports(41, dora, erin)
			m.want()
			m.tenMinutes(1)
			m.want("admins again_asks")
			m.must(m.admin(k, moderation.Upheld))
			if k.Verdict != moderation.Upheld || k.ByJury() || old.Reversed != moderation.Overturned {
				t.Errorf("case %+v\nbefore %+v", k.Case, old.Case)
			}
		})
	}
	m, old := dismissed(t)
	k := m.reports(41, dora, erin)
	m.tenMinutes(1)
	m.hours(24, 1)
	if k.Verdict != moderation.Expired || k.Appeal != moderation.NoAppeal {
		t.Fatalf("case %+v", k.Case)
	}
	if old.Verdict != moderation.Dismissed {
		t.Errorf("before %+v", old.Case)
	}
	// It opens once, or two could have juries drawn for ever.
	m.refusedAs(m.reportSaying(gina, 41, moderation.Evidence{}), moderation.RefuseDecided)
}

// What never found a second voice is another matter.
func TestReopeningThatNobodyJoinedCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	m, old := dismissed(t)
	k := m.reports(41, dora)
	m.now = m.now.Add(day + 10*time.Minute)
	if _, err := m.court.ExpireDue(m.ctx); err != nil || k.Verdict != moderation.Expired {
		t.Fatalf("%s, %v", k.Verdict, err)
	}
	m.refusedAs(m.reportSaying(anna, 41, moderation.Evidence{}), moderation.RefuseVotedBefore)
	if again := m.reports(41, dora); again == k || again.Reopens != old.ID {
		t.Errorf("case %+v", again.Case)
	}
}

// A helper opens a harmless dismissed message again, and then it is edited into a scam. Who voted on the harmless form may
// vote on this one, for it is another message.
func TestReopeningIsNoShieldForAnEdit(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	harmless, scam := moderation.Evidence{Text: "Lovely weather"}, moderation.Evidence{Text: "Send me coins"}
	m.must(m.reportSaying(frank, 41, harmless))
	first := m.about(41)
	for _, who := range []int64{anna, bob, carl} {
		m.must(m.vote(first, who, moderation.Fine))
	}
	m.must(m.vote(first, frank, moderation.Fine))
	m.must(m.reportSaying(gina, 41, harmless))
	k := m.about(41)
	if k.Reopens != first.ID {
		t.Fatalf("case %+v", k.Case)
	}
	m.refusedAs(m.reportSaying(anna, 41, harmless), moderation.RefuseVotedBefore)
	m.must(m.reportSaying(anna, 41, scam))
	if m.about(41) != k || k.Reopens != "" || !k.CardWanted {
		t.Fatalf("case %+v", k.Case)
	}
	m.must(m.vote(k, bob, moderation.Breaks))
	if k.Verdict != moderation.Upheld || first.Reversed != "" {
		t.Errorf("case %+v\nbefore %+v", k.Case, first.Case)
	}
}

// Two find a harmless message fine, it is edited into a scam, and a helper's vote dismisses it. Nobody found that fine.
func TestBallotsOnAnEarlierFormDoNotDismissALaterOne(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	scam := moderation.Evidence{Text: "Send me coins"}
	m.must(m.reportSaying(anna, 41, moderation.Evidence{Text: "Lovely weather"}))
	k := m.about(41)
	m.must(m.vote(k, bob, moderation.Fine))
	m.must(m.vote(k, carl, moderation.Fine))
	m.now = m.now.Add(time.Minute)
	edited, _ := k.evidence.Edited(41, scam, m.now)
	k.evidence = &edited
	m.now = m.now.Add(time.Minute)
	m.must(m.vote(k, frank, moderation.Fine))
	m.must(m.vote(k, gina, moderation.Fine))
	if k.Verdict != moderation.Dismissed {
		t.Fatalf("case %+v", k.Case)
	}
	m.must(m.reportSaying(bob, 41, scam))
	if again := m.about(41); again == k || again.Reopens != "" {
		t.Errorf("case %+v", again.Case)
	}
}

// If the jury's verdict is overturned, whoever found the message fine was right after all.
func TestOverturningAJuryRightsTheDismissal(t *testing.T) {
	t.Parallel()
	m, old, k := reopened(t, 30)
	m.all(k, jury.Uphold)
	m.must(m.overturn(k))
	if old.Reversed != "" {
		t.Errorf("before %+v", old.Case)
	}
}

// The author is not told by /mydata or /forgetme of a case that only admins and jurors see.
func TestOpenCaseWithoutACardIsHiddenFromItsAuthor(t *testing.T) {
	t.Parallel()
	_, old, k := reopened(t, 30)
	if k.Hidden() || !k.HiddenFromAuthor() || old.HiddenFromAuthor() {
		t.Errorf("case %+v", k.Case)
	}
	k.Verdict = moderation.Upheld
	if k.HiddenFromAuthor() {
		t.Error("a verdict is hidden from its author")
	}
}

// A jury that does not come together in half a day leaves it to the admins.
func TestJuryThatDoesNotAgreeLeavesItToTheAdmins(t *testing.T) {
	t.Parallel()
	m, _, k := reopened(t, 30)
	m.must(m.rule(k, juror(0), jury.Uphold))
	for range 5 {
		m.hours(2, 1) // five more are asked
	}
	m.carried()
	m.hours(2, 1)
	if k.Appeal != moderation.BeforeAdmins || k.Verdict != moderation.Open || k.Jury != jury.NoJury {
		t.Errorf("case %+v", k.Case)
	}
	m.want("admins again_asks")
	m.must(m.admin(k, moderation.Dismissed))
	m.want("thanks somebody dismissed", "outcome dora dismissed", "outcome erin dismissed", "admins decided by Dora")
}

// Taking the reports back leaves it dismissed, and does not make it a message that nobody decided about.
func TestReopeningCanBeWithdrawn(t *testing.T) {
	t.Parallel()
	m, old := dismissed(t)
	k := m.reports(41, dora)
	m.must(m.undo(k, dora))
	m.withdraws(k)
	if k.Verdict != moderation.Withdrawn || m.about(41) != old {
		t.Fatalf("case %+v", k.Case)
	}
	m.refusedAs(m.reportSaying(anna, 41, moderation.Evidence{}), moderation.RefuseVotedBefore)
}

func TestWhatAnAdminDismissedStaysDismissed(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	m.must(m.admin(k, moderation.Dismissed))
	m.unchanged(moderation.RefuseDecided, func() error { return m.reportSaying(bob, 41, moderation.Evidence{}) })
}

// A part of an album that came after the report was not captured, which makes it no new message.
func TestLatePartOfAnAlbumIsNoNewMessage(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	part := func(message int64, file string) moderation.Report {
		r := m.reportOf(anna, message)
		r.Target.Album, r.Evidence = "a", moderation.Evidence{Media: "photo", Files: []moderation.Medium{{Kind: "photo", ID: file}}}
		return r
	}
	_, err := m.court.Report(m.ctx, part(41, "1"))
	m.must(err)
	m.must(m.admin(m.cases[0], moderation.Dismissed))
	m.must(m.court.Observe(m.ctx, []moderation.SeenMessage{{Update: m.next(), Chat: club, Message: 42, Album: "a", Author: moderation.Author{ID: mallory}}}))
	_, err = m.court.Report(m.ctx, part(42, "2"))
	m.refusedAs(err, moderation.RefuseDecided)
	_, err = m.court.Report(m.ctx, part(41, "3")) // this one was, and is another now
	m.must(err)
}

// A harmless message is dismissed, then edited into a scam: that is another message.
func TestEditedMessageIsANewOne(t *testing.T) {
	t.Parallel()
	said := moderation.Evidence{Text: "Lovely weather", Entities: []moderation.Entity{{Type: "text_link", Length: 6, URL: "https://weather.example"}}}
	linked := said
	linked.Entities = []moderation.Entity{{Type: "text_link", Length: 6, URL: "https://scam.example"}}
	photo := moderation.Evidence{Text: "Look", Media: "photo", Files: []moderation.Medium{{Kind: "photo", ID: "1", Unique: "a"}}}
	renamed, swapped := photo, photo
	renamed.Files = []moderation.Medium{{Kind: "photo", ID: "2", Unique: "a"}}
	swapped.Files = []moderation.Medium{{Kind: "photo", ID: "3", Unique: "b"}}
	album := moderation.Evidence{Text: "Both", Media: "photo", Rest: []string{"Second"}, Files: []moderation.Medium{{Kind: "photo", ID: "1", Unique: "a"}, {Kind: "photo", ID: "2", Unique: "b"}}}
	edited := moderation.Evidence{Text: "Hello", Edits: []moderation.Edit{{At: noon, Text: "Hello all"}}}
	albumEdited := album
	albumEdited.Edits = []moderation.Edit{{At: noon, Message: 42, Text: "Second b", Media: "photo"}}
	part := func(text, id string) moderation.Evidence {
		return moderation.Evidence{Text: text, Media: "photo", Files: []moderation.Medium{{Kind: "photo", ID: id, Unique: map[string]string{"1": "a", "2": "b", "9": "z"}[id]}}}
	}
	for name, test := range map[string]struct {
		captured, now moderation.Evidence
		fresh         bool
	}{
		"the same":                             {said, said, false},
		"other words":                          {said, moderation.Evidence{Text: "Send me coins"}, true},
		"another link under the same words":    {said, linked, true},
		"a photo that has another id":          {photo, renamed, false},
		"another photo":                        {photo, swapped, true},
		"another caption":                      {photo, moderation.Evidence{Text: "Coins!", Media: "photo", Files: photo.Files}, true},
		"its second part":                      {album, part("Second", "2"), false},
		"a part without words":                 {album, part("", "2"), false},
		"a part with other words":              {album, part("Coins!", "2"), true},
		"a part that was swapped":              {album, part("", "9"), true},
		"as it was edited before":              {edited, moderation.Evidence{Text: "Hello all"}, false},
		"as it was before that":                {edited, moderation.Evidence{Text: "Hello"}, true},
		"an album of which another was edited": {albumEdited, part("Both", "1"), false},
		"the part that was edited":             {albumEdited, moderation.Evidence{Text: "Second b", Media: "photo", Files: part("", "2").Files}, true},
	} {
		for how, end := range map[string]func(m *fixture, k *kept){
			"dismissed by votes": func(m *fixture, k *kept) {
				for _, who := range []int64{bob, carl, anna} {
					m.must(m.vote(k, who, moderation.Fine))
				}
			},
			"dismissed by an admin": func(m *fixture, k *kept) { m.must(m.admin(k, moderation.Dismissed)) },
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				m := newFixture(t)
				m.must(m.reportSaying(anna, 41, test.captured))
				old := m.about(41)
				end(m, old)
				err := m.reportSaying(anna, 41, test.now)
				if !test.fresh {
					if err == nil {
						t.Fatal("it is taken for another message")
					}
					return
				}
				m.must(err)
				if k := m.about(41); k == old || k.Reopens != "" || !k.CardWanted || k.evidence == nil || k.evidence.Text != test.now.Text {
					t.Errorf("case %+v", k.Case)
				}
			})
		}
	}
}
