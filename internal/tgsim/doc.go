// Package tgsim is a Telegram in memory. It speaks the Bot API over HTTP to bots, as strictly as the reference (Bot API
// 10.5, package schema) allows. It offers tests the people's side: what they do and what they see.
//
// It shares no code with the rest of the project on purpose: it must be able
// to contradict us.
//
// This package is the front: handles of users, bots, chats and messages, whose
// methods take the lock. Below it are packages, each of which uses those before
// it: guard (the lock), wire (JSON), schema (the reference), richtext, params,
// faults, world (state and rules), people, updates, methods, calls, server.
//
// # The world
//
//	clock := tgsim.NewClock(time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC))
//	sim := tgsim.New(tgsim.Options{Now: clock.Now})
//	srv := sim.Serve()                        // Bot API at srv.URL+"/bot<token>/<method>"
//	defer srv.Close()
//	bot := sim.AddBot("OstrakonBot", "Ostrakon")   // PrivacyOff, Token, Unattended
//	owner := sim.AddUser("Olga")
//	anna := sim.AddUser("Anna", tgsim.Username("anna"), tgsim.Lang("ru"))
//	g := sim.NewSupergroup("Chess club", owner)    // NewGroup, NewForum, NewChannel; Public("name")
//	g.Join(anna)
//	g.Add(bot)
//	g.Promote(bot, tgsim.AllRights())
//
// Chats: Add, Join, Leave, Kick, Ban, DeleteFrom, Unban, Restrict, Promote,
// Demote, Topic (Close, Reopen), CloseGeneral, Link (a channel to its discussion
// group), DirectMessages (of a channel), Migrate, SetPermissions, SetUsername,
// Delete, Status, RecentActions.
//
// # People
//
//	m, err := anna.Send(g, "hello", tgsim.ReplyTo(m2))   // InTopic, AsChannel, WithPhoto, WithPoll, WithLink...
//	c, err := anna.Command(g, "/report scam", tgsim.ReplyTo(m)) // ephemeral or public, as apps decide; OldApp(), OnDesktop()
//	card, err := anna.WaitFind(ctx, g, "break the rules?")
//	press, err := anna.Press(card, "🚩")        // PressRaw for forged data
//	toast, err := press.Toast(ctx)
//	items := anna.Sees(g)                        // all she can see there now
//	text := sim.VisibleTo(sim.EveryoneBut(anna)...)
//
// Send is plain: what it sends is public. Command decides as an app does. What
// permissions forbid fails with ErrPermission. Links in plain text are found as
// Telegram finds them.
// Messages are handles; Message.ID is 0 for ephemeral ones. sim.Wait waits for
// any condition, such as m.Deleted, without polling.
//
// Also SendAlbum, Forward, Edit, Delete, Whisper (an ephemeral answer to what a bot showed to one person), Start,
// SendPrivate (with ReplyTo an answer to what it wrote there), Private, FindPrivate, Dialog, Block, Toasts, Menu,
// SetOffline, SetUsername, and Open, for a link such as Toast.URL or one that invites into a chat. The latter lets in
// nobody who is banned, and nobody when it has expired or as many came by it as it is for.
//
// # Bots
//
// Every call is checked against the schema; departures are refused with 400
// and kept in sim.Violations, which a test expects to be empty. Calls, WaitCall
// and WaitConfirmed tell what a bot did; bot.Call lets a test act as a bot. Bots
// that nobody runs are to be Unattended, or WaitConfirmed waits for them too.
//
//	sim.Fail(tgsim.Fault{Kind: tgsim.LostAnswer, Method: "sendMessage"})
//
// makes calls go wrong; Options.Chaos does so at random; Options.CallTime and
// SetCallTime make each call take its time, beside others; bot.Inject sends
// updates of odd shapes; sim.Flood makes very many updates cheaply. SetUsernames
// renames a bot, SetSetting and SetCallbackMode are its owner in BotFather, and
// bot.Call("setWebhook", ...) is somebody else who has the token.
// Options.NoSettings and NoEphemeralSupport are servers of before Bot API 10.5
// and 10.2, OldEphemeral is one of 10.2;
// Upgrade makes it a modern one.
//
// # What is not simulated
//
// Methods that package methods does not list (400 "not simulated"), Markdown parse modes, reactions, votes in polls,
// pins, join requests, links that are revoked, inline mode, payments, link previews (so the permission for them changes
// nothing else), widgets, rich messages of bots, TLS and IP checks of webhooks, the lists of bot-to-bot mode. Private
// chats and basic groups number their messages with one counter for the whole world, not one per account. Where nobody
// knows what Telegram does, the harsher reading is taken. Late answers fail for administrators too when they name an
// action. Ephemeral numbers are used again, and ephemeral commands in topics have no thread id. A privacy mode that is
// set from code holds only in groups that the bot comes into later. Ephemeral answers to presses need the bot and the
// presser in the chat. The wording of ephemeral refusals is made up.
//
// The files facts_*_test.go state what is known of Telegram, by sections: 1
// ephemeral messages, 2 updates, 3 moderation, 4 limits, 5 security. Of what is
// known these are left out:
//
//   - Section 1: each app's own slips (Android that cuts commands at spaces only
//     or has not loaded the group, early Desktop and iOS, the web), for OldApp and
//     a command without a reply come to the same; how long apps keep ephemeral
//     messages, for that shows to nobody but the receiver; whether they count in
//     the limits, for nobody knows, and they do not here.
//   - Section 2: random update_ids after a week, and slowing down who polls too
//     fast, for both need real time; ports of webhooks and 410, for tests listen
//     where they can; the pauses between deliveries, which are short here.
//   - Section 3: the 15 minutes of the test servers; reactions; that a removed
//     member of a basic group still reads what was sent before, for nobody here
//     looks at that.
//   - Section 4: one message a second in one chat, for short bursts pass and
//     nobody knows how short; files over 50 MB; file_ids that differ by bot;
//     ?startchannel links; invitations of a bot's owner.
//   - Section 5: login widgets, logOut.
//
// # Time and locks
//
// All dates, deadlines and expiries follow Options.Now. Only long polls, the
// time that calls take and the pauses between deliveries to a webhook are real
// time. One mutex guards the
// whole world; all exported methods may be called from any goroutine, also
// from OnChange hooks and Flood makers.
package tgsim
