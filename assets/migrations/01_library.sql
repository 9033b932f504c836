-- The library. Times are Unix seconds.

CREATE TABLE folder (
  id       INTEGER PRIMARY KEY,
  parent   INTEGER REFERENCES folder (id),
  title    TEXT    NOT NULL,
  UNIQUE (parent, title)
);

-- A feed stays when its subscription is removed, so that the removal can be undone.
CREATE TABLE feed (
  id         INTEGER PRIMARY KEY,
  url        TEXT    NOT NULL UNIQUE,
  title      TEXT    NOT NULL DEFAULT '',   -- as the feed says
  own_title  TEXT,                          -- as the reader says
  site       TEXT,
  folder     INTEGER REFERENCES folder (id),
  subscribed INTEGER NOT NULL DEFAULT 1,
  attributes TEXT                           -- JSON: what an imported list says of it besides
);

-- Addresses that feeds had before their servers moved them: an old list of feeds finds them again.
CREATE TABLE former_address (
  url  TEXT    PRIMARY KEY,
  feed INTEGER NOT NULL REFERENCES feed (id)
) WITHOUT ROWID;

-- What the reader set for a feed beside title, folder and address: interval, user_agent, proxy,
-- header.NAME, auth_command, full_text, paused. Nothing but the reader writes here.
CREATE TABLE feed_setting (
  feed  INTEGER NOT NULL REFERENCES feed (id),
  name  TEXT    NOT NULL,
  value TEXT    NOT NULL,
  PRIMARY KEY (feed, name)
) WITHOUT ROWID;

-- What the next request needs and how the last ones went; apart, because every fetch writes it.
CREATE TABLE fetch (
  feed          INTEGER PRIMARY KEY REFERENCES feed (id),
  etag          TEXT,
  last_modified TEXT,
  body_hash     INTEGER,
  document_url  TEXT,                       -- where the document lay, after all redirects: only there it is known
  checked       INTEGER,
  succeeded     INTEGER,
  status        INTEGER,                    -- of the last answer, where one came
  problem       TEXT,
  failures      INTEGER NOT NULL DEFAULT 0, -- in a row
  ttl           INTEGER,                    -- minutes, as the document says
  skip_hours    INTEGER NOT NULL DEFAULT 0, -- bits: 1 is 0 h UTC
  skip_days     INTEGER NOT NULL DEFAULT 0, -- bits: 1 is Monday
  not_before    INTEGER,                    -- caching headers, ttl, back-off: not by itself before
  next_due      INTEGER,                    -- not_before, interval and skipped hours together; to be shown
  held_until    INTEGER,                    -- Retry-After: not at all before
  gone          INTEGER NOT NULL DEFAULT 0,
  moved_to      TEXT                        -- where the last answer said that it lives now
);

-- Hosts that said 429, whichever feed led there: no feed of theirs is asked before.
CREATE TABLE host_hold (
  host  TEXT    PRIMARY KEY,
  until INTEGER NOT NULL
) WITHOUT ROWID;

-- Kept by the triggers below: start-up cost grows with feeds, not with entries.
CREATE TABLE feed_count (
  feed   INTEGER PRIMARY KEY REFERENCES feed (id),
  total  INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  saved  INTEGER NOT NULL DEFAULT 0
);

-- What the reader did with an entry. It outlives the entry, and it is what timelines walk:
-- `listed` is 1 while the entry is there and its feed is subscribed, or the entry is saved.
-- AUTOINCREMENT: an id is never given twice, so marks and journal never meet a stranger.
CREATE TABLE status (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  feed     INTEGER NOT NULL REFERENCES feed (id),
  time     INTEGER NOT NULL,
  key      INTEGER NOT NULL,                -- fingerprint of guid, else link, else text
  likeness INTEGER NOT NULL,                -- fingerprint of link and title
  read     INTEGER NOT NULL DEFAULT 0,
  saved    INTEGER NOT NULL DEFAULT 0,
  listed   INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX status_key ON status (feed, key);
CREATE INDEX status_likeness    ON status (feed, likeness);
CREATE INDEX status_all         ON status (time, id)       WHERE listed = 1;
CREATE INDEX status_unread      ON status (time, id)       WHERE listed = 1 AND read = 0;
CREATE INDEX status_saved       ON status (time, id)       WHERE listed = 1 AND saved = 1;
CREATE INDEX status_feed        ON status (feed, time, id) WHERE listed = 1;
CREATE INDEX status_feed_unread ON status (feed, time, id) WHERE listed = 1 AND read = 0;
CREATE INDEX status_feed_saved  ON status (feed, time, id) WHERE listed = 1 AND saved = 1;

-- Narrow rows: what a headline shows, and no more.
CREATE TABLE entry (
  id          INTEGER PRIMARY KEY REFERENCES status (id),
  title       TEXT    NOT NULL,
  link        TEXT,
  fingerprint INTEGER NOT NULL              -- of what is shown: knows a changed entry
);

-- Wide text apart: no list touches it. HTML is kept as received.
CREATE TABLE body (
  entry      INTEGER PRIMARY KEY REFERENCES entry (id),
  guid       TEXT,
  authors    TEXT    NOT NULL DEFAULT '[]', -- JSON
  published  INTEGER,
  updated    INTEGER,
  base       TEXT,
  summary    TEXT,
  content    TEXT,
  tags       TEXT    NOT NULL DEFAULT '[]', -- JSON
  enclosures TEXT    NOT NULL DEFAULT '[]'  -- JSON
);

-- Every change of state by the reader. Undo and redo walk it; a sync service will read it.
CREATE TABLE journal (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  at    INTEGER NOT NULL,
  kind  TEXT    NOT NULL,                   -- read unread saved unsaved subscribed removed changed
  state INTEGER NOT NULL DEFAULT 0,         -- 0 done, 1 undone, 2 undone for good
  joined INTEGER NOT NULL DEFAULT 0         -- 1: undone and done again together with the step before
);
CREATE INDEX journal_state ON journal (state, id);

-- What a step of the journal changed: entries for marks, feeds for the rest; with name and values for settings.
CREATE TABLE journal_item (
  journal INTEGER NOT NULL REFERENCES journal (id),
  item    INTEGER NOT NULL,
  name    TEXT    NOT NULL DEFAULT '',
  before  TEXT,
  after   TEXT,
  PRIMARY KEY (journal, item, name)
) WITHOUT ROWID;

CREATE TRIGGER feed_counted AFTER INSERT ON feed BEGIN
  INSERT INTO feed_count (feed) VALUES (new.id);
  INSERT INTO fetch (feed) VALUES (new.id);
END;

CREATE TRIGGER status_added AFTER INSERT ON status WHEN new.listed = 1 BEGIN
  UPDATE feed_count SET total = total + 1, unread = unread + 1 - new.read, saved = saved + new.saved
  WHERE feed = new.feed;
END;

CREATE TRIGGER status_changed AFTER UPDATE OF read, saved, listed ON status
WHEN old.listed <> new.listed OR old.read <> new.read OR old.saved <> new.saved BEGIN
  UPDATE feed_count SET
    total  = total  + new.listed - old.listed,
    unread = unread + new.listed * (1 - new.read) - old.listed * (1 - old.read),
    saved  = saved  + new.listed * new.saved - old.listed * old.saved
  WHERE feed = new.feed;
END;

-- What the reader left off with, such as its last scope.
CREATE TABLE memory (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
