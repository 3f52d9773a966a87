package deliver

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// files keeps the files of evidence.
type files struct{ *Sender }

// fetch keeps the files of a case's evidence that are small enough and for which there is space, so that they are there when
// their author, or Telegram, has them no more. What is not kept stays known by its name.
func (h files) fetch(ctx context.Context, e moderation.FetchFiles) error {
	seen, found, err := h.store.Evidence(ctx, e.Chat, e.Case)
	if err != nil || !found {
		return err
	}
	for part, m := range seen.Files {
		if !m.Small() {
			continue
		}
		needed, err := h.needed(ctx, e, part)
		if err != nil {
			return err
		}
		if !needed {
			continue
		}
		why, err := h.keep(ctx, e, part, m)
		if err != nil {
			return err
		}
		if why != "" && h.NotKept != nil {
			h.NotKept(why)
		}
	}
	return nil
}

// needed reports whether a file is still to be fetched: it is not kept, and the case was not withdrawn meanwhile.
func (h files) needed(ctx context.Context, e moderation.FetchFiles, part int) (bool, error) {
	_, kept, err := h.store.Medium(ctx, e.Chat, e.Case, part)
	if err != nil || kept {
		return false, err
	}
	_, found, err := h.store.Evidence(ctx, e.Chat, e.Case)
	return found, err
}

// keep keeps a file, or says why there is no space for it. What finds none by the size that Telegram tells is not downloaded.
func (h files) keep(ctx context.Context, e moderation.FetchFiles, part int, m moderation.Medium) (moderation.NoSpace, error) {
	if why, err := h.store.FindSpace(ctx, e.Chat, e.Case, m.Size); err != nil || why != "" {
		return why, err
	}
	data, err := h.download(ctx, m)
	if err != nil || data == nil {
		return "", err
	}
	return h.store.KeepMedium(ctx, e.Chat, e.Case, part, data)
}

// download fetches a file, nil if that cannot be done at all.
func (h files) download(ctx context.Context, m moderation.Medium) ([]byte, error) {
	res, err := h.Do(ctx, wire.GetFile(m.ID))
	if err != nil {
		return nil, h.settled(err)
	}
	path, size, err := res.File()
	if err != nil || path == "" || size > moderation.MaxFile {
		return nil, nil //nolint:nilerr // an answer that holds no path is as good as none
	}
	data, err := h.tg.Download(ctx, path, moderation.MaxFile)
	if err != nil {
		return nil, h.settled(err)
	}
	return data, nil
}
