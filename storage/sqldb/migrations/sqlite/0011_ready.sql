-- +goose Up
-- What is ready is found by class and time, without looking at all that waits.
DROP INDEX outbox_due;
CREATE INDEX outbox_ready ON outbox (class, due, id) WHERE held = 0;
