package request

import "strings"

// CaseID reads the id of a case as people type it: in any case, with a sign before it, and with letters for the digits
// that they look like.
func CaseID(typed string) string {
	words := strings.Fields(typed)
	if len(words) == 0 {
		return ""
	}
	word := strings.ToUpper(strings.Trim(words[0], "#.,"))
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(word)
}
