-- Visits one by one (time in Unix milliseconds, visit as VisitDetails writes it): the newest of each link, which are trimmed where
-- they are written. idx is the place in the segment, so that a segment that is written again changes nothing.
CREATE TABLE visit_raw (
    alias      TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    time       INTEGER NOT NULL,
    spool      BLOB    NOT NULL,
    number     INTEGER NOT NULL,
    idx        INTEGER NOT NULL,
    visit      BLOB    NOT NULL,
    PRIMARY KEY (alias, generation, time, spool, number, idx)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_raw_by_time ON visit_raw (time);
