package moderation

// TellAdmins tells the admins something: in the log channel, else by a [TellAdmin] for each.
type TellAdmins struct {
	Waiting
	Entry Entry
	Log   int64 // the log channel until now, if it is told there and nowhere else
}

// Kind implements [Effect].
func (TellAdmins) Kind() EffectKind { return EffectAdmins }

// Key implements [Effect].
func (e TellAdmins) Key() string {
	if key := e.Entry.entryKey(); key != "" {
		return string(EffectAdmins) + "/" + key
	}
	return ""
}

// Class implements [Effect].
func (TellAdmins) Class() Class { return Personal }

// Whom implements [Effect].
func (TellAdmins) Whom() int64 { return 0 }

// String implements [Effect].
func (e TellAdmins) String() string { return "tell the admins: " + entryText(e.Entry) }

func (e TellAdmins) stored() storedEffect {
	s := storedEffect{Kind: EffectAdmins, Log: e.Log}
	e.Entry.store(&s)
	return s
}

// TellAdmin tells one admin something.
type TellAdmin struct {
	Waiting
	Entry Entry
	To    Person
}

// Kind implements [Effect].
func (TellAdmin) Kind() EffectKind { return EffectAdmin }

// Key implements [Effect].
func (TellAdmin) Key() string { return "" }

// Class implements [Effect].
func (TellAdmin) Class() Class { return Personal }

// Whom implements [Effect].
func (e TellAdmin) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e TellAdmin) String() string {
	return "tell an admin " + e.To.where() + ": " + entryText(e.Entry)
}

func (e TellAdmin) stored() storedEffect {
	s := storedEffect{Kind: EffectAdmin, To: e.To}
	e.Entry.store(&s)
	return s
}

// entryText names an entry in words, without names.
func entryText(n Entry) string { return string(n.Topic()) + ofCase(n.About()) }
