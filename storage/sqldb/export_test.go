package sqldb

// Shrouded is an error of the driver's as it is told to whom has that DSN.
func Shrouded(dsn string, err error) error {
	cfg, bad := readPostgres(dsn)
	if bad != nil {
		return bad
	}
	return newShroud(dsn, cfg).over(err)
}
