package tgsim

import (
	"strings"
)

func cutAttach(ref string) (string, bool) { return strings.CutPrefix(ref, "attach://") }
