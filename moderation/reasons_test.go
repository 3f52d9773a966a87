package moderation_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The kinds of ballots, in the order in which they are told.
var kinds = []moderation.GroupKind{
	moderation.GroupProven, moderation.GroupMembers, moderation.GroupNewcomer, moderation.GroupJoined, moderation.GroupTogether,
}

func TestReasonsNameHowBallotsCounted(t *testing.T) {
	proven := moderation.Ballot{Side: moderation.Breaks, Weight: 2, Face: 2, Proven: true, At: noon}
	member, newcomer, nothing := proven, proven, proven
	member.Proven = false
	newcomer.Weight = 0.5
	nothing.Weight, nothing.Face = 0, 0
	came := func(b moderation.Ballot, ago time.Duration) moderation.Ballot {
		b.Joined = noon.Add(-ago)
		return b
	}
	against := func(b moderation.Ballot) moderation.Ballot {
		b.Side = moderation.Fine
		return b
	}
	// The last two of these have always voted alike, and one of them came with another.
	ties := voted(9, 100, 10, 10)
	maps.DeleteFunc(ties.Alike, func(p moderation.Pair, _ moderation.Trace) bool { return p.A < 8 })
	for name, test := range map[string]struct {
		ballots []moderation.Ballot
		want    []moderation.Group
	}{
		"nobody": {nil, nil},
		"all sorts, on both sides": {
			[]moderation.Ballot{newcomer, proven, member, against(member), member, against(proven), nothing, came(member, time.Hour), member},
			[]moderation.Group{
				{Side: moderation.Breaks, Kind: moderation.GroupProven, Size: 1}, {Side: moderation.Breaks, Kind: moderation.GroupMembers, Size: 3},
				{Side: moderation.Breaks, Kind: moderation.GroupNewcomer, Size: 1}, {Side: moderation.Breaks, Kind: moderation.GroupTogether, Size: 2},
				{Side: moderation.Fine, Kind: moderation.GroupProven, Size: 1}, {Side: moderation.Fine, Kind: moderation.GroupMembers, Size: 1},
			},
		},
		"newcomers who came together did that": {
			[]moderation.Ballot{came(newcomer, time.Hour), proven, came(newcomer, time.Hour)},
			[]moderation.Group{{Side: moderation.Breaks, Kind: moderation.GroupProven, Size: 1}, {Side: moderation.Breaks, Kind: moderation.GroupJoined, Size: 2}},
		},
		"and so did all who are tied to them": {
			[]moderation.Ballot{came(proven, time.Hour), nothing, nothing, nothing, nothing, nothing, nothing, came(newcomer, time.Hour), proven},
			[]moderation.Group{{Side: moderation.Breaks, Kind: moderation.GroupMembers, Size: 6}, {Side: moderation.Breaks, Kind: moderation.GroupJoined, Size: 3}},
		},
		"what weighs nothing is a member's": {
			[]moderation.Ballot{nothing, came(nothing, time.Hour), came(nothing, time.Hour)},
			[]moderation.Group{{Side: moderation.Breaks, Kind: moderation.GroupMembers, Size: 3}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := moderation.Policy{Threshold: 7.5, Quorum: 3}
			want := moderation.Reasons{Threshold: 7.5, Quorum: 3, Groups: test.want}
			if got := moderation.Judge(both(test.ballots), ties, p).Reasons; !reflect.DeepEqual(got, want) {
				t.Errorf("reasons %+v\nwant %+v", got, want)
			}
		})
	}
}

// A case keeps the reasons that held when it ended, whoever ended it, and names nobody in them.
func TestCaseKeepsItsReasons(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*room, *kept){
		"by votes":    func(m *room, _ *kept) { m.reports(41, 105, 106) },
		"by an admin": func(m *room, k *kept) { m.must(m.admin(k, moderation.Dismissed)) },
		"by hand":     func(m *room, _ *kept) { m.byHand(41, "warn") },
		"by time":     func(m *room, _ *kept) { m.now = m.now.Add(2 * day); _, err := m.court.ExpireDue(m.ctx); m.must(err) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRoom(t)
			m.fresh(1)
			m.tracks[member{club, anna}] = moderation.Track{Right: 5, Voted: 5, Day: today}
			k := m.reports(41, anna, 100)
			m.must(m.vote(k, bob, moderation.Fine))
			if !reflect.DeepEqual(k.Reasons, moderation.Reasons{}) {
				t.Errorf("reasons of an open case: %+v", k.Reasons)
			}
			end(m, k)
			m.tune(func(p *moderation.Policy) { p.Threshold, p.Quorum = 50, 20 })
			want := moderation.Reasons{Threshold: 3, Quorum: 2, Groups: []moderation.Group{
				{Side: moderation.Breaks, Kind: moderation.GroupProven, Size: 1}, {Side: moderation.Breaks, Kind: moderation.GroupNewcomer, Size: 1},
				{Side: moderation.Fine, Kind: moderation.GroupMembers, Size: 1},
			}}
			if name == "by votes" {
				want.Groups = slices.Insert(want.Groups, 1, moderation.Group{Side: moderation.Breaks, Kind: moderation.GroupMembers, Size: 2})
			}
			if !k.Verdict.Final() || !reflect.DeepEqual(k.Reasons, want) {
				t.Errorf("%s for %+v\nwant %+v", k.Verdict, k.Reasons, want)
			}
		})
	}
	m := newRoom(t)
	if k := m.byHand(41, "warn"); !reflect.DeepEqual(k.Reasons, moderation.Reasons{}) {
		t.Errorf("nobody voted, for %+v", k.Reasons)
	}
}

