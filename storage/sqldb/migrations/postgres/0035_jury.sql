-- +goose Up
-- Why a jury sits on a case, or is to be drawn, and when the clock looks at it; see moderation.CaseJury. Of an open case without one
-- that is when it may get one. Whether nothing is to be learned from the case.
ALTER TABLE cases ADD COLUMN jury      TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN jury_due  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN unlearned BIGINT NOT NULL DEFAULT 0;

-- The juries of the release before sat on appeals and on cases that were opened again.
UPDATE cases SET jury = CASE verdict WHEN 'open' THEN 'again' ELSE 'appeal' END, jury_due = appeal_due, appeal_due = 0 WHERE appeal = 'jury';

-- Other open cases may get one half an hour after their clock started, as the default has it.
UPDATE cases SET jury_due = 1800 + CASE WHEN appeared > 0 THEN appeared ELSE opened + 600 END
    WHERE verdict = 'open' AND appeal = '' AND reopens = '' AND clock = 0;

CREATE INDEX case_jury ON cases (jury_due) WHERE jury_due > 0;
DROP INDEX case_appeal;
CREATE INDEX case_appeal ON cases (appeal_due) WHERE appeal = 'admins';

-- Until when votes alone only remove somebody's messages, and when a mute of theirs last began that lasts until a jury speaks.
ALTER TABLE member ADD COLUMN shielded BIGINT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN held     BIGINT NOT NULL DEFAULT 0;

-- When reports of new members alone last brought a jury.
ALTER TABLE chat ADD COLUMN new_caused BIGINT NOT NULL DEFAULT 0;

-- What a group remembers of a member and juries: JSON, sealed, see storage/juryrecord.go. Ends is the last day for which it is kept,
-- at the end of a week.
CREATE TABLE juror (
    chat   BIGINT NOT NULL REFERENCES chat (id),
    tag    BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    ends   BIGINT NOT NULL,
    PRIMARY KEY (chat, tag)
);

-- Who confirms heavy penalties: 'admins' was the only limit there was, and the default. With a jury an admin can do all the same.
UPDATE chat SET policy = replace(CAST(policy AS TEXT), '"Heavy":"admins"', '"Heavy":"jury"') WHERE CAST(policy AS TEXT) LIKE '%"Heavy":"admins"%';
