import { closeDatabase, openDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { seedDatabase } from '@/lib/db/seed';

/** `npx prisma db seed`: migrates and seeds the database of DATABASE_URL, and prints what is shown only once. */
const url = process.env.DATABASE_URL;
if (!url)
  throw new Error(
    'Set DATABASE_URL to the database to seed; npm start seeds the embedded one by itself.',
  );
await migrate(url);
await openDatabase(url);
try {
  const { owner, demoKey } = await seedDatabase();
  if (owner)
    process.stdout.write(`owner ${owner.email} ${owner.password ?? '(password as given)'}\n`);
  if (demoKey) process.stdout.write(`demo key ${demoKey}\n`);
} finally {
  await closeDatabase();
}
