package zone

import "unicode/utf8"

// maxTyped is how many characters are looked at; the longest name has half as many.
const maxTyped = 64

// Find says which time zone somebody means: its name if there is no doubt, else up to three names that
// may be meant, the best first, else nothing. There is no doubt about
//
//   - a name, however written: "Asia/Shanghai", "asia/shanghai", "america/new york", "US/Eastern";
//   - the end of a name: "Shanghai", "new york", "bogotá";
//   - a well-known city that gave no zone its name: "Beijing", "北京", "Москва";
//   - a distance from UTC in whole hours: "UTC+8", "GMT-3", "+08:00". The name is then that of a zone
//     that never changes its clocks, and its sign is the other way round: Etc/GMT-8.
func Find(typed string) (name string, near []string) {
	if utf8.RuneCountInString(typed) > maxTyped {
		return "", nil
	}
	folded := fold(typed) // some characters fold into many
	if folded == "" || utf8.RuneCountInString(folded) > maxTyped {
		return "", nil
	}
	d := open()
	if name, ok := d.whole[folded]; ok {
		return name, nil
	}
	if name, near, ok := byOffset(folded); ok {
		return name, near
	}
	if name, ok := d.called[folded]; ok {
		return name, nil
	}
	return "", d.nearest(folded)
}
