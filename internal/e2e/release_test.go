package e2e

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// The databases in testdata/release were written by the release whose last migration is number 19, in the first two parts of the
// story there. They are never written again, nor is the story changed before them. A later release gets a folder of its own.

var writeRelease = flag.String("write-release", "", "a folder in which TestReleaseGoesOn writes databases first")

// releaseStory is what happened while the database was written. At its end Telegram does nothing that it is told, so that
// effects wait.
type releaseStory struct{ before, outage, after string }

func readStory(t *testing.T) (s releaseStory) {
	t.Helper()
	text, err := os.ReadFile("testdata/release/story.txt")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(text), "\n---\n")
	if len(parts) != 3 {
		t.Fatalf("the story has %d parts, want 3", len(parts))
	}
	return releaseStory{parts[0], parts[1], parts[2]}
}

// outage are the calls that fail in the second part of the story.
var outage = []string{
	"sendMessage", "sendPhoto", "editMessageText", "deleteMessage", "deleteMessages", "restrictChatMember", "banChatMember", "unbanChatMember",
	"createChatInviteLink", "getFile", "sendDocument", "sendMediaGroup",
}

// A database that an earlier release wrote is opened, brought up to date, and gone on with. What waits in the outbox is delivered,
// open cases are decided by votes, and appeals by juries. The message log is read, and the ledger verifies. Telegram is as it was,
// since people do in it once more what they did when the database was written.
func TestReleaseGoesOn(t *testing.T) {
	t.Parallel()
	path := filepath.Join(scratch.Dir(t), "ostrakon.db")
	goOn(t, "sqlite:"+path, "ostrakon.db.gz",
		func(w *world) ([]byte, error) {
			copied := filepath.Join(t.TempDir(), "copy")
			if err := storage.Backup(w.ctx, w.cfg.Storage.DSN, copied); err != nil {
				return nil, err
			}
			return os.ReadFile(copied)
		},
		func(_ *world, content []byte) error {
			for _, end := range []string{"-wal", "-shm"} {
				if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return err
				}
			}
			return os.WriteFile(path, content, 0o600)
		})
}

func TestReleaseGoesOnWithPostgreSQL(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t, false)
	goOn(t, server.Database(t), "ostrakon.sql.gz",
		func(w *world) ([]byte, error) {
			return server.Run("pg_dump", "--no-owner", "--no-privileges", w.cfg.Storage.DSN)
		},
		func(w *world, content []byte) error {
			db, err := sql.Open("pgx", w.cfg.Storage.DSN)
			if err != nil {
				return err
			}
			defer db.Close()
			if _, err = db.ExecContext(w.ctx, `DROP SCHEMA public CASCADE; CREATE SCHEMA public`); err != nil {
				return err
			}
			return server.Feed(content, "psql", "--quiet", "--set=ON_ERROR_STOP=1", w.cfg.Storage.DSN)
		})
}

func goOn(t *testing.T, dsn, name string, dump func(*world) ([]byte, error), load func(*world, []byte) error) {
	t.Helper()
	story := readStory(t)
	w := newWorld(t, tgsim.Options{}, func(c *config.Config) { c.Storage.DSN, c.Defaults["heavy"] = dsn, "votes" })
	w.declareAsReleased()
	w.play("before", strings.Split(story.before, "\n"))
	var faults []*tgsim.Armed
	for _, method := range outage {
		faults = append(faults, w.arm(tgsim.Fault{Kind: tgsim.ServerError, Method: method, Times: -1}))
	}
	w.play("outage", strings.Split(story.outage, "\n"))
	w.down()
	key := strings.TrimSuffix(name, ".gz") + ".key"
	if *writeRelease != "" {
		content, err := dump(w)
		must(t, err)
		keep(t, filepath.Join(*writeRelease, name), content)
		own, err := os.ReadFile(w.cfg.Privacy.KeyFile)
		must(t, err)
		must(t, os.WriteFile(filepath.Join(*writeRelease, key), own, 0o600))
	}
	const from = "testdata/release"
	must(t, copyFile(filepath.Join(from, key), w.cfg.Privacy.KeyFile))
	must(t, load(w, kept(t, filepath.Join(from, name))))
	if waiting := w.effects(); !slices.Equal(waiting, released) {
		t.Errorf("in the outbox are %q\nwant %q", waiting, released)
	}
	for _, f := range faults {
		f.Release()
	}
	w.up()
	w.play("after", strings.Split(story.after, "\n"))
	w.verifyLedger()
	w.checkInvariants()
}

