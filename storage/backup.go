package storage

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

const (
	// metaBackup, in the table meta, says that this is a copy that [Backup] made, and no bot ran on it yet.
	metaBackup = "backup"

	// metaKey, in the table meta, is the fingerprint of the key file.
	metaKey = "key"

	// metaID, in the table meta, tells this database from others with the same key file, such as an empty one that is made when the disk
	// was lost. It is made with the database and never changes, and goes with each copy. In a database of a release before it is the
	// moment at which that was made (migration 0033), which is in the copies from then too.
	metaID = "id"
)

// Backup is [sqldb.Backup].
func Backup(ctx context.Context, dsn, to string) error { return sqldb.Backup(ctx, dsn, to, metaBackup) }

// IsBackup says whether a file is a copy that [Backup] made of this database, and no bot ran on it. One of another database is none, even
// with the same key file.
func IsBackup(ctx context.Context, dsn, path string) (bool, error) {
	return sqldb.SameDatabase(ctx, dsn, path, metaBackup, metaKey, metaID)
}
