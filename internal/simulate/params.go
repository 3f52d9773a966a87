package simulate

import (
	"errors"
	"math"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Params are the assumptions, and how much is simulated.
type Params struct {
	Seed   uint64
	Policy moderation.Policy // of every group

	Cases  int // about how many a group has in everyday life
	Groups int // in everyday life
	Repeat int // of attacks: a half, or fewer where a group sees many

	// Members are active: they write every day, so that all who have been there for a week are established.
	Members int
	// Alpha and Beta are how accuracies are distributed: Beta(6, 2) has the mean 0.75, and one member in
	// sixteen is wrong more often than right.
	Alpha, Beta int
	// Turnout is the part of the members who see a message and vote on it, in a group of 200: the rest is silent. A
	// tenth is what a question with one button gets; of the members of large groups about a tenth ever write. In
	// smaller groups more of them do, in larger ones fewer, by the root of the size, and at most half.
	Turnout float64
	// Delay is the mean time after which they do, exponentially distributed.
	Delay time.Duration
	// Taps is the part of them who tap on the card, where there is one, instead of reporting. A tap names no rule;
	// of those who report, Names name one, and Misnames of these one that chance chooses.
	Taps, Names, Misnames float64
	// Again is the part of them who would also report a message that was dismissed already.
	Again float64
	// Newcomers is the part of the members whom the bot saw joining, at random times of the first month.
	Newcomers float64

	// Innocent is how many innocent messages a group writes in a day, and FalseReports the part of them that
	// somebody reports by honest mistake. Who is wrong more often does so more often.
	Innocent     int
	FalseReports float64
	// Offences is how many messages a day break the rules. Their authors are not among the members, and do
	// so Relapses times, a few days apart, unless they are stopped.
	Offences int
	Relapses int

	// AdminLooks is the part of cases that an admin comes upon and decides while they are open and shown to admins, AdminDelay
	// the mean time after which they do. AdminAnswers is the part of what waits for them that they see to, after such
	// a time: heavy penalties, and cases that were opened again and that no jury decided. Admins are always right: of
	// heavy penalties they confirm those that fit what was written, and drop the others.
	AdminLooks, AdminAnswers float64
	AdminDelay               time.Duration
	// Response is the part of those who are drawn for a jury that answer, JuryDelay the mean time after which they do,
	// exponentially distributed. Notifications are mostly seen within minutes (Pielot et al. 2014, Mehrotra et al. 2016), but
	// many people mute a group. Jurors are right as often as they are when they vote. Attackers who are drawn always
	// answer, if that serves them, and say what is not true. Declines is the part of the honest who do not want to be asked.
	Response  float64
	JuryDelay time.Duration
	Declines  float64
	// Appeals is the part of the wrongly punished who appeal, to a jury where there is one. 0.41 is what the study found in which
	// PRODUCT begins. GuiltyAppeals is the part of the rightly punished. A verdict that is overturned counts as it was all the same.
	Appeals, GuiltyAppeals float64

	// Spread is how long it takes all accounts of an attack to vote, evenly distributed. Five bots were once
	// seen banning 500 members of a group in a minute, so that five minutes are slow for a machine.
	Spread time.Duration
	// Quiet is how many days pass before an attack.
	Quiet int
	// Fresh is how long before the first attack fresh accounts join, all within JoinSpread.
	Fresh      time.Duration
	JoinSpread time.Duration
	// Attackers is how many accounts attack, where it is not what is looked into.
	Attackers int
	// Ballots is how many right ballots a sleeper has before they attack.
	Ballots int
	// Between is the time between two attacks, long enough for the one to be settled before the next.
	Between time.Duration
	// Patience is how long attackers wait at most, after they joined, before they attack.
	Patience time.Duration

	// Restarts is how many strategies of chance the search for the best attack tries, Climbs how many small changes
	// of the best of them, each on Train groups. See [Adapt].
	Restarts, Climbs, Train int
}

// turnout is the part of the members who vote in a group of this size.
func (p Params) turnout() float64 {
	return min(max(0.5, p.Turnout), p.Turnout*math.Sqrt(200/float64(p.Members)))
}

// Days is how long everyday life is watched.
func (p Params) Days() int {
	return max(1, int(float64(p.Cases)/(float64(p.Offences)+float64(p.Innocent)*p.FalseReports)))
}

// Validate refuses what cannot be simulated.
func (p Params) Validate() error {
	if err := p.Policy.Validate(); err != nil {
		return err
	}
	for _, c := range []struct {
		ok  bool
		why string
	}{
		{p.Members >= 8 && p.Members <= 2000, "a group has 8 to 2000 members"},
		{p.Cases >= 1 && p.Cases <= 1_000_000, "everyday life has 1 to 1000000 cases"},
		{p.Groups >= 1 && p.Repeat >= 2, "there must be a group, and two of each attack"},
		{p.Response >= 0 && p.Response <= 1, "response is a part of those who are asked: 0 to 1"},
		{p.Turnout > 0 && p.Turnout <= 1, "turnout is a part of the members: above 0, and at most 1"},
		{p.Attackers >= 1 && p.Attackers <= 200, "1 to 200 accounts attack"},
		{p.Restarts >= 0 && p.Climbs >= 0 && p.Train >= 1, "a search tries no less than no strategy, on one group or more"},
		{p.Spread >= 0 && p.Spread <= p.Policy.Window, "an attack takes no longer than the window"},
	} {
		if !c.ok {
			return errors.New(c.why)
		}
	}
	return nil
}

// DefaultParams are the assumptions of docs/decision-engine.md.
func DefaultParams() Params {
	return Params{
		Seed: 1, Policy: moderation.DefaultPolicy(),
		Cases: 1800, Groups: 12, Repeat: 400,
		Members: 200, Alpha: 6, Beta: 2, Turnout: 0.1, Delay: 3 * time.Hour, Newcomers: 0.1,
		Innocent: 100, FalseReports: 0.02, Offences: 3, Relapses: 4,
		Taps: 0.8, Names: 0.7, Misnames: 0.1, Again: 0.5,
		AdminLooks: 0.2, AdminAnswers: 0.2, AdminDelay: time.Hour, Response: 0.4, JuryDelay: 10 * time.Minute, Declines: 0.1, Appeals: 0.41, GuiltyAppeals: 0.1,
		Spread: 5 * time.Minute, Quiet: 24, Fresh: 2 * time.Hour, JoinSpread: 10 * time.Minute, Attackers: 6,
		Ballots: 10, Between: 9 * 24 * time.Hour, Patience: 60 * 24 * time.Hour,
		Restarts: 6, Climbs: 6, Train: 12,
	}
}

// QuickParams are the same, with fewer and calmer groups: what CI has time for.
func QuickParams() Params {
	p := DefaultParams()
	p.Cases, p.Groups, p.Repeat = 200, 4, 100
	p.Innocent, p.Offences = 10, 1
	p.Restarts, p.Climbs, p.Train = 1, 1, 4
	return p
}
