-- +goose Up
-- Which settings of a group were changed lately, so that a tap takes that back: JSON, see moderation.ChangedSettings.
ALTER TABLE chat ADD COLUMN changed TEXT NOT NULL DEFAULT '';
