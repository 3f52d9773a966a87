package config

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// groups are the ids of groups; none is any group. They are counted for people, not shown, since logs name no group.
type groups []int64

// groupsKey is the one key that also takes a list in YAML.
const groupsKey = "telegram.groups"

const anyGroup = "any"

// Set implements [value].
func (g *groups) Set(s string) error {
	var ids groups
	if s != anyGroup {
		for text := range strings.SplitSeq(s, ",") {
			id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
			if err != nil || id >= 0 {
				return errors.New("allowed is any, or the ids of groups with commas between them, such as -1001234567890")
			}
			ids = append(ids, id)
		}
	}
	*g = ids
	return nil
}

// String implements [value].
func (g *groups) String() string {
	switch len(*g) {
	case 0:
		return anyGroup
	case 1:
		return "1 group"
	default:
		return fmt.Sprintf("%d groups", len(*g))
	}
}

// size is a number of bytes as people write it: 500MB, 2GB.
type size int64

// sizeUnits are those that a size is printed in, the largest first.
var sizeUnits = []struct {
	name  string
	bytes int64
}{{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}}

var sizeForm = regexp.MustCompile(`^([0-9]{1,9})([KMGT]B)$`)

// Set implements [value].
func (z *size) Set(s string) error {
	if s == "0" {
		*z = 0
		return nil
	}
	if parts := sizeForm.FindStringSubmatch(strings.ToUpper(s)); parts != nil {
		n, _ := strconv.ParseInt(parts[1], 10, 64) // nine digits cannot fail
		for _, u := range sizeUnits {
			if u.name == parts[2] && n <= math.MaxInt64/u.bytes {
				*z = size(n * u.bytes)
				return nil
			}
		}
	}
	return errors.New("allowed is a whole number and one of KB, MB, GB, TB, such as 500MB or 2GB, or 0 for none")
}

// String implements [value].
func (z *size) String() string {
	for _, u := range sizeUnits {
		if n := int64(*z); n != 0 && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(*z), 10)
}
