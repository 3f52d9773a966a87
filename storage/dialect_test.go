package storage_test

import "regexp"

// What tests write in SQLite's words, and PostgreSQL's for it.
var spokenAs = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`SELECT raise\(ABORT, '(\w+)'\)`), `RAISE EXCEPTION '$1'`},
	{
		regexp.MustCompile(`CREATE TRIGGER (\w+) (BEFORE|AFTER) (INSERT|UPDATE) ON (\w+) BEGIN (.*); END`),
		`CREATE FUNCTION $1() RETURNS trigger LANGUAGE plpgsql AS $$$$BEGIN $5; RETURN NEW; END$$$$; CREATE TRIGGER $1 $2 $3 ON $4 FOR EACH ROW EXECUTE FUNCTION $1()`,
	},
	{
		regexp.MustCompile(`CREATE TRIGGER (\w+) (BEFORE|AFTER) (INSERT|UPDATE) ON (\w+) WHEN (.*) BEGIN (.*); END`),
		`CREATE FUNCTION $1() RETURNS trigger LANGUAGE plpgsql AS $$$$BEGIN $6; RETURN NEW; END$$$$; CREATE TRIGGER $1 $2 $3 ON $4 FOR EACH ROW WHEN ($5) EXECUTE FUNCTION $1()`,
	},
	{regexp.MustCompile(`DROP TRIGGER (\w+)`), `DROP FUNCTION $1() CASCADE`},
	{regexp.MustCompile(`\bx'00'`), `'\x00'`},
	{regexp.MustCompile(`zeroblob\(32\)`), `decode(repeat('00', 32), 'hex')`},
	{regexp.MustCompile(`\bAS BLOB\b`), `AS BYTEA`},
	{regexp.MustCompile(`CAST\(value AS TEXT\)`), `convert_from(value, 'UTF8')`},
	{regexp.MustCompile(`INTEGER REFERENCES`), `BIGINT REFERENCES`},
}

// spoken is a statement in the words of the database that the tests run on.
func spoken(query string) string {
	if cluster == nil {
		return query
	}
	for _, s := range spokenAs {
		query = s.from.ReplaceAllString(query, s.to)
	}
	return query
}