// declareAsReleased declares all commands of admins, as the release before did. Apps send only what is declared unseen; what is seen takes
// a number, and the databases know messages by the numbers of then.
func (w *world) declareAsReleased() {
	w.t.Helper()
	var commands []map[string]any
	for _, name := range strings.Fields(releasedCommands) {
		commands = append(commands, map[string]any{"command": name, "description": name, "is_ephemeral": true})
	}
	for _, menu := range handlers.Menus() {
		if menu.Scope != wire.ScopeAdmins {
			continue
		}
		_, err := w.bot.Call("setMyCommands", map[string]any{"commands": commands, "scope": map[string]any{"type": menu.Scope.Type}, "language_code": menu.Language})
		must(w.t, err)
	}
}

// releasedCommands are the commands that the release before declared to admins.
const releasedCommands = `report spam rules me help privacy settings threshold quorum window ladder lapse cardafter carddelay cardttl
	reportlimit digest timezone language appeals quiz heavy pause logchannel rule case uphold dismiss warn mute kick ban unmute unban pardon
	purge standing stats health export`

// released are the kinds of what waits in the outbox of these databases.
var released = []string{
	"call sendMessage", "effect admin rights", "effect admins appeal_stands", "effect admins appealed",
	"effect admins corrected", "effect admins decided", "effect admins freed", "effect admins hand",
	"effect admins pardoned", "effect admins rule", "effect admins undecided", "effect card", "effect card_gone",
	"effect delete", "effect fetch", "effect free", "effect intro", "effect invite", "effect letter",
	"effect look", "effect news", "effect notice", "effect outcome", "effect pause", "effect punish",
	"effect regained", "effect shorten", "effect summons", "effect thanks", "effect tier", "effect welcome",
}

// effects lists the kinds of what is in the outbox, while the bot is down.
func (w *world) effects() []string {
	w.t.Helper()
	s, err := storage.Open(w.ctx, storage.Options{DSN: w.cfg.Storage.DSN, KeyFile: w.cfg.Privacy.KeyFile, Now: w.clock.Now})
	must(w.t, err)
	kinds := map[string]bool{}
	w.query(func(db *sql.DB) error {
		rows, err := db.QueryContext(w.ctx, `SELECT sealed FROM outbox`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r outbox.Row
			if err := rows.Scan(&r.Body); err != nil {
				return err
			}
			kind, body, err := s.OpenRow(r)
			if err != nil {
				return err
			}
			var is struct{ Kind, Topic, Method string }
			if err := json.Unmarshal(body, &is); err != nil {
				return err
			}
			kinds[strings.Join(strings.Fields(strings.Join([]string{kind, is.Kind, is.Topic, is.Method}, " ")), " ")] = true
		}
		return rows.Err()
	})
	must(w.t, s.Close())
	return slices.Sorted(maps.Keys(kinds))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// keep writes a compressed file.
func keep(t *testing.T, path string, content []byte) {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	must(t, err)
	_, err = z.Write(content)
	must(t, errors.Join(err, z.Close()))
	must(t, os.WriteFile(path, b.Bytes(), 0o600))
}

// kept reads one.
func kept(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	must(t, err)
	content, err := io.ReadAll(z)
	must(t, err)
	return content
}
