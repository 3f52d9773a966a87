// Package rulebook holds a group's rules: their names, sentences, severities and examples, and how admins amend them.
//
// It promises that a book keeps its shape whatever is done to it. At most [MaxRules] rules hold, and each has an id and
// a name of its own. [Other] is among them, and no id ever comes to mean another rule. A removed rule keeps its words
// for the cases that name it.
//
// It does not know who may amend a book, and has no words for the rules that every group starts with.
package rulebook
