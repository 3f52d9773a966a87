package moderation

import (
	"cmp"
	"slices"
)

// FilesPerDay is how many bytes of files may be kept in a day for what one member reports or votes on, in all groups
// together: sixty photos, or five of the largest files that are kept. So an account fills 120 MiB until its first files
// are deleted, if its reports come to nothing, and three accounts fill no group's part of 2 GB.
const FilesPerDay = 12 << 20

// DiskReserve is how much of a large disk is left for ballots; of a small one it is a tenth.
const DiskReserve = 1 << 30

// NoSpace says why a file is not kept as evidence; empty if it is. The reason is for the operator. Whoever looks at evidence
// learns only that the file is not kept, for the reason could tell something of who reported.
type NoSpace string

// The reasons.
const (
	NoSpaceReporter NoSpace = "reporter" // no member who voted has any of [FilesPerDay] left
	NoSpaceGroup    NoSpace = "group"    // the group has its part
	NoSpaceInstance NoSpace = "instance" // all groups together have as many as the operator allows
	NoSpaceDisk     NoSpace = "disk"     // what is left of the disk is left for ballots
)

// Disk is the file system of the database. The zero Disk is one of which nothing is known.
type Disk struct {
	Free int64 // bytes, with what is free inside the database
	Size int64
}

// Short reports whether so many bytes more would take of what is left for ballots.
func (d Disk) Short(more int64) bool {
	return d.Size > 0 && d.Free-more < min(DiskReserve, d.Size/10)
}

// Space is what files of evidence take up, in bytes, and how much they may.
type Space struct {
	Limit int64 // of all groups together
	All   int64 // what is kept of all groups
	Group int64 // what is kept of the group
	Disk  Disk
}

// For says why a file of so many bytes is not kept; empty if it may be. A group may have a quarter of what is still free for
// all of them: 400 MB of 2 GB where it is the only one. So if ten groups fill what they may, a tenth is left for others.
func (s Space) For(size int64) NoSpace {
	free := s.Limit - s.All - size
	switch {
	case s.Disk.Short(size):
		return NoSpaceDisk
	case free < 0:
		return NoSpaceInstance
	case s.Group+size > free/4:
		return NoSpaceGroup
	}
	return ""
}

// Full says why a group that has no files yet could keep none of the largest ones; empty if it could, or if the operator wants none.
func (s Space) Full() NoSpace {
	if s.Limit == 0 {
		return ""
	}
	return s.For(min(MaxFile, s.Limit/8))
}

// Payers are those who voted in a case, in the order in which they did, whatever they say: a file that is kept only for one side
// would tell an admin who knows how much the others have left. A file is kept if one of them has space left for it. So nobody
// keeps evidence away by reporting first with an account that has none left. There are none if an admin acted alone.
func Payers(ballots []Ballot) []int64 {
	cast := slices.Clone(ballots)
	slices.SortStableFunc(cast, func(a, b Ballot) int { return cmp.Or(a.Order-b.Order, a.At.Compare(b.At)) })
	var payers []int64
	for _, b := range cast {
		if b.Side.Valid() { // else they took it back
			payers = append(payers, b.Voter)
		}
	}
	return payers
}
