-- Which try of a request may go on: the last one that began.
ALTER TABLE idempotency ADD COLUMN try_id BLOB;
