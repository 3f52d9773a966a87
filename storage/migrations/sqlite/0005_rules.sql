-- A group's rule book, null until it writes its own.
ALTER TABLE chat ADD COLUMN book TEXT NOT NULL DEFAULT 'null';
