-- +goose Up
-- What may be delivered now, lane by lane, so that what waits in one need not be read to find the next; see storage/ready.go.
CREATE INDEX outbox_head ON outbox (class, chat, lane, id) WHERE held = 0 AND due = 0;
CREATE INDEX outbox_tried ON outbox (class, chat, held, lane, id) WHERE attempts > 0;
