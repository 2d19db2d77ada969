-- What is counted for a link on a UTC day (days since 0001-01-01), as DayCounts writes it: a small document and not a row for
-- each hour and value, so that a segment changes one row for each of its links, and a link's days are read in one go. Without
-- rowid, because the days of a link must lie beside each other, whatever came in between.
CREATE TABLE visit_days (
    alias      TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    has_hours  INTEGER NOT NULL,
    counts     BLOB    NOT NULL,
    PRIMARY KEY (alias, generation, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_days_with_hours ON visit_days (day) WHERE has_hours = 1;

-- Of all days.
CREATE TABLE visit_totals (
    alias      TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    people     INTEGER NOT NULL,
    bots       INTEGER NOT NULL,
    PRIMARY KEY (alias, generation)
) STRICT, WITHOUT ROWID;

-- The last segment of each spool of which anything is in the tables above, changed in the same transaction as those. added: how
-- many of its links' days are; null: all.
CREATE TABLE visit_spools (
    spool  BLOB    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    added  INTEGER
) STRICT, WITHOUT ROWID;
