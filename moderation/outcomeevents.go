package moderation

// eventsOf are the events of an outcome. They follow from what it changes and from nothing else, so that
// nobody can change a case and forget the ledger.
func eventsOf(d Docket, out Outcome) []Event {
	var events []Event
	add := func(e Event) {
		e.At = d.Now
		events = append(events, e)
	}
	if out.Case != nil {
		eventsOfCase(d, out, add)
	}
	for _, c := range out.Copies {
		eventsOfCase(Docket{Now: d.Now}, Outcome{Case: &c.Case}, add)
	}
	if out.Wrong != "" {
		add(Event{Kind: EventOverturned, Case: out.Wrong, Concerns: ConcernsAuthor, By: out.Case.by()})
	}
	if out.Pardoned != "" {
		add(Event{Kind: EventPardoned, Case: out.Pardoned, Concerns: ConcernsAuthor, By: "admin"})
	}
	for _, id := range out.Ended {
		add(Event{Kind: EventEnded, Case: id, Concerns: ConcernsAuthor, By: "admin"})
	}
	for _, e := range out.Effects {
		eventsOfAdmin(e, add)
	}
	return events
}

// eventsOfCase are those of a case and its ballots.
func eventsOfCase(d Docket, out Outcome, add func(Event)) {
	is, was := *out.Case, Case{Verdict: Open}
	fresh := d.Case == nil || d.Case.ID != is.ID
	if fresh {
		add(Event{Kind: EventOpened, Case: is.ID, Concerns: ConcernsGroup})
	} else {
		was = *d.Case
	}
	if b := out.Cast; b != nil && (fresh || d.own(b.Voter) < 0) {
		// One that only changes is no event: a later entry would tell whoever asks for a receipt that it did, and when.
		add(Event{Kind: EventBallot, Case: is.ID, Concerns: ConcernsVoter})
	}
	if out.Retract != 0 {
		add(Event{Kind: EventWithdrawn, Case: is.ID, Concerns: ConcernsGroup})
	}
	if is.Verdict == Withdrawn {
		// It is nobody's: in a receipt it would tell who reports again that nobody else had reported.
		add(Event{Kind: EventVerdict, Case: is.ID, Concerns: ConcernsGroup, Verdict: is.Verdict, Rule: is.Rule, By: is.by()})
	} else if is.Verdict != was.Verdict {
		add(Event{Kind: EventVerdict, Case: is.ID, Concerns: ConcernsAuthor, Verdict: is.Verdict, Rule: is.Rule, By: is.by()})
	} else if is.Rule != was.Rule {
		add(Event{Kind: EventRule, Case: is.ID, Concerns: ConcernsAuthor, Rule: is.Rule, By: "admin"})
	}
	if is.Penalty != was.Penalty || !is.Until.Equal(was.Until) {
		add(Event{Kind: EventPenalty, Case: is.ID, Concerns: ConcernsAuthor, Penalty: is.Penalty.String(), Until: is.Until})
	}
	if is.Appeal != was.Appeal && is.Appeal != NoAppeal {
		add(Event{Kind: EventAppeal, Case: is.ID, Concerns: ConcernsAuthor, Appeal: is.Appeal})
	}
	if is.Reversed != was.Reversed {
		by := "jury"
		for _, e := range out.Effects {
			if told, ok := e.(TellAdmins); ok && told.Entry.Topic() == TopicOverturned {
				by = "admin"
			}
		}
		add(Event{Kind: EventOverturned, Case: is.ID, Concerns: ConcernsAuthor, By: by})
	}
}

// eventsOfAdmin are what an admin did that is about no case.
func eventsOfAdmin(e Effect, add func(Event)) {
	switch e := e.(type) {
	case TellAdmins:
		eventOfDeed(e.Entry, add)
	case GatherEntries:
		if !e.Each { // else they were told of it before
			for _, n := range e.Told.Entries {
				eventOfChange(n, add)
			}
		}
	}
}

func eventOfChange(n Entry, add func(Event)) {
	switch n := n.(type) {
	case SettingChanged:
		add(Event{Kind: EventSetting, Concerns: ConcernsGroup, Setting: n.Change.Setting, From: n.Change.From, To: n.Change.To})
	case RuleChanged:
		add(Event{Kind: EventSetting, Concerns: ConcernsGroup, Setting: "rule", Rule: n.Amended.Rule})
	}
}

func eventOfDeed(n Entry, add func(Event)) {
	switch n := n.(type) {
	case MessagesPurged:
		add(Event{Kind: EventAction, Concerns: ConcernsGroup, Setting: "purge", Count: n.Count})
	case PenaltyEnded:
		add(Event{Kind: EventAction, Concerns: ConcernsGroup, Setting: "free", Penalty: string(n.Step.Kind)})
	}
}
