import 'server-only';
import { join } from 'node:path';
import { closeDatabase, openDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { seedDatabase, type SeedResult } from '@/lib/db/seed';
import { env, reloadEnv } from '@/lib/env';
import { log } from '@/lib/log';
import { generatePassword } from '@/lib/secrets/password';
import { listenError } from '@/scripts/lib/listen-error.mjs';
import { startEmbeddedPostgres } from './embedded-postgres';
import { startGatewayPlane, type GatewayPlane } from './gateway-plane';
import { loadSecrets, saveSecrets, type GeneratedSecrets } from './generated-secrets';
import { getRuntime, type Runtime } from './runtime';

/** What scripts/start.mjs shows when the server is up. */
export type Banner = {
  consoleUrl: string;
  /** Base URL for OpenAI clients, ending with /v1. */
  gatewayUrl: string;
  email: string;
  /** Only at the first start, and only when it was generated. */
  password?: string;
  passwordHint: string;
  demoKey?: string;
};

export type Booted = {
  banner: Banner;
  /**
   * Stops accepting on both planes, waits for what is in flight (`graceMs` at most), writes what is
   * buffered, closes the database.
   */
  drain(closeConsole: () => Promise<void> | undefined, graceMs: number): Promise<void>;
};

/** The way between scripts/start.mjs and this bundle, which cannot import each other. */
type Starter = {
  step(text: string): void;
  fatal(reason: string): void;
  booted(result: Booted): void;
  failed(error: unknown): void;
};

const holder = globalThis as typeof globalThis & {
  __rolegateStart?: Starter;
  __rolegateBoot?: Promise<Booted>;
};

/**
 * The composition of a start: environment, secrets, database, migrations, seed, runtime, gateway
 * plane. Runs once a process, however often it is called. The outcome goes to scripts/start.mjs,
 * which prints it, because an error thrown here would only reach Next's own log.
 */
export async function boot(): Promise<void> {
  if (holder.__rolegateBoot) return;
  holder.__rolegateBoot = start();
  await holder.__rolegateBoot.then(holder.__rolegateStart?.booted, (error: unknown) => {
    if (!holder.__rolegateStart) throw error;
    holder.__rolegateStart.failed(error);
  });
}

/** Undo steps, run last first. */
type Undo = (() => Promise<unknown>)[];

async function start(): Promise<Booted> {
  env();
  const undo: Undo = [];
  try {
    const secrets = await provideSecrets();
    const databaseUrl = await provideDatabase(undo);
    progress('Migrating the database …');
    const { applied } = await migrate(databaseUrl);
    if (applied.length > 0) progress(`Applied ${applied.length} migrations: ${applied.join(', ')}`);
    await openDatabase(databaseUrl);
    undo.push(closeDatabase);
    const seeded = await seed(secrets);
    progress('Starting the gateway …');
    const runtime = await getRuntime();
    undo.push(runtime.drain);
    const gateway = await startGateway(runtime);
    return {
      banner: bannerOf(seeded, gateway),
      drain: async (closeConsole, graceMs) => {
        runtime.beginDrain();
        await Promise.all([closeConsole(), gateway?.stop(graceMs)]);
        await rollBack(undo);
      },
    };
  } catch (error) {
    await rollBack(undo);
    throw error;
  }
}

/** Every undo step is tried: a failing flush must not keep the database from closing in order. */
async function rollBack(undo: Undo): Promise<void> {
  const errors: unknown[] = [];
  for (const step of undo.splice(0).reverse()) {
    await step().catch((error: unknown) => {
      log().error({ err: error }, 'a step of stopping failed');
      errors.push(error);
    });
  }
  if (errors.length > 0) throw errors[0];
}

function progress(text: string): void {
  if (holder.__rolegateStart) holder.__rolegateStart.step(text);
  else log().info(text);
}

/** Puts generated secrets where the environment gave none. */
async function provideSecrets() {
  const secrets = await loadSecrets(env().ROLEGATE_DATA_DIR);
  warnAboutWeakSettings();
  process.env.NEXTAUTH_SECRET ||= secrets.nextauthSecret;
  process.env.NEXTAUTH_URL ||= env().NEXTAUTH_URL;
  process.env.ROLEGATE_ENCRYPTION_KEY ||= secrets.encryptionKey;
  reloadEnv();
  return secrets;
}

const SHORTEST_SECRET = 32;

/** Settings that work and that an operator should know to be weak; refusing them would be presumptuous. */
function warnAboutWeakSettings(): void {
  const { NEXTAUTH_SECRET, ROLEGATE_ADMIN_TOKEN, ROLEGATE_ENCRYPTION_KEY, DATABASE_URL } = env();
  for (const [name, value] of Object.entries({ NEXTAUTH_SECRET, ROLEGATE_ADMIN_TOKEN })) {
    if (value && value.length < SHORTEST_SECRET) {
      log().warn(`${name} is shorter than ${SHORTEST_SECRET} characters: it could be guessed`);
    }
  }
  if (DATABASE_URL && !(NEXTAUTH_SECRET && ROLEGATE_ENCRYPTION_KEY)) {
    log().warn(
      'several replicas on one database need the same NEXTAUTH_SECRET and ROLEGATE_ENCRYPTION_KEY; ' +
        'unset, they are those of this data directory',
    );
  }
}

async function provideDatabase(undo: Undo): Promise<string> {
  const { DATABASE_URL, ROLEGATE_DATA_DIR } = env();
  if (DATABASE_URL) return DATABASE_URL;
  progress('Starting the embedded PostgreSQL …');
  const postgres = await startEmbeddedPostgres({
    dataDir: ROLEGATE_DATA_DIR,
    log: log(),
    onCrash: (reason) => holder.__rolegateStart?.fatal(reason),
  });
  undo.push(postgres.stop);
  return postgres.url;
}

/**
 * First owner and demo tenant. With the embedded database the generated password is kept beside it,
 * so that a start which dies before printing it locks nobody out; with a database that several
 * replicas share, each would keep another one, so there the seed makes it and it is printed once.
 */
async function seed(secrets: GeneratedSecrets): Promise<SeedResult & { isGenerated: boolean }> {
  const { ROLEGATE_DATA_DIR: dataDir, ROLEGATE_ADMIN_PASSWORD: given, DATABASE_URL } = env();
  let kept = secrets;
  const keep = async (more: Partial<GeneratedSecrets>) => {
    kept = { ...kept, ...more };
    await saveSecrets(dataDir, kept);
  };
  if (!given && !DATABASE_URL && !kept.adminPassword) {
    await keep({ adminPassword: generatePassword() });
  }
  const password = given ?? (DATABASE_URL ? undefined : kept.adminPassword);
  const result = await seedDatabase({
    env: { ...env(), ROLEGATE_ADMIN_PASSWORD: password },
    demoKey: kept.demoKey ?? null,
    keepDemoKey: (demoKey) => keep({ demoKey }),
  });
  const owner = result.owner && {
    ...result.owner,
    password: result.owner.password ?? password ?? null,
  };
  return { ...result, owner, isGenerated: !given };
}

async function startGateway(runtime: Runtime): Promise<GatewayPlane | undefined> {
  const { GATEWAY_PORT: port, HOST: host } = env();
  if (port === 'off') return undefined;
  try {
    return await startGatewayPlane({ port, host, runtime });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, 'GATEWAY_PORT', port, host);
  }
}

/** A wildcard address is none that a client can name. */
function reachableUrl(url: string): string {
  return url.replace('//0.0.0.0:', '//localhost:').replace('//[::]:', '//localhost:');
}

function bannerOf(
  { owner, demoKey, isGenerated }: Awaited<ReturnType<typeof seed>>,
  gateway: GatewayPlane | undefined,
): Banner {
  const { NEXTAUTH_URL, ROLEGATE_ADMIN_EMAIL, DATABASE_URL, ROLEGATE_DATA_DIR } = env();
  return {
    consoleUrl: NEXTAUTH_URL,
    gatewayUrl: gateway ? `${reachableUrl(gateway.url)}/v1` : `${NEXTAUTH_URL}/api/v1`,
    email: owner?.email ?? ROLEGATE_ADMIN_EMAIL,
    password: owner && isGenerated ? (owner.password ?? undefined) : undefined,
    passwordHint: passwordHint(isGenerated && !DATABASE_URL, ROLEGATE_DATA_DIR),
    demoKey: demoKey ?? undefined,
  };
}

function passwordHint(isKept: boolean, dataDir: string): string {
  return isKept
    ? `password as printed at the first start; it is kept in ${join(dataDir, 'secrets.json')}`
    : 'password as set at the first start';
}
