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
)

// Backup is [sqldb.Backup].
func Backup(ctx context.Context, dsn, to string) error { return sqldb.Backup(ctx, dsn, to, metaBackup) }

// IsBackup says whether a file is a copy that [Backup] made of this database, or of one with the same key file, and no bot ran on it.
func IsBackup(ctx context.Context, dsn, path string) (bool, error) {
	return sqldb.SameMeta(ctx, dsn, path, metaBackup, metaKey)
}
