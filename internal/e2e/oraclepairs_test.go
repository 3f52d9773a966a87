package e2e

import (
	"fmt"
	"regexp"
	"strings"
)

// oracleScene is the group in which the worlds of all pairs take place.
const oracleScene = `
group "Chess club" supergroup, owner Olga
members Adam Vera Rita Otto Kim Mallory Mona Moritz Marta Milo Mira Max Maud
channel "Log", owner Olga
the bot joins as admin
the bot is made admin of channel "Log"
Adam is made admin
Olga starts the bot
Mallory starts the bot
Rita starts the bot
Olga posts "Hello" in channel "Log"
Olga forwards "Hello" from channel "Log"
Olga: /logchannel (reply to "Hello")
Olga: /reportlimit 100
Olga: /threshold 12
Rita: Good evening
Otto: Good evening
Adam: I am never wrong
`

// oracleAuthors wrote what is reported: "Offer A" is the first one's, and so on.
var oracleAuthors = strings.Fields("Mallory Mona Mallory Moritz Marta Milo Max Maud Moritz Mira Milo Mona Marta Mallory")

// offers are the messages, and then a line about each.
func offers(lines ...string) string {
	var b strings.Builder
	for i, author := range oracleAuthors {
		fmt.Fprintf(&b, "%s: Offer %c\n", author, 'A'+i)
	}
	return b.String() + about(lines...)
}

// about are lines about each of them in turn.
func about(lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		for i := range oracleAuthors {
			fmt.Fprintln(&b, strings.ReplaceAll(line, "OFFER", fmt.Sprintf("Offer %c", 'A'+i)))
		}
	}
	return b.String()
}

const (
	veraReports = `Vera: {/report (reply to "OFFER")|/me}`
	kimReports  = `Kim: /report (reply to "OFFER")`
)

// votesTold are numbers of votes, rounded or not, as the card, the admins' log, digests and the export tell them.
var votesTold = regexp.MustCompile(`(?:about )?\d+ votes?|under 3 votes?|(?:Votes|Reports): \d+|(expired|upheld|dismissed),(?:under 3|\d*),`)

var oraclePairs = map[string]pair{
	"somebody reports, and it brings no card yet": {
		script: oracleScene + "Olga: /cardafter 3\n" + offers(veraReports), victims: []string{"Vera"},
	},
	"somebody reports early or late": {
		script:  oracleScene + "Olga: /cardafter 3\n" + offers(veraReports, `Vera: {/me|/report (reply to "OFFER")}`),
		victims: []string{"Vera"},
	},
	"somebody reports before the admins are shown such cases": {
		script:  oracleScene + "Olga: /cardafter 20\n" + offers(veraReports) + "wait 10m\nOlga: /cardafter 0\n",
		victims: []string{"Vera"}, skip: regexp.MustCompile(` sends u:| edits `),
	},
	"somebody reports what the admins were shown": {
		script: oracleScene + "Olga: /cardafter 0\n" + offers(kimReports, veraReports), victims: []string{"Vera"},
	},
	"somebody reports in a pause": {
		script:  oracleScene + "Olga: /pause 2h\n" + offers(kimReports) + "wait 10m\n" + about(veraReports),
		victims: []string{"Vera"}, told: votesTold,
	},
	"a vote is a voice": {
		script:  strings.Replace(oracleScene, "Adam is made admin", "Adam is made admin\nNils joins", 1) + offers(kimReports+"\n{Vera|Nils} presses \"🚩\" on the card"),
		victims: []string{"Vera", "Nils"},
	},
	"a vote says that it breaks the rules": {
		script: oracleScene + offers(kimReports+"\nVera presses \"{🚩|👌}\" on the card"), victims: []string{"Vera"},
	},
	"somebody reports an admin": {
		script: oracleScene + offers() + `
			Kim: /report (reply to "never wrong")
			Vera: {/report (reply to "never wrong")|/me}
		`, victims: []string{"Vera"},
	},
}
