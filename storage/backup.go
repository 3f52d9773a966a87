package storage

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// metaBackup, in the table meta, says that this is a copy that [Backup] made, and no bot ran on it yet.
const metaBackup = "backup"

// Backup is [sqldb.Backup].
func Backup(ctx context.Context, dsn, to string) error { return sqldb.Backup(ctx, dsn, to, metaBackup) }
