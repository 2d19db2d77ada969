-- When links end: by expiry or by deletion. An entry stays when the alias is made anew.
CREATE TABLE link_ends (
    ends_at    INTEGER NOT NULL,
    alias      TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (ends_at, alias, generation)
) STRICT, WITHOUT ROWID;

-- The last end that a walk has dealt with.
CREATE TABLE link_end_walks (
    walk       TEXT    NOT NULL PRIMARY KEY,
    ends_at    INTEGER NOT NULL,
    alias      TEXT    NOT NULL,
    generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is there already. Earlier lives of an alias, known by their visits alone, ended before it was made anew.
INSERT INTO link_ends
SELECT expires_at, alias, generation FROM links WHERE expires_at IS NOT NULL
UNION
SELECT deleted_at, alias, generation FROM links WHERE deleted_at IS NOT NULL
UNION
SELECT links.created_at, links.alias, visit_totals.generation
FROM visit_totals JOIN links ON links.alias = visit_totals.alias AND links.generation > visit_totals.generation
WHERE visit_totals.generation > 0;
