package moderation

// granted closes the appeal, if one is open, of a case whose verdict was reversed.
func granted(out *Outcome, d Docket) {
	if out.Case.Appeal.Open() {
		out.Case.Appeal, out.Case.AppealDue = AppealGranted, d.Now
	}
}

// stands ends an appeal in favour of the verdict.
func stands(d Docket, how AppealState, by Member) Outcome {
	cs := *d.Case
	cs.Appeal, cs.AppealDue = how, d.Now
	out := Outcome{Case: &cs, CaseChanges: CaseChanges{Appeal: d.Appeal.copied(*d.Case)}}
	out.Effects = append(out.Effects, SendLaterNotice{Case: cs.ID, Step: cs.Penalty, Appeal: how}.toAuthor(d, cs.Author)...)
	dissolve(&out, d, how, "")
	topic := TopicAppealStands
	if how == AppealLapsed {
		topic = TopicAppealLapsed
	}
	tellAppeal(&out, topic, by)
	return out
}
