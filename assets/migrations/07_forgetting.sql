-- What limits let go first: read entries that nobody saved, feed by feed from the oldest on.
CREATE INDEX status_feed_done ON status (feed, time, id) WHERE listed = 1 AND read = 1 AND saved = 0;
-- Parts of the index are written anew when so many percent of their rows are gone. At the usual ten, letting many entries
-- go writes most of the index nine times.
INSERT INTO words (words, rank) VALUES ('deletemerge', 60);
