-- The app's own e-mails: one row is one e-mail, sent by the worker.
CREATE TABLE mails (
    shop_id BIGINT NOT NULL,
    mail_id UUID NOT NULL DEFAULT gen_random_uuid(),
    mail_key TEXT NOT NULL,
    customer_id BIGINT,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    server_said TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    started_at TIMESTAMPTZ(6),
    ended_at TIMESTAMPTZ(6),
    created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT mails_pkey PRIMARY KEY (shop_id, mail_id),
    CONSTRAINT mails_state CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'unknown', 'unsent'))
);
-- What is queued twice is one e-mail.
CREATE UNIQUE INDEX mails_key ON mails (shop_id, mail_key);
CREATE INDEX mails_due ON mails (shop_id, due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX mails_customer ON mails (shop_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX mails_recipient ON mails (shop_id, recipient);
