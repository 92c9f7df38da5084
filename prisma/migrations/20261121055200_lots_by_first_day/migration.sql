-- What is not valid yet, at a month's end and now: lots come in the order of time, so a few pages of summaries say where
-- to look, and writing costs nothing.
CREATE INDEX ledger_lots_valid_from ON ledger_lots USING brin (valid_from) WITH (autosummarize = on);
