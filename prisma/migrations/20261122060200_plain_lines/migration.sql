-- Lines are laid down once and read once: as they are, without being taken apart.
ALTER TABLE sync_lines ALTER COLUMN piece TYPE JSON USING piece::json;
