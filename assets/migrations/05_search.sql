-- What can be looked for: words of titles, authors and texts, and what else is known of a text only once it was read.

-- The words. Rows are numbered in the order of their entries' times, so that the newest hits come first without
-- sorting. Texts come folded and parted by blanks (search::indexed): the tokeniser has nothing left to do.
CREATE VIRTUAL TABLE words USING fts5 (
  title, author, body,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- Small batches make many small parts: merging more of them at once writes each word less often.
INSERT INTO words (words, rank) VALUES ('automerge', 16), ('crisismerge', 32);

-- Which row of `words` an entry has. Sixteen places to a second; what finds none goes on to the next.
CREATE TABLE indexed (
  place     INTEGER PRIMARY KEY,
  entry     INTEGER NOT NULL UNIQUE,
  length    INTEGER NOT NULL,               -- words of its text
  language  TEXT,                           -- ISO 639-1
  has_image INTEGER NOT NULL
);

-- Entries whose words are not in the index as they are now, in the order of their changes.
CREATE TABLE to_index (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,  -- another one with each change: none is lost while it is indexed
  entry INTEGER NOT NULL UNIQUE
);

CREATE TRIGGER body_written AFTER INSERT ON body BEGIN
  INSERT OR REPLACE INTO to_index (entry) VALUES (new.entry);
END;
CREATE TRIGGER body_removed_index AFTER DELETE ON body BEGIN
  INSERT OR REPLACE INTO to_index (entry) VALUES (old.entry);
END;
CREATE TRIGGER page_written AFTER INSERT ON page_text WHEN new.html IS NOT NULL BEGIN
  INSERT OR REPLACE INTO to_index (entry) VALUES (new.entry);
END;
CREATE TRIGGER page_changed AFTER UPDATE OF html ON page_text WHEN new.html IS NOT old.html BEGIN
  INSERT OR REPLACE INTO to_index (entry) VALUES (new.entry);
END;

INSERT INTO to_index (entry) SELECT entry FROM body ORDER BY entry;

-- Tags that the reader gave. Like marks, they outlive the entry.
CREATE TABLE tag (
  name  TEXT    NOT NULL COLLATE NOCASE,
  entry INTEGER NOT NULL REFERENCES status (id),
  PRIMARY KEY (name, entry)
) WITHOUT ROWID;
CREATE INDEX tag_entry ON tag (entry);
