package schema

import (
	"strings"
)

// Missing is the name of a field that had to be given and was not, or "".
// Some are needed only when another was left out.
func Missing(fields []Field, given map[string]any) string {
	for i := range fields {
		f := &fields[i]
		needed := f.Required || f.RequiredUnless != "" && !reaches(given, f.RequiredUnless)
		if needed && given[f.Name] == nil {
			return f.Name
		}
	}
	return ""
}

// reaches says whether there is a value at the path, such as "a.b" for the
// field b of the object a.
func reaches(v map[string]any, path string) bool {
	name, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		return v[name] != nil
	}
	inner, ok := v[name].(map[string]any)
	return ok && reaches(inner, rest)
}