// Cases outlive a version: what is written here was written by the one before.
func TestReasonsAreKeptAsJSON(t *testing.T) {
	full := moderation.Reasons{Threshold: 2.5, Quorum: 2, Groups: []moderation.Group{{Side: moderation.Breaks, Kind: moderation.GroupTogether, Size: 4}}}
	const written = `{"t":2.5,"q":2,"g":[{"s":"breaks","k":"together","n":4}]}`
	kept, err := json.Marshal(full)
	if err != nil || string(kept) != written {
		t.Errorf("written as %s, %v", kept, err)
	}
	var got moderation.Reasons
	if err := json.Unmarshal([]byte(written), &got); err != nil || !reflect.DeepEqual(got, full) {
		t.Errorf("read as %+v, %v", got, err)
	}
	if kept, err := json.Marshal(moderation.Reasons{}); err != nil || string(kept) != `{}` {
		t.Errorf("nothing is written as %s, %v", kept, err)
	}
}

// stood are reasons by which so many stood for upholding, of each kind in its order.
func stood(sizes ...int) moderation.Reasons {
	r := moderation.Reasons{Threshold: 3, Quorum: 2}
	for i, n := range sizes {
		if n > 0 {
			r.Groups = append(r.Groups, moderation.Group{Side: moderation.Breaks, Kind: kinds[i], Size: n})
		}
	}
	return r
}

func TestTold(t *testing.T) {
	type groups = []moderation.Group
	group := func(k moderation.GroupKind, n int) moderation.Group {
		return moderation.Group{Side: moderation.Breaks, Kind: k, Size: n}
	}
	mixed := stood(5)
	mixed.Groups = append(mixed.Groups, moderation.Group{Side: moderation.Fine, Kind: moderation.GroupJoined, Size: 4})
	for name, test := range map[string]struct {
		reasons moderation.Reasons
		verdict moderation.Verdict
		want    groups
		others  int
	}{
		"one kind":                     {stood(3), moderation.Upheld, groups{group(moderation.GroupProven, 3)}, 0},
		"in the order of the kinds":    {stood(3, 0, 0, 4), moderation.Upheld, groups{group(moderation.GroupProven, 3), group(moderation.GroupJoined, 4)}, 0},
		"few are others":               {stood(0, 9, 2, 2), moderation.Upheld, groups{group(moderation.GroupMembers, 9)}, 4},
		"with a group that hides them": {stood(4, 9, 0, 0, 1), moderation.Upheld, groups{group(moderation.GroupMembers, 9)}, 5},
		"two are not told":             {stood(2), moderation.Upheld, nil, 0},
		"nor who cannot be hidden":     {stood(2, 4), moderation.Upheld, nil, 0},
		"the other side is not told":   {mixed, moderation.Upheld, groups{group(moderation.GroupProven, 5)}, 0},
		"of a dismissed case it is":    {mixed, moderation.Dismissed, groups{{Side: moderation.Fine, Kind: moderation.GroupJoined, Size: 4}}, 0},
		"nobody stood for expiry":      {mixed, moderation.Expired, nil, 0},
		"without reasons, nothing":     {moderation.Reasons{}, moderation.Upheld, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got, others := test.reasons.Told(test.verdict); !slices.Equal(got, test.want) || others != test.others {
				t.Errorf("told %+v and %d others; want %+v and %d", got, others, test.want, test.others)
			}
		})
	}
}

// Whoever knows how many stood for the verdict, and what is told of them, and how it is made, can never
// work out that a group is of one or of two, nor that all small ones together are, unless so few stood for
// it that they knew before. All sizes of up to seven of each kind are tried; the reader thinks up to ten
// possible.
func TestSmallGroupsCannotBeWorkedOut(t *testing.T) {
	t.Parallel()
	const most, tried = 10, 7
	a := newAttacker(t)
	names := []string{"the small ones together"}
	for _, k := range kinds {
		names = append(names, string(k))
	}
	sizes, worlds := make([]int, len(kinds)), 1
	for range kinds {
		worlds *= most + 1
	}
	for i := range worlds {
		sum, small := 0, 0
		for j := range sizes {
			sizes[j] = i % (most + 1)
			i /= most + 1
			sum += sizes[j]
			if sizes[j] < moderation.FewerThan {
				small += sizes[j]
			}
		}
		groups, others := stood(sizes...).Told(moderation.Upheld)
		for _, g := range groups {
			if g.Size < moderation.FewerThan {
				t.Fatalf("of %v is told %+v", sizes, groups)
			}
		}
		if others != 0 && others < moderation.FewerThan {
			t.Fatalf("of %v are told %d others", sizes, others)
		}
		if sum < moderation.FewerThan {
			continue
		}
		told := fmt.Sprint(sum, groups, others)
		a.worlds[told] = append(a.worlds[told], append([]int{small}, sizes...))
	}
	maps.DeleteFunc(a.worlds, func(_ string, worlds [][]int) bool {
		return !slices.ContainsFunc(worlds, func(w []int) bool { return slices.Max(w[1:]) <= tried })
	})
	a.isNeverSure(names...)
}
