-- +goose Up
-- Which other bots are in a group, and when its members were told: JSON, see moderation.OtherBots.
ALTER TABLE chat ADD COLUMN bots TEXT NOT NULL DEFAULT '';
