import { PrismaPg } from '@prisma/adapter-pg';
import { defineConfig } from 'prisma/config';

// The command would download two native engines that nothing here uses; any existing file keeps it from that.
process.env.PRISMA_QUERY_ENGINE_LIBRARY ??= process.execPath;
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

/**
 * The schema engine written in JavaScript: the native one is downloaded from binaries.prisma.sh, which a
 * closed network does not reach. `generate`, `validate` and `migrate diff` work with it; `migrate deploy` does
 * not, and prisma/migrate.ts takes its place.
 */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  experimental: { adapter: true },
  engine: 'js',
  adapter: () => Promise.resolve(new PrismaPg({ connectionString: process.env.DATABASE_URL ?? '' })),
});
