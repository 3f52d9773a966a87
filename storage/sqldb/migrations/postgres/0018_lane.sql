-- +goose Up
-- What concerns one person waits in a lane of its own, see storage/lane.go. What waits already stays in lane 0.
ALTER TABLE outbox ADD COLUMN lane BIGINT NOT NULL DEFAULT 0;
DROP INDEX outbox_lane;
CREATE INDEX outbox_lane ON outbox (chat, class, held, lane, id);
