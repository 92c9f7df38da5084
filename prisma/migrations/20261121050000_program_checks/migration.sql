-- What Prisma's schema language cannot say of programs.
ALTER TABLE programs ADD CONSTRAINT programs_kind CHECK (kind IN ('spend', 'product', 'printed')),
  ADD CONSTRAINT programs_unit CHECK (unit IN ('POINTS', 'CREDIT')),
  ADD CONSTRAINT programs_status CHECK (status IN ('active', 'paused', 'ended')),
  ADD CONSTRAINT programs_dates CHECK (starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at);
