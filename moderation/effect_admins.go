package moderation

// TellAdmins tells the admins something: in the log channel, else by a [TellAdmin] for each.
type TellAdmins struct {
	Waiting
	News News
}

// Kind implements [Effect].
func (TellAdmins) Kind() EffectKind { return EffectAdmins }

// Key implements [Effect].
func (e TellAdmins) Key() string {
	if key := e.News.newsKey(); key != "" {
		return string(EffectAdmins) + "/" + key
	}
	return ""
}

// Class implements [Effect].
func (TellAdmins) Class() Class { return Personal }

// Whom implements [Effect].
func (TellAdmins) Whom() int64 { return 0 }

func (e TellAdmins) String() string { return "tell the admins: " + newsText(e.News) }

func (e TellAdmins) stored() storedEffect {
	s := storedEffect{Kind: EffectAdmins}
	e.News.store(&s)
	return s
}

// TellAdmin tells one admin something.
type TellAdmin struct {
	Waiting
	News News
	To   Person
}

// Kind implements [Effect].
func (TellAdmin) Kind() EffectKind { return EffectAdmin }

// Key implements [Effect].
func (TellAdmin) Key() string { return "" }

// Class implements [Effect].
func (TellAdmin) Class() Class { return Personal }

// Whom implements [Effect].
func (e TellAdmin) Whom() int64 { return e.To.ID }

func (e TellAdmin) String() string { return "tell an admin " + e.To.where() + ": " + newsText(e.News) }

func (e TellAdmin) stored() storedEffect {
	s := storedEffect{Kind: EffectAdmin, To: e.To}
	e.News.store(&s)
	return s
}

// newsText names news in words, without names.
func newsText(n News) string { return string(n.Topic()) + ofCase(n.About()) }
