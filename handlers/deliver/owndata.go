package deliver

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// votesInFile is how many votes the file lists at most: they are kept for a week or so.
const votesInFile = 1000

// sendKept sends a person everything that is kept of them, as a file.
func (h own) sendKept(ctx context.Context, e moderation.SendKept) error {
	p := h.spoken(e.To)
	data := view.MyData{About: p.Text("mydata.about", nil), Made: h.now().UTC().Format(time.DateOnly), Private: true, Groups: []view.MyGroup{}, Votes: []view.MyVote{}}
	file, err := h.file(ctx, e.To.ID, data)
	if err != nil {
		return h.later(err)
	}
	return h.answer(ctx, view.Wipeable(p, wire.SendDocument(e.To.ID, "mydata.json", file, p.Text("mydata.caption", nil))))
}

// file is the file with what is kept of a person.
func (h own) file(ctx context.Context, person int64, data view.MyData) ([]byte, error) {
	kept, err := h.store.Kept(ctx, person)
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		if k.Bare() {
			continue
		}
		g, err := h.myGroup(ctx, k)
		if err != nil {
			return nil, err
		}
		data.Groups = append(data.Groups, g)
	}
	refs, ballots, err := h.store.Voted(ctx, person, votesInFile)
	if err != nil {
		return nil, err
	}
	for i, b := range ballots {
		data.Votes = append(data.Votes, view.VoteOfMine(b, h.find.Title(ctx, refs[i].Chat), refs[i].ID))
	}
	file, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write what is kept of somebody: %w", err)
	}
	return append(file, '\n'), nil
}

// myGroup is what one group keeps of a person.
func (h own) myGroup(ctx context.Context, k moderation.Kept) (view.MyGroup, error) {
	g := view.GroupOfMine(k, h.find.Title(ctx, k.Chat.ID), h.now())
	counts := map[string]bool{}
	for _, o := range k.History {
		counts[o.Case] = true
	}
	for _, c := range k.Cases {
		if c.Verdict != moderation.Upheld && c.HiddenFromAuthor() {
			continue // that somebody reported them, and nobody knows of it, would tell when that was
		}
		d, err := h.myDecision(ctx, c)
		if err != nil {
			return g, err
		}
		d.Counts = counts[c.ID]
		g.Decisions = append(g.Decisions, d)
	}
	return g, nil
}

// myDecision loads what is kept beside a case about a person.
func (h own) myDecision(ctx context.Context, c moderation.Case) (view.MyDecision, error) {
	d := view.DecisionOf(c, h.now())
	if d.Appeal != moderation.NoAppeal {
		a, _, err := h.store.Appeal(ctx, c.Chat, c.ID)
		if err != nil {
			return d, err
		}
		d.Said = a.Words
	}
	e, found, err := h.store.Evidence(ctx, c.Chat, c.ID)
	if found {
		d.Message = view.MyMessageOf(e)
	}
	return d, err
}
