-- The clock belongs to the ledger; "club" is the word of the screens.
ALTER FUNCTION club_now() RENAME TO ledger_now;
