-- How a shop's form for resellers is: `fields` holds 'optional' or 'required' for each that is asked.
CREATE TABLE application_settings (
    shop_id BIGINT NOT NULL,
    is_open BOOLEAN NOT NULL DEFAULT false,
    intro TEXT NOT NULL DEFAULT '',
    fields JSONB NOT NULL DEFAULT '{}',
    question TEXT NOT NULL DEFAULT '',
    notify_email TEXT,
    category_id BIGINT,
    version INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT application_settings_pkey PRIMARY KEY (shop_id)
);

-- People who ask to be resellers. `customer_id` while one is known: signed in when they applied, or approved.
CREATE TABLE reseller_applications (
    shop_id BIGINT NOT NULL,
    application_id UUID NOT NULL DEFAULT gen_random_uuid(),
    form_key UUID NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT,
    answers JSONB NOT NULL,
    locale TEXT NOT NULL,
    customer_id BIGINT,
    category_id BIGINT,
    percent_bp INTEGER,
    reason TEXT,
    mail_id UUID,
    decided_by TEXT,
    decided_at TIMESTAMPTZ(6),
    received_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT reseller_applications_pkey PRIMARY KEY (shop_id, application_id),
    CONSTRAINT reseller_applications_state CHECK (state IN ('waiting', 'approved', 'refused'))
);
-- A form that is sent twice is one application, and so is a second form while the first one waits.
CREATE UNIQUE INDEX reseller_applications_form ON reseller_applications (shop_id, form_key);
CREATE UNIQUE INDEX reseller_applications_waiting ON reseller_applications (shop_id, email) WHERE state = 'waiting';
CREATE INDEX reseller_applications_listed ON reseller_applications (shop_id, state, received_at DESC, application_id DESC);
CREATE INDEX reseller_applications_email ON reseller_applications (shop_id, email);
CREATE INDEX reseller_applications_customer ON reseller_applications (shop_id, customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE application_files (
    shop_id BIGINT NOT NULL,
    application_id UUID NOT NULL,
    kind TEXT NOT NULL,
    file_key TEXT NOT NULL,
    thumb_key TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,

    CONSTRAINT application_files_pkey PRIMARY KEY (shop_id, application_id, kind)
);

-- Customers who were sent the sign-in link. `code` is in the link: opening it is the only way to know that they saw it.
CREATE TABLE invitations (
    shop_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    mail_id UUID,
    times INTEGER NOT NULL DEFAULT 1,
    invited_by TEXT NOT NULL,
    invited_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    seen_at TIMESTAMPTZ(6),

    CONSTRAINT invitations_pkey PRIMARY KEY (shop_id, customer_id)
);
CREATE UNIQUE INDEX invitations_code ON invitations (shop_id, code);
CREATE INDEX invitations_listed ON invitations (shop_id, invited_at DESC, customer_id DESC);
