package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Handlers implements [bot.Handler].
type Handlers struct {
	*base

	// OnOverBudget is told of each update that is not handled because its sender sent too many, and what it was: "command",
	// "press" or "private"; nil for nobody. It must be quick.
	OnOverBudget func(kind string)

	commandsOverBudget *commandsOverBudget

	known     *lookup.Memberships
	pool      *lookup.Pool // for what is asked ahead
	removals  *removals
	commands  *commands
	callbacks *callbacks
	sizes     *sizes

	privateReports privateReports

	reports      reports
	votes        votes
	cases        cases
	evidences    evidences
	penalties    penalties
	ruleBook     ruleBook
	settingPages settingPages
	purges       purges
	standings    standings
	statistics   statistics
	health       healthCheck
	logs         logChannels
	juries       juries
	appeals      appeals
	quizzes      quizzes
	explanations explanations
	myData       ownData
	erasures     erasures
	wipes        wipes
	receipts     receipts
	helps        helps
	starts       starts
	memberships  memberships
	practices    practices
	otherBots    otherBots
}

var _ bot.Handler = (*Handlers)(nil)

// New returns handlers. All arguments are needed.
func New(court *moderation.Court, store Store, tg Telegram, later Later, now func() time.Time, log *slog.Logger) *Handlers {
	tg, later = deliver.Dated(tg), datedLater(later)
	guard := guardedBy(log)
	pool := &lookup.Pool{Guard: guard}
	known := lookup.NewMemberships(pool, now, func() int64 { return tg.Me().ID })
	send := deliver.NewSender(court, store, noticed{tg, known}, now, log).Do
	budgets := newBudgets(now)
	find := lookup.New(tg).Telling(budgets.learn).Remembering(known)
	b := &base{court: court, budgets: budgets, chats: store, find: find, resolve: request.NewResolver(find, store), now: now, log: log}
	h := &Handlers{
		base: b, commandsOverBudget: &commandsOverBudget{court: court, now: now}, known: known, pool: pool,
		sizes: &sizes{base: b, bots: otherBots{b}, silent: newSilences()}, otherBots: otherBots{b},
	}
	h.practices = practices{b, store}
	h.reports = reports{b, store, h.sizes, h.practices}
	h.privateReports = privateReports{h.reports, store, newSentPrivately(), store}
	h.votes = votes{b, store}
	h.cases = cases{b, store}
	h.evidences = evidences{b, store, send}
	h.penalties = penalties{b, store}
	h.ruleBook = ruleBook{b}
	h.settingPages = settingPages{b, store, h.sizes}
	h.purges = purges{b, store}
	h.standings = standings{b}
	h.statistics = statistics{b, store}
	h.logs = logChannels{b, store, tg}
	h.health = healthCheck{b, h.logs, h.sizes, h.otherBots}
	h.juries = juries{b}
	h.quizzes = quizzes{b, store}
	h.explanations = explanations{b, store}
	h.starts = starts{b, store, h.quizzes, h.evidences, h.privateReports}
	h.appeals = appeals{b, store, h.starts}
	h.myData = ownData{b}
	h.erasures = erasures{b}
	h.wipes = wipes{b}
	h.receipts = receipts{b, store}
	h.helps = helps{b, newHelpIndex(MemberCommands(), PrivateCommands(), AdminCommands())}
	h.memberships = memberships{b, h.sizes, h.otherBots}
	h.removals = newRemovals(tg, func() int { return max(1, b.Slack) }, guard)
	h.commands = &commands{base: b, store: store, tg: tg, removals: h.removals, later: later, group: h.groupRoutes(), private: h.privateRoutes(), said: newSaidToAll()}
	h.callbacks = &callbacks{
		base: b, store: store, seen: store, pool: pool, send: send, erasures: h.erasures, wipes: h.wipes, settingPages: h.settingPages,
		members: h.buttons(), own: h.ownButtons(), admins: h.adminButtons(),
	}
	return h
}

