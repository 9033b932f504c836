-- The articles of entries' pages. Early libraries of version 1 have these tables.

-- The article of an entry's page, once it was fetched, and why there is none when it was asked last. Wide text too.
-- A problem leaves the article of an earlier time alone. HTML is made safe anew on its way out.
CREATE TABLE IF NOT EXISTS page_text (
  entry      INTEGER PRIMARY KEY REFERENCES entry (id),
  shown      TEXT    NOT NULL DEFAULT 'page', -- which text the reader looked at last: page feed
  asked      INTEGER NOT NULL,
  problem    TEXT,                            -- JSON; none when the page gave its article
  not_before INTEGER,                         -- after a problem: not by itself before
  fetched    INTEGER,                         -- the rest belongs to the article, and is there with it
  url        TEXT,                            -- where the page lay, after all redirects
  title      TEXT,
  standfirst TEXT,
  authors    TEXT,                            -- JSON
  day        TEXT,                            -- as the page tells it: 2026-11-22
  site       TEXT,
  language   TEXT,
  lead_image TEXT,
  html       TEXT
);
CREATE INDEX IF NOT EXISTS page_text_url ON page_text (url) WHERE url IS NOT NULL;

-- It goes with the body; a body that is written anew is no body that goes.
CREATE TRIGGER IF NOT EXISTS body_removed AFTER DELETE ON body BEGIN
  DELETE FROM page_text WHERE entry = old.entry;
END;

-- What the pages of a site have in common, so that it is known to be no article's. Never needed, forgotten at any time.
CREATE TABLE IF NOT EXISTS site_memory (
  host   TEXT    PRIMARY KEY,
  seen   INTEGER NOT NULL,                    -- those not seen for longest make room
  memory BLOB    NOT NULL
);
