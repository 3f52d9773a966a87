-- +goose Up
-- What the bot put on somebody (p), and what it found there that others had put (f), in JSON: whether it is a ban (b), what they
-- may not do (d) and until when (u). ends is when none of it holds any more, 0 if part of it has no end. The tag is of
-- its own; of the release before it is that of offences, or of members, since nothing else is known here.
CREATE TABLE restraint (
    chat  BIGINT NOT NULL REFERENCES chat (id),
    tag   BYTEA NOT NULL,
    state TEXT NOT NULL,
    ends  BIGINT NOT NULL,
    PRIMARY KEY (chat, tag)
);

-- What lasts of the penalties of the release before: the longest ban, else the longest mute.
INSERT INTO restraint (chat, tag, state, ends)
SELECT chat, tag,
    CASE WHEN deed = 'ban' THEN '{"p":{"b":true,"u":' || until || '}}'
    ELSE '{"p":{"d":["can_add_web_page_previews","can_send_audios","can_send_documents","can_send_messages","can_send_other_messages",'
        || '"can_send_photos","can_send_polls","can_send_video_notes","can_send_videos","can_send_voice_notes"],"u":' || until || '}}' END,
    until
FROM (
    SELECT o.chat AS chat, o.tag AS tag, c.deed AS deed, c.until AS until,
        row_number() OVER (PARTITION BY o.chat, o.tag ORDER BY c.deed, CASE WHEN c.until = 0 THEN 0 ELSE 1 END, c.until DESC) AS place
    FROM offence o JOIN cases c ON c.id = o.case_id
    WHERE c.deed IN ('mute', 'ban') AND (c.until = 0 OR c.until > CAST(extract(epoch FROM now()) AS BIGINT))
) AS lasting WHERE place = 1;

-- Who is bound to plain text.
INSERT INTO restraint (chat, tag, state, ends)
SELECT chat, tag, '{"p":{"d":["can_add_web_page_previews","can_send_audios","can_send_documents","can_send_other_messages",'
    || '"can_send_photos","can_send_polls","can_send_video_notes","can_send_videos","can_send_voice_notes"]}}', 0
FROM member WHERE lost > 50;
