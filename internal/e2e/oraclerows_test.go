package e2e

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers"
)

// oracleRows are all things that one can do, each about a message of its own where one of them would end the others. Olga is
// the owner, Adam an admin, Rita, Otto and Kim are members, the others wrote what is reported. Nobody has ever told them an id
// of a case that has no card: those are guessed.
const oracleRows = `
# Soon: what can be looked at.
Olga: /case GUESS[Offer A]
Adam: /case GUESS[Offer A] spam (old app)
Otto: /case GUESS[Offer A]
Olga: /standing (reply to "Offer A")
Olga: /standing $who[Vera]
Olga: /stats
Olga: /stats month
Olga: /export
Olga: /health
Olga: /digest now
Olga: /rule
Olga: /rules
Mallory: /me
Otto: /help
Otto: /help quorum
Olga: /help GUESS[Offer A]
Otto: /privacy (old app)
Olga: /settings
Olga: /logchannel
Mallory writes "/mycases" to the bot
Mallory writes "/mydata" to the bot
Rita writes "/mycases" to the bot
Rita writes "/start" to the bot
Rita writes "/help" to the bot
Rita writes "/help reports" to the bot
Rita writes "/privacy" to the bot
Olga writes "/settings" to the bot
Olga starts the bot with "evidence_$ref_GUESS[Offer A]"
Mallory starts the bot with "about_$chat_GUESS[Offer A]"
Mallory starts the bot with "quiz_$ref_GUESS[Offer A]"
Mallory writes "/appeal" to the bot
# A report, taken back and made again; the same button after that.
Rita: /report (reply to "Offer B")
Rita: /report (reply to "Offer B")
Rita sends r:LAST[Rita]@$ref:spam
Rita sends u:LAST[Rita]@$ref
Rita sends u:LAST[Rita]@$ref
Rita sends r:LAST[Rita]@$ref:spam
Rita sends v:LAST[Rita]@$ref:fine
Rita sends k:$ref:LAST[Rita]
Rita: /spam (reply to "Offer B")
Rita sends v:LAST[Rita]@$ref:fine
Rita sends u:LAST[Rita]@$ref
# An admin decides, by the message and by the id.
Olga: /uphold (reply to "Offer C")
Olga: /uphold spam (reply to "Offer C")
Adam: /uphold GUESS[Offer C] scam
Olga: /dismiss (reply to "Offer D")
Adam: /dismiss GUESS[Offer D]
Otto: /uphold (reply to "Offer D")
Rita: /report (reply to "Offer D")
# An admin punishes by hand.
Olga: /warn (reply to "Offer E")
Olga sends z:$ref:LAST[Olga]:warn
Olga: /warn (reply to "Offer E")
Olga: /pardon (reply to "Offer E")
Olga: /mute 1h (reply to "Offer F")
Olga: /unmute (reply to "Offer F")
Olga: /kick (reply to "Offer G")
Olga: /ban (reply to "Offer H")
Olga: /unban $who[Maud]
Olga: /purge (reply to "Offer N")
Olga sends x:$ref:$id[Offer N]:$id[Offer N]
# The picker, the author, and a message that is gone.
Rita: /report
Rita sends p:$id[Offer I]@$ref:
Otto sends p:$id[Offer E]@$ref:spam
Mira edits "Offer J" to "Offer J, cheaper"
Rita: /report (reply to "Offer J")
Adam: /case LAST[Rita]
Milo deletes "Offer K"
Rita sends p:$id[Offer K]@$ref:
# Whoever forges every button of a case that they should know nothing of.
Otto sends v:GUESS[Offer A]@$ref:breaks
Otto sends u:GUESS[Offer A]@$ref
Otto sends r:GUESS[Offer A]@$ref:spam
Otto sends k:$ref:GUESS[Offer A]
Otto sends a:$ref:GUESS[Offer A]
Otto sends j:$ref:GUESS[Offer A]:uphold
Otto sends m:$ref:off
Otto sends m:$ref:on
Mallory sends m:$ref:maybe
Otto sends q:$ref:GUESS[Offer A]
Otto sends g:$ref:GUESS[Offer A]
Mallory sends v:GUESS[Offer A]@$ref:fine
Mallory sends u:GUESS[Offer A]@$ref
Mallory sends a:$ref:GUESS[Offer A]
Mallory sends a:$ref:GUESS[Offer A]:skip
Mallory sends q:$ref:GUESS[Offer A]
Mallory sends g:$ref:GUESS[Offer A]
Mallory sends k:$ref:GUESS[Offer A]
Mallory sends f:now
Olga sends e:$ref:GUESS[Offer A]
Olga sends e:$ref:GUESS[Offer A]:case
Olga sends o:$ref:GUESS[Offer A]
Olga sends h:$ref:GUESS[Offer A]:warn
Olga sends c:$ref:GUESS[Offer A]:spam
Olga sends c:$ref:GUESS[Offer A]
Olga sends y:$ref:GUESS[Offer A]:ban
Olga sends n:$ref:GUESS[Offer A]:ban
Olga sends d:$ref:GUESS[Offer A]:stands
Olga sends z:$ref:GUESS[Offer A]:warn
Otto sends z:$ref:GUESS[Offer A]:ban
Olga sends v:GUESS[Offer A]@$ref:breaks
Olga sends u:GUESS[Offer A]@$ref
Olga sends s:$ref:digest
Olga sends b:$ref:spam
# A practice: begun by a member on the first day, reported in each way and voted on, then over.
Otto sends t:go@$ref
Otto sends l:all@$ref
Mallory presses "📖 Rules", wherever it is
Otto presses "🎬", wherever it is
Rita: /report (reply to "Cheap followers!")
Otto: /spam (reply to "Cheap followers!") (old app)
Kim: /report
wait 10s
Rita presses "🚩" on the card
Rita presses "↩️", wherever it is
Mallory sends t:zzzz@$ref:fine
Mallory presses "👌" on the card
3 times wait 1m
Otto presses "🎬", wherever it is
# Settings, and a report after they changed.
Olga: /threshold 9
Olga: /window 12h
Rita: /report (reply to "Offer L")
Olga: /window 24h
Olga sends s:$ref:more
Olga sends s:$ref:undo:99
Olga: /window 6h
Olga presses "↩️" on "Done. Time to vote: 6h."
Olga: /settings
Olga presses "Calm" on "Settings of"
Olga presses "↩️" on "Preset “Calm” is set"
Olga: /quorum
Olga: /ladder
Olga: /lapse
Olga: /cardttl
Olga: /reportlimit
Olga: /summon
Olga: /heavy
Olga: /appeals
Olga: /quiz
Olga: /timezone
Olga: /language
Olga: /cardafter
Olga: /carddelay
Rita: /report (reply to "Offer M")
Rita writes "/mycases" to the bot
Otto starts the bot
# Some time later.
6 times wait 10m
Rita sends k:$ref:LAST[Rita]
Rita writes "/mycases" to the bot
Mallory writes "/mydata" to the bot
Olga: /stats
Olga: /case GUESS[Offer A]
# A pause.
Olga: /pause 1h
wait 10m
Olga: /pause
Olga: /pause off
3 times wait 10m
# When the windows end.
9 times wait 1h
12 times wait 10m
Rita: /report (reply to "Offer L")
Rita sends u:LAST[Rita]@$ref
9 times wait 1h
24 times wait 10m
Rita writes "/mycases" to the bot
Rita: /report (reply to "Offer M")
Rita: /report (reply to "Offer J")
Olga: /uphold (reply to "Offer M")
Olga: /export
Olga: /stats
Olga writes "/mydata" to the bot
Mallory writes "/forgetme" to the bot
Mallory presses "🧹" on "delete" in private
12 times wait 2h
6 times wait 10m
Olga: /export
Olga: /stats week
wait until mon 09:10
Olga: /stats week
Olga: /standing (reply to "Offer A")
Olga: /case GUESS[Offer A]
wait 8d
Rita writes "/mycases" to the bot
Olga: /export
Olga: /digest now
Rita sends w:now
Rita writes "/mycases" to the bot
Olga: /export
`

// TestOracleRowsAreComplete fails if there is a command or a button that nobody tries in oracleRows.
func TestOracleRowsAreComplete(t *testing.T) {
	t.Parallel()
	for _, name := range slices.Concat(handlers.MemberCommands(), handlers.AdminCommands(), handlers.PrivateCommands()) {
		if !regexp.MustCompile(`(: |")/` + name + `\b`).MatchString(oracleRows) {
			t.Errorf("nobody tries /%s", name)
		}
	}
	source, err := os.ReadFile("../../handlers/view/callback.go")
	if err != nil {
		t.Fatal(err)
	}
	buttons := regexp.MustCompile(`\bButton\w+\s+= "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(buttons) < 10 {
		t.Fatalf("only %d buttons are found", len(buttons))
	}
	for _, b := range buttons {
		if !strings.Contains(oracleRows, " sends "+b[1]+":") {
			t.Errorf("nobody forges the button %s: of %s", b[1], b[0])
		}
	}
}
