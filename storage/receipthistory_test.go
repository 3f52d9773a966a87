package storage_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// Whatever happens, also that everything is settled, forgotten or moved, every receipt and every head of the ledger
// that anybody was ever given stays true.
func TestReceiptsStayTrue(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	first := newDesk(t)
	first.active(chess, 24) // Bob and Carl among them
	first.close()
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		h := newHistory(first, runs)
		defer h.close()
		for range rapid.IntRange(4, 16).Draw(rt, "steps") {
			rapid.SampledFrom(h.steps()).Draw(rt, "step")(rt)
		}
		h.period()
		h.collects(rt)
		h.audit(rt)
	})
}

// history is a desk, and what people were given.
type history struct {
	*desk
	cases    []string
	receipts []ledger.Receipt
	heads    []ledger.Checkpoint
	told     *telling // how much the ledger was told
}

// newHistory begins where another ended, in a database of its own.
func newHistory(from *desk, run int) *history {
	d := deskAt(from.t, fmt.Sprintf("%s.%d", from.path, run))
	for _, end := range []string{"", ".key"} {
		text, err := os.ReadFile(from.path + end)
		d.must(err)
		d.must(os.WriteFile(d.path+end, text, 0o600))
	}
	d.update = from.update
	d.open()
	h := &history{desk: d, told: &telling{}}
	h.hurry()
	return h
}

// steps are what may happen; what is needed for the rest happens more often.
func (h *history) steps() []func(*rapid.T) {
	reopen := func(*rapid.T) {
		h.close()
		h.open()
		h.hurry()
	}
	return []func(*rapid.T){
		h.reports, h.reports, h.votes, h.undoes, h.ends, h.ends, h.appeals, h.judges, h.pardons, h.waits, h.waits, h.settles, h.collects, reopen,
	}
}

// hurry has commits not wait for the disk: nobody pulls the plug here.
func (h *history) hurry() { h.must(h.Trouble(h.t.Context(), "synchronous = OFF")) }

// court is a court over whichever store is open.
func (h *history) court() *moderation.Court {
	h.told.Store = h.Store
	return moderation.NewCourt(h.told, h.opts.Now)
}

func (h *history) pick(t *rapid.T) moderation.Key {
	return moderation.Key{Update: h.next(), Chat: chess, Case: rapid.SampledFrom(append([]string{"none"}, h.cases...)).Draw(t, "case")}
}

// only lets refusals pass.
func (h *history) only(err error) {
	h.t.Helper()
	if no := (*moderation.Refusal)(nil); err != nil && !errors.As(err, &no) {
		h.t.Fatal(err)
	}
}

func drawVoter(t *rapid.T) int64 { return rapid.SampledFrom([]int64{anna, bob, carl}).Draw(t, "who") }

func (h *history) reports(t *rapid.T) {
	r := h.reportBy(person(drawVoter(t)), 41+rapid.Int64Range(0, 6).Draw(t, "message"))
	got, err := h.court().Report(h.t.Context(), r)
	h.only(err)
	if err == nil && !slices.Contains(h.cases, got.Case) {
		h.cases = append(h.cases, got.Case)
	}
}

func (h *history) votes(t *rapid.T) {
	k := h.pick(t)
	side := rapid.SampledFrom([]moderation.Side{moderation.Breaks, moderation.Fine}).Draw(t, "side")
	h.only(h.court().Vote(h.t.Context(), moderation.Vote{Update: k.Update, Chat: chess, Case: k.Case, Voter: person(drawVoter(t)), Side: side}))
}

func (h *history) undoes(t *rapid.T) {
	k := h.pick(t)
	h.only(h.court().Undo(h.t.Context(), k.Update, chess, k.Case, drawVoter(t)))
}

func (h *history) ends(t *rapid.T) {
	v := rapid.SampledFrom([]moderation.Verdict{moderation.Upheld, moderation.Upheld, moderation.Dismissed}).Draw(t, "verdict")
	_, err := h.court().Decide(h.t.Context(), h.pick(t), admin(boss), v)
	h.only(err)
}

func (h *history) appeals(t *rapid.T) {
	k := h.pick(t)
	_, err := h.court().Appeal(h.t.Context(), moderation.Plea{Update: k.Update, Chat: chess, Case: k.Case, Author: mallory})
	h.only(err)
}

