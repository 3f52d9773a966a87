-- +goose Up
-- What may be delivered now, lane by lane, so that what waits in one need not be read to find the next; see storage/outboxready.go.
-- With the sums the planner takes these indexes and no others, which would read more, whatever it believes of the table. For the
-- same reason a row is found by its id in one index alone.
CREATE INDEX outbox_head ON outbox ((class + 0), chat, lane, (id + 0)) WHERE held = 0 AND due = 0;
CREATE INDEX outbox_tried ON outbox ((class + 0), chat, lane, (id + 0)) WHERE held = 0 AND attempts > 0;
DROP INDEX outbox_lane;
CREATE INDEX outbox_lane ON outbox (chat, class, held, lane);
-- What waits for its time, and nothing else.
DROP INDEX outbox_ready;
CREATE INDEX outbox_due ON outbox (class, due) WHERE held = 0 AND due > 0;
