import { defineConfig } from 'prisma/config';

// The command line only generates and validates; migrations are applied by lib/db/migrate.ts at start.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'tsx --conditions=react-server prisma/seed.ts' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/rolegate' },
});
