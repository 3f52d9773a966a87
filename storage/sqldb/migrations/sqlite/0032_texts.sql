-- +goose Up
-- What the bot set last of the texts that Telegram shows about it, see storage/self.go. Releases before this one noted nothing, and
-- replaced whatever was there. So what is there where one of them ran counts as the bot's own, once.
INSERT INTO meta (name, value)
    SELECT 'texts', CAST('{"description/*":"","short_description/*":""}' AS BLOB) WHERE EXISTS (SELECT 1 FROM meta WHERE name = 'key');
