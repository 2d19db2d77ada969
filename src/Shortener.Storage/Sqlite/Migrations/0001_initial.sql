-- Times are milliseconds since 1970 UTC; ids of requests and leases are 16-byte UUIDs.

-- A deleted link stays as a row: its alias is never given to another owner, and its version and generation go on if its
-- own owner makes it anew. request_id names the last write, made_by the insert: a repeated insert is known by it even after
-- later changes.
CREATE TABLE links (
    alias           TEXT    NOT NULL PRIMARY KEY,
    owner           TEXT    NOT NULL,
    url             TEXT    NOT NULL,
    is_custom       INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    expires_at      INTEGER,
    title           TEXT,
    tags            TEXT    NOT NULL,
    redirect_status INTEGER NOT NULL,
    is_disabled     INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    generation      INTEGER NOT NULL,
    request_id      BLOB    NOT NULL,
    made_by         BLOB    NOT NULL,
    deleted_at      INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_owner ON links (owner, created_at, alias) WHERE deleted_at IS NULL;

CREATE TABLE link_tags (
    owner      TEXT    NOT NULL,
    tag        TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    alias      TEXT    NOT NULL,
    PRIMARY KEY (owner, tag, created_at, alias)
) STRICT, WITHOUT ROWID;

-- Numbers below next are leased or were; is_active is 1 for one space of a length at most.
CREATE TABLE key_spaces (
    id        TEXT    NOT NULL PRIMARY KEY,
    length    INTEGER NOT NULL,
    secret    BLOB    NOT NULL,
    next      INTEGER NOT NULL,
    epoch     INTEGER NOT NULL,
    is_active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE key_blocks (
    lease_id    BLOB    NOT NULL PRIMARY KEY,
    space_id    TEXT    NOT NULL,
    first       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    epoch       INTEGER NOT NULL,
    holder      TEXT    NOT NULL,
    is_returned INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that were handed back and are leased again before new ones.
CREATE TABLE free_numbers (
    space_id TEXT    NOT NULL,
    first    INTEGER NOT NULL,
    end      INTEGER NOT NULL,
    PRIMARY KEY (space_id, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE developer_keys (
    id          TEXT    NOT NULL PRIMARY KEY,
    owner       TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    scopes      INTEGER NOT NULL,
    secret_hash BLOB    NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER,
    revoked_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX developer_keys_by_age ON developer_keys (created_at, id) WHERE revoked_at IS NULL;

CREATE TABLE idempotency (
    scope        TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    fingerprint  BLOB    NOT NULL,
    request_id   BLOB    NOT NULL,
    alias        TEXT,
    answer       BLOB,
    locked_until INTEGER NOT NULL,
    kept_until   INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_by_age ON idempotency (kept_until);