// Ordinary implements [bot.Handler]: what people write to each other in groups.
func (h *Handlers) Ordinary(u *wire.Update) bool {
	m := u.Message
	if m == nil || !m.Chat.Group() || m.Service != wire.ServiceNone || m.EphemeralID != 0 {
		return false
	}
	_, ok := h.commands.command(u)
	return !ok
}

// Bulk implements [bot.Handler].
func (h *Handlers) Bulk(ctx context.Context, updates []wire.Update) error {
	seen := make([]moderation.SeenMessage, 0, len(updates))
	for i := range updates {
		wanted, err := h.wants(ctx, &updates[i])
		if err != nil {
			return h.failed("note messages", err)
		}
		if !wanted {
			continue
		}
		if err := h.otherBots.wrote(ctx, updates[i].Message); err != nil {
			return h.failed("note another bot", err)
		}
		if s, ok := request.Seen(&updates[i]); ok {
			seen = append(seen, s)
		}
	}
	return h.failed("note messages", h.court.Observe(ctx, seen))
}

// Handle implements [bot.Handler].
func (h *Handlers) Handle(ctx context.Context, u wire.Update) ([]wire.Call, error) {
	calls, err := h.handle(lookup.Beside(ctx), &u)
	if errors.Is(err, moderation.ErrSeen) {
		return nil, nil
	}
	return view.AllDated(calls), h.failed("handle a "+u.Kind(), err)
}

func (h *Handlers) handle(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	wanted, err := h.wants(ctx, u)
	switch {
	case err != nil:
		return nil, err
	case !wanted:
		return leaveAlone(u), nil
	case u.Direct():
		return leaveAlone(u), h.leaveDirect(ctx, u.Chat())
	case u.Callback != nil:
		calls, err := h.callbacks.callback(ctx, u)
		return h.callbacks.fitted(ctx, u.Callback, calls), err
	case u.MyStatus != nil:
		return nil, h.memberships.myStatus(ctx, u)
	case u.Membership != nil:
		return nil, h.memberships.membership(ctx, u)
	case u.Message != nil:
		return h.message(ctx, u)
	default:
		return nil, nil
	}
}

// leaveAlone is all that is done where people write to a channel in private: not even the update is noted. Only a press,
// which can be nothing but forged there, is answered, or its app would wait.
func leaveAlone(u *wire.Update) []wire.Call {
	if u.Callback == nil {
		return nil
	}
	return []wire.Call{wire.AnswerCallback(u.Callback.ID, view.StrangeText(&u.Callback.From), false)}
}

// leaveDirect gives up a chat that an earlier release took for a group.
func (h *Handlers) leaveDirect(ctx context.Context, chat int64) error {
	known, err := h.chats.Chat(ctx, chat)
	if err != nil || !known.Rights.Member {
		return err
	}
	return h.court.Lost(ctx, chat)
}

func (h *Handlers) message(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	m := u.Message
	if err := h.otherBots.wrote(ctx, m); err != nil {
		return nil, err
	}
	if u.Edited {
		return h.commands.edited(ctx, u)
	}
	switch m.Service {
	case wire.ServiceMigratedTo:
		return nil, h.court.Migrate(ctx, u.ID, m.Chat.ID, m.MigrateTo)
	case wire.ServiceMigratedFrom:
		return nil, h.court.Migrate(ctx, u.ID, m.MigrateFrom, m.Chat.ID)
	case wire.ServiceJoined:
		return nil, h.memberships.joined(ctx, u)
	case wire.ServiceLeft:
		return nil, h.otherBots.left(ctx, m)
	}
	if given, ok := h.commands.command(u); ok {
		return h.commands.run(ctx, u, given)
	}
	if h.appeals.answers(m) {
		return h.appeals.sentence(ctx, u)
	}
	if m.Chat.Private() && m.From != nil && !request.ByBot(m) {
		return h.starts.private(ctx, u)
	}
	return nil, nil
}

// failed marks an error of the store as such, so that the update is tried until it works.
func (h *Handlers) failed(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, moderation.ErrUnavailable):
		return fmt.Errorf("%s: %w: %w", what, bot.ErrUnavailable, err)
	default:
		return fmt.Errorf("%s: %w", what, err)
	}
}
