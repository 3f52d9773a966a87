package e2e

import (
	"fmt"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// spaceLines are the lines about how much the bot may keep, and in which groups it stays.
var spaceLines = []verb{
	{form: `the operator has {number} MB of files kept`, run: limitFiles},
	{form: `the disk has {number} MB left`, run: fillDisk},
	{form: `the operator wants the bot only in {text}`, run: allow},
	{form: `the bot is in the group`, check: true, run: botIn(true)},
	{form: `the bot is not in the group`, check: true, run: botIn(false)},
}

// limitFiles has the bot begin anew with another storage.evidence_limit.
func limitFiles(w *world, a []string) error {
	n, err := strconv.ParseInt(a[0], 10, 64)
	w.down()
	w.cfg.Storage.EvidenceLimit = n * 1e6
	w.up()
	return err
}

// fillDisk leaves so much of a disk of 100 GB.
func fillDisk(w *world, a []string) error {
	n, err := strconv.ParseInt(a[0], 10, 64)
	w.disk.Store(&moderation.Disk{Free: n * 1e6, Size: 100e9})
	return err
}

// tellDisk is what the bot is told of the disk. Until a story says something, that is nothing.
func (w *world) tellDisk() (moderation.Disk, error) {
	if told := w.disk.Load(); told != nil {
		return *told, nil
	}
	return moderation.Disk{}, nil
}

// allow has the bot begin anew with a list of groups.
func allow(w *world, a []string) error {
	chat, err := w.chat(a[0])
	if err != nil {
		return err
	}
	w.down()
	w.cfg.Telegram.Groups = []int64{chat.ID()}
	w.up()
	return nil
}

func botIn(want bool) func(*world, []string) error {
	return func(w *world, _ []string) error {
		if s := w.here.Status(w.bot).Status; (s != tgsim.Left && s != tgsim.Kicked) != want {
			return fmt.Errorf("its status is %s", s)
		}
		return nil
	}
}
