-- +goose Up
-- What the admins know of the bot's rights, in JSON. Whoever was warned was told of all that was missing; what nobody was warned
-- of, the introduction says.
ALTER TABLE chat ADD COLUMN told TEXT NOT NULL DEFAULT '';
UPDATE chat SET told = CASE
    WHEN is_member = 0 THEN ''
    WHEN warned = 1 AND is_admin = 1 AND can_delete = 1 AND can_restrict = 1 THEN '{"missing":["delete","restrict"]}'
    ELSE CASE warned WHEN 1 THEN '{"missing":' ELSE '{"lacked":' END || CASE
        WHEN is_admin = 0 AND kind = 'basic' THEN '["admin"]}'
        WHEN kind = 'basic' THEN '[]}'
        WHEN is_admin = 0 THEN '["admin","delete","restrict"]}'
        WHEN can_delete = 0 AND can_restrict = 0 THEN '["delete","restrict"]}'
        WHEN can_delete = 0 THEN '["delete"]}'
        WHEN can_restrict = 0 THEN '["restrict"]}'
        ELSE '[]}' END
    END;
ALTER TABLE chat DROP COLUMN warned;

-- The right that a row waits for while it is held; empty for what was held before this was noted.
ALTER TABLE outbox ADD COLUMN waits_for TEXT NOT NULL DEFAULT '';
