-- +goose Up
-- When the clock of an open case starts, if no card does that sooner; 0 once it runs. When its card first appeared, and how many
-- votes that shows. The card delay, in seconds, and after how many reports the card comes: the group's when the case was opened, -1
-- in cases of before, which have neither.
ALTER TABLE cases ADD COLUMN clock      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN appeared   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN card_votes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN card_delay INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN card_after INTEGER NOT NULL DEFAULT -1;
CREATE INDEX case_clock ON cases (clock) WHERE verdict = 'open' AND clock > 0;

-- Cards were sent at once. One that waits for that at this moment starts the clock of its case when it comes.
UPDATE cases SET appeared = CASE WHEN card_edited > 0 THEN card_edited / 1000 ELSE opened END
    WHERE card_wanted = 1 AND (card_edited > 0 OR verdict <> 'open');

-- A report of a message whose latest case was withdrawn is about that case again.
DROP INDEX case_latest;
CREATE INDEX case_latest ON cases (chat, anchor, id);
