-- Where the reader was in the texts of an entry. Both at the top: no row.
CREATE TABLE position (
  entry       INTEGER PRIMARY KEY REFERENCES entry (id),
  feed_block  INTEGER NOT NULL,               -- as blocks of the text and characters of the block
  feed_offset INTEGER NOT NULL,
  page_block  INTEGER NOT NULL,
  page_offset INTEGER NOT NULL
);

CREATE TRIGGER body_removed_position AFTER DELETE ON body BEGIN
  DELETE FROM position WHERE entry = old.entry;
END;