// judges has all who sit say the same, or an admin overturn.
func (h *history) judges(t *rapid.T) {
	k := h.pick(t)
	how := rapid.SampledFrom([]jury.Ballot{jury.Uphold, jury.Overturn}).Draw(t, "ruling")
	j, found, err := h.Jury(h.t.Context(), chess, k.Case)
	h.must(err)
	if !found {
		_, err := h.court().Overturn(h.t.Context(), k, admin(boss))
		h.only(err)
		return
	}
	for _, s := range j.Seats {
		k.Update = h.next()
		h.only(h.court().Juries.Answer(h.t.Context(), k, person(s.Juror.ID), how))
	}
}

func (h *history) pardons(*rapid.T) {
	_, err := h.court().Pardon(h.t.Context(), moderation.Key{Update: h.next(), Chat: chess}, moderation.Author{ID: mallory}, admin(boss))
	h.only(err)
}

func (h *history) waits(t *rapid.T) {
	h.pass(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 13 * time.Hour, 3 * day, 8 * day}).Draw(t, "so long"))
	h.must(h.CloseLedger(h.t.Context()))
	_, err := h.court().JuriesDue(h.t.Context())
	h.must(err)
	_, err = h.court().AppealsDue(h.t.Context())
	h.must(err)
	_, err = h.court().ExpireDue(h.t.Context())
	h.must(err)
}

func (h *history) settles(*rapid.T) {
	_, err := h.court().Settle(h.t.Context())
	h.must(err)
	h.must(h.Forget(h.t.Context(), h.now()))
}

// collects gives everybody what they can have.
func (h *history) collects(*rapid.T) {
	for _, id := range h.cases {
		for _, who := range []int64{anna, bob, carl, mallory, boss} {
			if r, given := h.receipt(chess, id, who); given {
				h.receipts = append(h.receipts, r)
				h.belongs(r, id, who)
			}
		}
	}
	if head, there := h.checkpoint(); there {
		h.heads = append(h.heads, head)
	}
}

// belongs says that a receipt is of that case, and tells of a ballot only who cast it.
func (h *history) belongs(r ledger.Receipt, id string, who int64) {
	ballots := h.docket(moderation.Key{Chat: chess, Case: id}).Ballots
	i := slices.IndexFunc(ballots, func(b moderation.Ballot) bool { return b.Voter == who })
	told := 0
	for _, e := range r.Entries {
		var line struct {
			Kind moderation.EventKind
			Case string
			Side moderation.Side
		}
		h.must(json.Unmarshal([]byte(e.Event), &line))
		switch line.Kind {
		case moderation.EventBallot:
			told++
			if i < 0 || line.Side != "" {
				h.t.Errorf("%s gets %s; the ballots are %+v", names[who], e.Event, ballots)
			}
		case moderation.EventOpened, moderation.EventWithdrawn, moderation.EventSetting, moderation.EventAction:
			h.t.Errorf("%s gets %s", names[who], e.Event)
		}
		if line.Case != id {
			h.t.Errorf("%s gets %s in case %s", names[who], e.Event, id)
		}
	}
	if told > 1 {
		h.t.Errorf("%s gets %d ballots of case %s", names[who], told, id)
	}
}

// audit lays all that was ever given beside the whole ledger.
func (h *history) audit(t *rapid.T) {
	_, c := h.export(ledger.Audit{Checkpoints: slices.Clone(h.heads), Receipts: h.receipts})
	if c.Size%8 != 0 || c.Size < int64(len(h.told.events)) {
		t.Fatalf("%d entries of %d events", c.Size, len(h.told.events))
	}
	for _, r := range h.receipts {
		if _, err := r.Verify(h.LedgerKey()); err != nil {
			t.Fatal(err)
		}
	}
	for _, head := range h.heads {
		data, err := h.ProveLedger(h.t.Context(), head.Size, 0)
		h.must(err)
		proof, err := ledger.ParseConsistency(data)
		h.must(err)
		if from, to, err := proof.Verify(h.LedgerKey()); err != nil || from != head || to != c {
			t.Fatalf("from %+v to %+v: %v", from, to, err)
		}
	}
}
