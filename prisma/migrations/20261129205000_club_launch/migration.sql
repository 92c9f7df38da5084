-- A new club is a draft (NULL, and in trial mode) until its merchant launches it. Clubs from before are live as they are, since
-- the app was installed there.
ALTER TABLE club_settings ADD COLUMN launched_at TIMESTAMPTZ(6) DEFAULT clock_timestamp();
UPDATE club_settings c SET launched_at = s.installed_at FROM shops s WHERE s.shop_id = c.shop_id AND s.installed_at IS NOT NULL;
