package sqldb

// Scrubbed is an error of the driver's as it is told to whom has that DSN.
func Scrubbed(dsn string, err error) error {
	cfg, bad := readPostgres(dsn)
	if bad != nil {
		return bad
	}
	return newScrubber(dsn, cfg).clean(err)
}
