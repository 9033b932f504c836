-- Queries that are kept: scopes of the reader's own, and rules where they say what to do with new entries.

-- A query stays when it is removed, so that the removal can be undone.
CREATE TABLE query (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  title  TEXT    NOT NULL,
  query  TEXT    NOT NULL,
  deeds  TEXT    NOT NULL DEFAULT '',       -- read save hide highlight notify tag:NAME, parted by commas
  listed INTEGER NOT NULL DEFAULT 1,        -- in the sidebar
  kept   INTEGER NOT NULL DEFAULT 1
);

-- What rules did with an entry, to be told to whoever asks why it is as it is.
CREATE TABLE rule_trace (
  entry INTEGER NOT NULL REFERENCES status (id),
  query INTEGER NOT NULL REFERENCES query (id),
  at    INTEGER NOT NULL,
  deeds TEXT    NOT NULL,                   -- as the rule was then
  PRIMARY KEY (entry, query)
) WITHOUT ROWID;

-- New entries that no rule has looked at. They wait for their words to be in the index.
CREATE TABLE to_rule (
  entry INTEGER PRIMARY KEY REFERENCES status (id)
);
CREATE TRIGGER entry_added AFTER INSERT ON entry
WHEN EXISTS (SELECT 1 FROM query WHERE kept = 1 AND deeds <> '') BEGIN
  INSERT INTO to_rule (entry) VALUES (new.id);
END;

-- Labels that a rule, or the reader, gave. Like marks, they outlive the entry.
ALTER TABLE status ADD COLUMN hidden      INTEGER NOT NULL DEFAULT 0;  -- `listed` is 0, unless it is saved
ALTER TABLE status ADD COLUMN highlighted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX status_hidden ON status (time, id) WHERE hidden = 1;
