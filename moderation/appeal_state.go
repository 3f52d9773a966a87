package moderation

// AppealState says how the appeal against a case stands.
type AppealState string

// The states. An appeal begins before a jury or before the admins, and ends once.
const (
	NoAppeal      AppealState = ""
	BeforeJury    AppealState = "jury"
	BeforeAdmins  AppealState = "admins"
	AppealStands  AppealState = "stands"  // it was judged, and the verdict stands
	AppealGranted AppealState = "granted" // the verdict was overturned, or pardoned meanwhile
	AppealLapsed  AppealState = "lapsed"  // no admin decided in time, so the verdict stands
)

// Open reports whether it is still to be judged.
func (s AppealState) Open() bool { return s == BeforeJury || s == BeforeAdmins }
