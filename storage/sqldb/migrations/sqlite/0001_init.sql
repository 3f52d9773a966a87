-- +goose Up
-- The first shape of the database. Times are unix seconds, 0 = never. What is "sealed" opens only
-- with the key file; a "tag" is a keyed hash, different for each purpose (internal/seal), so that
-- rows of different tables cannot be laid beside each other without the key.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- Updates whose effects are in this database. The hour is all the time that is kept.
CREATE TABLE handled (
    update_id INTEGER PRIMARY KEY,
    hour      INTEGER NOT NULL
);

-- Groups have a number of their own here, so that one that migrates keeps everything.
CREATE TABLE chat (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    number       INTEGER NOT NULL UNIQUE,
    kind         TEXT    NOT NULL CHECK (kind IN ('basic', 'supergroup')),
    is_member    INTEGER NOT NULL DEFAULT 0,
    is_admin     INTEGER NOT NULL DEFAULT 0,
    can_delete   INTEGER NOT NULL DEFAULT 0,
    can_restrict INTEGER NOT NULL DEFAULT 0,
    policy       TEXT    NOT NULL,
    linked       INTEGER NOT NULL DEFAULT 0,
    intro        INTEGER NOT NULL DEFAULT 0,
    greeted      INTEGER NOT NULL DEFAULT 0,
    warned       INTEGER NOT NULL DEFAULT 0
);

-- The index of recent messages: a ring for each group, so that it is bounded without cleaning up.
-- slot = message modulo the size of the ring. Author and words are sealed.
CREATE TABLE sighting (
    chat    INTEGER NOT NULL REFERENCES chat (id),
    slot    INTEGER NOT NULL,
    message INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    album   BLOB,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (chat, slot)
) WITHOUT ROWID;

-- Members whom the bot saw joining, or whom it silences; all others have no row. Nothing that a
-- reporter does touches it.
CREATE TABLE member (
    chat     INTEGER NOT NULL REFERENCES chat (id),
    tag      BLOB    NOT NULL,
    joined   INTEGER NOT NULL DEFAULT 0,
    messages INTEGER NOT NULL DEFAULT 0,
    silenced INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;

-- How many reports somebody made within the hour. Rows go when the hour is over.
CREATE TABLE bucket (
    chat  INTEGER NOT NULL REFERENCES chat (id),
    tag   BLOB    NOT NULL,
    spent REAL    NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (chat, tag)
) WITHOUT ROWID;

-- Who can be written to in private.
CREATE TABLE private (
    tag BLOB PRIMARY KEY
) WITHOUT ROWID;

-- Cases. anchor is the message, or the tag of the album. The author is sealed, and has a tag by
-- which offences are counted. key is the case's own key, sealed; its ballots are sealed under it.
-- It is set to NULL, and they are deleted, when the case is final for good.
CREATE TABLE cases (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    chat        INTEGER NOT NULL REFERENCES chat (id),
    short       TEXT    NOT NULL,
    anchor      BLOB    NOT NULL,
    is_album    INTEGER NOT NULL,
    message     INTEGER NOT NULL,
    thread      INTEGER NOT NULL,
    sent        INTEGER NOT NULL,
    author_tag  BLOB    NOT NULL,
    author      BLOB    NOT NULL,
    key         BLOB,
    verdict     TEXT    NOT NULL CHECK (verdict IN ('open', 'upheld', 'dismissed', 'expired', 'withdrawn')),
    rule        TEXT    NOT NULL DEFAULT '',
    deed        TEXT    NOT NULL DEFAULT '',
    deed_for    INTEGER NOT NULL DEFAULT 0,
    votes       INTEGER NOT NULL DEFAULT 0,
    breaks      INTEGER NOT NULL DEFAULT 0,
    by_admin    INTEGER NOT NULL DEFAULT 0,
    opened      INTEGER NOT NULL,
    deadline    INTEGER NOT NULL,
    decided     INTEGER NOT NULL DEFAULT 0,
    card_wanted INTEGER NOT NULL DEFAULT 0,
    card        INTEGER NOT NULL DEFAULT 0,
    card_edited INTEGER NOT NULL DEFAULT 0,
    unheard     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (chat, short),
    CHECK ((verdict = 'open') = (decided = 0))
);

-- One case per message. A withdrawn one is as if it had never been.
CREATE UNIQUE INDEX case_of_message ON cases (chat, anchor) WHERE verdict <> 'withdrawn';
CREATE INDEX case_due ON cases (deadline) WHERE verdict = 'open';
CREATE INDEX case_keyed ON cases (decided) WHERE key IS NOT NULL AND verdict <> 'open';

-- The messages of an album that is reported: the index forgets them sooner than the case ends.
CREATE TABLE case_message (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    message INTEGER NOT NULL,
    PRIMARY KEY (case_id, message)
) WITHOUT ROWID;

-- One ballot per voter and case. The tag is made with the case's key, and gives the order.
CREATE TABLE ballot (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    tag     BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (case_id, tag)
) WITHOUT ROWID;

-- One offence per upheld case.
CREATE TABLE offence (
    case_id INTEGER PRIMARY KEY REFERENCES cases (id),
    chat    INTEGER NOT NULL REFERENCES chat (id),
    tag     BLOB    NOT NULL,
    steps   INTEGER NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX offence_of ON offence (chat, tag, at);

-- What must still be done (docs/states.md). What it is and to whom is sealed.
CREATE TABLE outbox (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    revision INTEGER NOT NULL DEFAULT 0,
    chat     INTEGER NOT NULL DEFAULT 0,
    class    INTEGER NOT NULL CHECK (class IN (0, 1, 2)),
    name     TEXT,
    due      INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    held     INTEGER NOT NULL DEFAULT 0,
    sealed   BLOB    NOT NULL
);
CREATE UNIQUE INDEX outbox_name ON outbox (chat, name) WHERE name IS NOT NULL;
CREATE INDEX outbox_due ON outbox (due) WHERE held = 0;
CREATE INDEX outbox_lane ON outbox (chat, class, id) WHERE held = 0;
