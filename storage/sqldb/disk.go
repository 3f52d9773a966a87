package sqldb

import (
	"context"
	"fmt"

	"golang.org/x/sys/unix"
)

// Disk says how many bytes are free where SQLite's file is, with what is free inside the file, and how large that file system is. With
// PostgreSQL, whose disk is elsewhere, both are 0.
func (db *DB) Disk() (free, size int64, err error) {
	if db.Shared() {
		return 0, 0, nil
	}
	var fs unix.Statfs_t
	if err := unix.Statfs(db.path, &fs); err != nil {
		return 0, 0, fmt.Errorf("look at the disk of the database: %w", err)
	}
	var pages, page int64
	ctx := context.Background()
	if err := db.Reader.QueryRowContext(ctx, `PRAGMA freelist_count`).Scan(&pages); err != nil {
		return 0, 0, fmt.Errorf("look how much is free in the database: %w", err)
	}
	if err := db.Reader.QueryRowContext(ctx, `PRAGMA page_size`).Scan(&page); err != nil {
		return 0, 0, fmt.Errorf("look how much is free in the database: %w", err)
	}
	block := int64(fs.Bsize) //nolint:unconvert // it has another type on other systems
	return int64(fs.Bavail)*block + pages*page, int64(fs.Blocks) * block, nil
}
