import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type StartOptions = {
  /** The checkout; the current directory by default. */
  root?: string;
  dataDir: string;
  env?: Record<string, string>;
  /** `npm` runs `npm start`, `node` runs scripts/start.mjs itself. */
  through?: 'npm' | 'node';
  uid?: number;
  gid?: number;
};

/** What the banner of a start says. */
export type BannerFacts = {
  consoleUrl: string;
  gatewayUrl: string;
  email: string;
  password?: string;
  demoKey?: string;
  /** The example command, as printed. */
  curl?: string;
};

export type StartedServer = {
  /** npm, or node itself. */
  process: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Resolves with the banner; rejects with the output if the process ends before. */
  ready: Promise<BannerFacts>;
  /** Exit code, or the signal's name. */
  ended: Promise<number | NodeJS.Signals>;
  /** The process id of node, as the data directory's lock names it. */
  nodePid(): number;
  /** Sends a signal to npm or node, and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
};

const BANNER_END = 'Rolegate is ready.';

/** Starts the product as a user does, on free ports unless `env` names some. */
export function startServer({
  root = process.cwd(),
  dataDir,
  env,
  through = 'node',
  uid,
  gid,
}: StartOptions): StartedServer {
  const [command, args] =
    through === 'npm' ? ['npm', ['start']] : [process.execPath, ['scripts/start.mjs']];
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|VITEST|NODE_|FORCE_COLOR|TEST$)/i.test(name),
    ),
  );
  const child = spawn(command as string, args as string[], {
    cwd: root,
    env: {
      ...inherited,
      PORT: '0',
      GATEWAY_PORT: '0',
      ROLEGATE_DATA_DIR: dataDir,
      ...env,
      NODE_ENV: undefined,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    uid,
    gid,
  });
  let text = '';
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code ?? -1)),
  );
  const ready = new Promise<BannerFacts>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
      const banner = text.slice(text.indexOf(BANNER_END) + 1);
      if (text.includes(BANNER_END) && /\n\n$/.test(banner)) resolve(parseBanner(text));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    void ended.then((how) =>
      reject(new Error(`the server ended (${how}) before it was ready:\n${text}`)),
    );
  });
  // Tests of refused starts look at `ended` and `output()` instead.
  ready.catch(() => undefined);
  return {
    process: child,
    output: () => text,
    ready,
    ended,
    nodePid: () =>
      (JSON.parse(readFileSync(join(dataDir, 'rolegate.pid'), 'utf8')) as { pid: number }).pid,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

function parseBanner(text: string): BannerFacts {
  const field = (pattern: RegExp) => pattern.exec(text)?.[1];
  const consoleUrl = field(/^ {2}Console +(\S+)$/m);
  const gatewayUrl = field(/^ {2}Gateway +(\S+)$/m);
  const email = field(/^ {2}Sign in +(\S+)/m);
  if (!consoleUrl || !gatewayUrl || !email) throw new Error(`not a banner:\n${text}`);
  return {
    consoleUrl,
    gatewayUrl,
    email,
    password: field(/^ {2}Sign in +\S+ +password (\S+)$/m),
    demoKey: field(/^ {2}Demo key +(\S+)$/m),
    curl: field(/^ {2}(curl .+)$/m),
  };
}
