-- +goose Up
-- A threshold is a whole number from 2 on, and a quorum at least 2. A setting that is missing stays so, and has its default.
UPDATE chat SET policy = CAST(jsonb_set(CAST(policy AS JSONB), '{Threshold}',
    to_jsonb(CAST(greatest(2, ceil(CAST(CAST(policy AS JSONB) ->> 'Threshold' AS NUMERIC))) AS BIGINT))) AS TEXT)
    WHERE CAST(policy AS JSONB) ->> 'Threshold' IS NOT NULL;
UPDATE chat SET policy = CAST(jsonb_set(CAST(policy AS JSONB), '{Quorum}', to_jsonb(CAST(2 AS BIGINT))) AS TEXT)
    WHERE CAST(CAST(policy AS JSONB) ->> 'Quorum' AS BIGINT) < 2;

-- When the bot first could watch the group, and when it began again after a gap; until when no vote decides; how many members
-- Telegram counts and when it was asked; how many established members wrote within a week, and the day on which they were counted.
ALTER TABLE chat ADD COLUMN since         BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN gap_ended     BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN paused        BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN members       BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN members_asked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN writers       BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN writers_day   BIGINT NOT NULL DEFAULT 0;
CREATE INDEX chat_paused ON chat (paused) WHERE paused > 0;
-- On how many days somebody wrote was not counted before, so that for a week it is enough not to have joined since now.
UPDATE chat SET since = CAST(extract(epoch FROM now()) AS BIGINT) WHERE is_admin = 1;

-- Open cases that were handed to the admins go on by votes: their cards get buttons again when the store is opened.
INSERT INTO meta (name, value) SELECT 'redraw', CAST('' AS BYTEA)
    WHERE EXISTS (SELECT 1 FROM cases WHERE verdict = 'open' AND handed = 1 AND card_wanted = 1);

-- Whether the admins were shown a case while it was undecided. reopens is the dismissed case that it opens again, terms are the
-- settings by which it is decided, in JSON, pending is a harder penalty that waits for an admin. reasons is of earlier cases.
ALTER TABLE cases RENAME COLUMN handed TO listed;
ALTER TABLE cases ADD COLUMN reopens      TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN terms        TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN pending_deed TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN pending_for  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN pending_ends BIGINT NOT NULL DEFAULT 0;

-- There may be several cases about a message, one of them open; the latest that is not withdrawn counts.
DROP INDEX case_of_message;
CREATE UNIQUE INDEX case_of_message ON cases (chat, anchor) WHERE verdict = 'open';
CREATE INDEX case_latest ON cases (chat, anchor, id) WHERE verdict <> 'withdrawn';

-- Who wrote, so that juries can be drawn and established members are known: the first day and the last, and on how many days, up
-- to 3. Once they have not written for a week, sealed is blank and day is the beginning of its quarter.
ALTER TABLE active ADD COLUMN first BIGINT NOT NULL DEFAULT 0;
ALTER TABLE active ADD COLUMN days  BIGINT NOT NULL DEFAULT 1;
UPDATE active SET first = day;
DROP INDEX active_day;
CREATE INDEX active_lately ON active (chat, day) WHERE length(sealed) > 0;
CREATE INDEX active_before ON active (day) WHERE length(sealed) = 0;

-- When the reports of one member against one author last brought a card, sealed. The tag is of both; day is when it was written.
CREATE TABLE brought (
    chat   BIGINT NOT NULL REFERENCES chat (id),
    tag    BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    day    BIGINT NOT NULL,
    PRIMARY KEY (chat, tag)
);

-- Votes alone brought the offence, which may not count in full.
ALTER TABLE offence ADD COLUMN limited BIGINT NOT NULL DEFAULT 0;

-- Nobody saw them join: they were first seen while the bot may have missed it.
ALTER TABLE member ADD COLUMN presumed BIGINT NOT NULL DEFAULT 0;
