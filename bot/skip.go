package bot

import "bytes"

// raw skips one value and returns its text.
func (r *reader) raw() []byte {
	start := r.pos
	r.skip()
	if r.bad != nil {
		return nil
	}
	return bytes.TrimSpace(r.data[start:r.pos])
}

// skip moves past one value. What is inside of it is only followed as far as is
// needed to find its end.
func (r *reader) skip() {
	switch r.peek() {
	case '}', ']', ',', ':', 0:
		r.fail("value")
		return
	}
	for depth := r.token(); depth > 0 && r.bad == nil; {
		depth += r.token()
	}
}

// token moves past one token and returns by how much it nests deeper.
func (r *reader) token() int {
	switch r.peek() {
	case '"':
		r.quoted()
	case '{', '[':
		r.pos++
		return 1
	case '}', ']':
		r.pos++
		return -1
	case ',', ':':
		r.pos++
	case 0:
		r.fail("value")
	default:
		r.literal()
	}
	return 0
}
