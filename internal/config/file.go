package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/encoding/unicode"
)

// entry is a value as it stands in the file.
type entry struct {
	text string
	line int
}

// contents is what a file says.
type contents struct {
	file     string
	values   map[string]entry // by the name of their key
	lines    map[string]int   // of sections and keys, where they were met first
	problems []error
}

// readFile reads a file. Its problems are sentences that name the line and say what to do there. They quote
// nothing but keys that we know, since what stands in the wrong place may be a secret.
func readFile(file string) *contents {
	s := &contents{file: file, values: map[string]entry{}, lines: map[string]int{}}
	raw, err := os.ReadFile(file)
	if info, statErr := os.Stat(file); statErr == nil && info.IsDir() {
		err = errors.New("it is a directory; name the file in it, or, in a container, look whether the file that is mounted there exists")
	}
	if err == nil {
		raw, err = inUTF8(raw)
	}
	if err != nil {
		s.problems = []error{fmt.Errorf("config file %s cannot be read: %w", file, err)}
		return s
	}
	s.parse(raw)
	return s
}

// inUTF8 is a text without its byte order mark, in UTF-8. It says in which line a text is neither that nor UTF-16.
func inUTF8(raw []byte) ([]byte, error) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return nil, errors.New("it is broken UTF-16; save it as UTF-8")
		}
		return text, nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	for n, line := range linesOf(string(raw)) {
		switch {
		case strings.ContainsRune(line, 0):
			return nil, fmt.Errorf("line %d holds zero bytes, as a file in UTF-16 does; save it as UTF-8", n+1)
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("line %d is not in UTF-8 but in an older encoding; save the file as UTF-8, or write that line in plain English letters", n+1)
		}
	}
	return raw, nil
}

// linesOf are the lines of a text, whichever system wrote it.
func linesOf(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
}

// parse reads YAML.
func (s *contents) parse(raw []byte) {
	lines := linesOf(string(raw))
	var root yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	err := decoder.Decode(&root)
	switch {
	case errors.Is(err, io.EOF):
		return // nothing in it but comments
	case err != nil:
		s.problem("%w", diagnose(lines, err))
		return
	}
	if top := root.Content[0]; top.Kind == yaml.MappingNode {
		s.walk("", top, 0)
	} else if top.Tag != "!!null" {
		s.problem("line %d holds no key; a line is a key, a colon, a space and a value, as in config.example.yaml", top.Line)
	}
	var more yaml.Node
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		s.problem("what follows a line of three dashes in the middle is not read; take that line out")
	}
}

func (s *contents) problem(format string, args ...any) {
	s.problems = append(s.problems, fmt.Errorf("config file %s cannot be read: "+format, append([]any{s.file}, args...)...))
}

// deepest is how deep sections may lie in each other, more than any of ours do.
const deepest = 4

// walk takes over a section.
func (s *contents) walk(section string, mapping *yaml.Node, depth int) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], resolved(mapping.Content[i+1])
		if key.Tag == "!!merge" && value.Kind == yaml.MappingNode && depth < deepest {
			s.walk(section, value, depth+1)
			continue
		}
		name := strings.ToLower(key.Value)
		if section != "" {
			name = section + "." + name
		}
		if first, twice := s.lines[name]; twice {
			s.problems = append(s.problems, s.twice(name, first, key.Line))
			continue
		}
		s.lines[name] = key.Line
		s.take(name, key.Line, value, depth)
	}
}

// take takes over what stands behind a key.
func (s *contents) take(name string, line int, value *yaml.Node, depth int) {
	switch kind := kindOf(name); {
	case kind == unknownName:
		s.problems = append(s.problems, s.unknown(name, line))
	case value.Tag == "!!null": // "key:" with nothing behind it, or a section with every key commented out
	case kind == sectionName && value.Kind == yaml.MappingNode && depth < deepest:
		s.walk(name, value, depth+1)
	case kind == sectionName:
		s.problems = append(s.problems, s.flat(name, value))
	case name == groupsKey && value.Kind == yaml.SequenceNode && !slices.ContainsFunc(value.Content, func(n *yaml.Node) bool { return n.Kind != yaml.ScalarNode }):
		var ids []string
		for _, n := range value.Content {
			ids = append(ids, n.Value)
		}
		s.values[name] = entry{strings.Join(ids, ","), line}
	case value.Kind != yaml.ScalarNode:
		s.problems = append(s.problems, fmt.Errorf("%s holds more than one value; write it as one, in quotes (line %d of %s)", name, line, s.file))
	default:
		s.values[name] = entry{strings.TrimSpace(value.Value), line}
	}
}

func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// twice is about a key or section that stands in the file a second time.
func (s *contents) twice(name string, first, second int) error {
	switch kindOf(name) {
	case sectionName:
		return fmt.Errorf("section %s stands twice in %s, in lines %d and %d; put its keys together under one", name, s.file, first, second)
	case keyName:
		return fmt.Errorf("%s stands twice in %s, in lines %d and %d; keep one of them", name, s.file, first, second)
	default:
		return fmt.Errorf("a key stands twice in %s, in lines %d and %d; keep one of them", s.file, first, second)
	}
}

// flat is about a section that holds a value instead of keys.
func (s *contents) flat(name string, value *yaml.Node) error {
	if key, ok := glued(value.Value); ok {
		return fmt.Errorf("line %d of %s lacks a space behind the colon; write it as %s: and the value", value.Line, s.file, key)
	}
	return fmt.Errorf("%s in %s is a section; its keys go below it, indented (line %d)", name, s.file, value.Line)
}

// place says where a value stands, for the end of a sentence about it.
func (s *contents) place(name string) string {
	if e, ok := s.values[name]; ok {
		return fmt.Sprintf(" (line %d of %s)", e.line, s.file)
	}
	return ""
}

// unknown reports what stands in the file and means nothing to us. What is not even like one of our keys may be a value
// that lost its own, and is not quoted.
func (s *contents) unknown(name string, line int) error {
	if key, ok := glued(name[strings.LastIndexByte(name, '.')+1:]); ok {
		return fmt.Errorf("line %d of %s lacks a space behind the colon; write it as %s: and the value", line, s.file, key)
	}
	meant := nearest(name, names, ".")
	if last := name[strings.LastIndexByte(name, '.')+1:]; slip(name, meant, ".") > len(last)/2 {
		return fmt.Errorf("line %d of %s begins with a key that is not known; config.example.yaml lists all keys", line, s.file)
	}
	return fmt.Errorf("unknown key %s in %s; did you mean %s? (line %d)", name, s.file, meant, line)
}
