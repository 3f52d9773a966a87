package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// slowTime is how long anything may take before a measurement gives up.
const slowTime = 20 * time.Minute

// slowSetting is how rows are measured.
type slowSetting struct {
	binary, dir string
	calls       tgsim.CallTime
	server      *pgtest.Cluster // nil: SQLite
	times       int
}

// slowRow is what is measured together.
type slowRow struct {
	name     string
	groups   int  // that the bot is in; 0: only the active ones
	active   int  // in which anything happens
	each     bool // or one for each thing that is timed
	members  int  // of an active group
	null     bool // the null bot does something there
	settings func(*moderation.Policy)
	run      func(context.Context, *slowBot) ([]figure, error)
}

// slowBot is a bot that has long been in its groups, while each call takes its time.
type slowBot struct {
	*world
	*observer

	null   bool
	calls  tgsim.CallTime
	call   time.Duration // how long a call takes on average
	times  int
	people [][]*tgsim.User // by group, of the groups in which anything happens
	free   []int           // by group, how many of people have a part already
}

// run measures a row once, by a new bot in a new world.
func (in slowSetting) run(ctx context.Context, row slowRow, null bool) ([]figure, error) {
	ctx, cancel := context.WithTimeout(ctx, slowTime)
	defer cancel() // which ends the bot, if it was not ended
	groups := row.groups
	if groups == 0 {
		groups = row.active
	}
	if row.each {
		groups, row.active = in.times, in.times
	}
	w, err := newWorldWith(sizes{groups: groups}, tgsim.Options{KeepMessages: 2048, NoCallLog: true, Limits: true})
	if err != nil {
		return nil, err
	}
	defer w.server.Close()
	b := &slowBot{world: w, observer: newObserver(), null: null, calls: in.calls, call: (in.calls.Least + in.calls.Most) / 2, times: in.times}
	w.observer = b.observer
	for _, g := range w.groups[:row.active] {
		var in []*tgsim.User
		for i := range row.members {
			in = append(in, w.sim.AddUser(fmt.Sprintf("Member %d", i)))
		}
		if err := g.Join(in...); err != nil {
			return nil, fmt.Errorf("fill a group: %w", err)
		}
		b.people, b.free = append(b.people, in), append(b.free, 0)
	}
	p, err := in.start(ctx, b, row)
	if err != nil {
		return nil, err
	}
	w.sim.SetCallTime(in.calls)
	figures, err := row.run(ctx, b)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, p.log.String())
	}
	w.sim.SetCallTime(tgsim.CallTime{})
	_, err = p.stop()
	return figures, err
}

// start starts the bot and waits until it has nothing left to do. Calls take no time yet.
func (in slowSetting) start(ctx context.Context, b *slowBot, row slowRow) (*process, error) {
	dir, err := os.MkdirTemp(in.dir, "slow")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	binary, dsn := in.binary, "sqlite:"+filepath.Join(dir, "ostrakon.db")
	switch {
	case b.null:
		binary = filepath.Join(filepath.Dir(binary), "nullbot")
		err = b.forget(ctx)
	case in.server != nil:
		dsn, err = in.database(ctx, strings.ToLower(filepath.Base(dir)))
	}
	if err == nil && !b.null {
		settings := moderation.DefaultPolicy()
		settings.Threshold, settings.CardDelay, settings.ReportLimit, settings.Digest = 3, 0, moderation.MaxReportLimit, "off"
		row.settings(&settings)
		err = b.knownWith(ctx, dsn, filepath.Join(dir, "ostrakon.key"), settings)
	}
	if err != nil {
		return nil, err
	}
	p, err := start(ctx, binary, dir, b.server.URL, b.bot.Token(), "OSTRAKON_STORAGE_DSN="+dsn)
	if err != nil {
		return nil, err
	}
	select {
	case <-b.polled:
	case <-time.After(answerTime):
		return nil, fmt.Errorf("the bot did not ask for updates: %s", p.log.String())
	}
	if b.null {
		return p, nil
	}
	if err := b.sim.Wait(ctx, func() bool { return len(b.people[0][0].Menu(b.groups[0], b.bot)) > 0 }); err != nil {
		return nil, fmt.Errorf("wait for the bot to have declared its commands: %w", err)
	}
	return p, b.quiet(ctx)
}

// database makes a database of PostgreSQL.
func (in slowSetting) database(ctx context.Context, name string) (dsn string, err error) {
	db, err := openSQL(in.server.DSN("postgres"))
	if err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, "CREATE DATABASE "+name)
	return in.server.DSN(name), errors.Join(err, db.Close())
}

// someone is a member of a group who has no part in anything yet. Each has one part: what the bot allows a person at once is
// not to be measured.
func (b *slowBot) someone(group int) *tgsim.User {
	b.free[group]++
	return b.people[group][b.free[group]-1]
}

// report has somebody report a message, and names what is handed out and what answers it. The null bot's answer is the next
// thing that it says in the group.
func (b *slowBot) report(who *tgsim.User, g *tgsim.Chat, m *tgsim.Message) (handed, answered string, err error) {
	said := b.nextSaid(g.ID())
	before := time.Now()
	cmd, err := who.Command(g, "/report", tgsim.ReplyTo(m))
	if err != nil {
		return "", "", fmt.Errorf("report: %w", err)
	}
	switch {
	case b.null:
		return nameOfMessage(cmd), said, nil
	case !cmd.Ephemeral():
		return "", "", errors.New("the command was not ephemeral")
	}
	name := b.await(g.ID(), who.ID(), int64(cmd.EphemeralID()), before)
	return name, name, nil
}

// card waits for the vote card on the latest message that was reported in a group; the null bot's answer stands in for it.
func (b *slowBot) card(ctx context.Context, who *tgsim.User, g *tgsim.Chat) (*tgsim.Message, error) {
	if b.null {
		return who.WaitFind(ctx, g, "noted")
	}
	return who.WaitFind(ctx, g, "break the rules?")
}

// tap has somebody tap on a card, and names that.
func (b *slowBot) tap(who *tgsim.User, card *tgsim.Message, label string) (string, error) {
	tap := who.Press
	if b.null { // there are no buttons on what it says, but it is sent the taps
		tap = who.PressRaw
	}
	p, err := tap(card, label)
	if err != nil {
		return "", fmt.Errorf("tap: %w", err)
	}
	return pressName(p.ID()), nil
}

// pause waits for the bot to have done what follows, and for who watches.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// evenly does something so many times, spread over a while.
func (b *slowBot) evenly(ctx context.Context, n int, over time.Duration, do func(int) error) error {
	began := time.Now()
	for i := range n {
		if err := pause(ctx, time.Until(began.Add(over*time.Duration(i)/time.Duration(n)))); err != nil {
			return err
		}
		if err := do(i); err != nil {
			return err
		}
	}
	return nil
}

// last is when the last of what is named was done.
func (b *slowBot) last(names []string) time.Time {
	var last time.Time
	for _, name := range names {
		if at := b.doneAt(name); at.After(last) {
			last = at
		}
	}
	return last
}

// at50 is what is wanted where a call takes 50 ms, and nothing elsewhere.
func (b *slowBot) at50(wanted time.Duration) time.Duration {
	if b.calls.Least == b.calls.Most && b.call == 50*time.Millisecond {
		return wanted
	}
	return 0
}
