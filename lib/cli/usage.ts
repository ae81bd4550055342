/** A command as the help shows it. `options` are those beside --json and --help. */
export type Usage = {
  arguments: string;
  summary: string;
  options: Readonly<Record<string, { type: 'string' | 'boolean'; help: string }>>;
};

const server = {
  type: 'string',
  help: 'URL of the server; else the one of the last login',
} as const;
const prune = { type: 'boolean', help: 'also delete roles that no file describes' } as const;
const tenant = { type: 'string', help: 'slug or id of the tenant' } as const;

export const USAGE = {
  login: {
    arguments: '',
    summary: 'Store an admin token, typed or piped in; it is never printed.',
    options: { server },
  },
  pull: {
    arguments: '[FOLDER]',
    summary: "Write the server's policies into files; comments and local changes stay.",
    options: {
      server,
      tenant,
      role: { type: 'string', help: 'only this role' },
      format: { type: 'string', help: 'of new files: yaml (default) or json' },
      take: { type: 'string', help: 'mine or theirs, where both sides changed a field' },
    },
  },
  diff: {
    arguments: '[FOLDER]',
    summary: 'Show where files and server differ. Ends with 2 when they do.',
    options: { server, prune },
  },
  plan: {
    arguments: '[FOLDER]',
    summary: 'Show what apply would do. Ends with 2 when there is something to do.',
    options: {
      server,
      prune,
      out: { type: 'string', help: 'write the plan to a file, for apply --plan' },
    },
  },
  apply: {
    arguments: '[FOLDER]',
    summary: 'Make the server hold what the files say, role by role.',
    options: {
      server,
      prune,
      plan: { type: 'string', help: 'apply only if the plan is still this one' },
      yes: { type: 'boolean', help: 'do not ask' },
      comment: { type: 'string', help: 'for the audit trail' },
    },
  },
  validate: {
    arguments: '[FOLDER]',
    summary: 'Check files against the schema and the rules between fields. Works offline.',
    options: {},
  },
  lint: {
    arguments: '[FOLDER]',
    summary: 'Find what is legal but probably not meant. Works offline.',
    options: {
      server,
      online: { type: 'boolean', help: "judge by the server's connections, prices and settings" },
      strict: { type: 'boolean', help: 'warnings fail too' },
    },
  },
  evaluate: {
    arguments: '[FOLDER] [CASES]',
    summary: 'Put the requests of *.cases.yaml files to the policies. Works offline.',
    options: {
      server,
      online: { type: 'boolean', help: "ask the server, with the files' policies" },
      saved: { type: 'boolean', help: 'ask the server, with the policies it holds' },
    },
  },
  keys: {
    arguments: 'list | create NAME | revoke ID',
    summary: 'Gateway keys of a tenant.',
    options: {
      server,
      tenant,
      role: { type: 'string', help: 'of the new key; for list: only its keys' },
      expires: { type: 'string', help: 'end of the new key, ISO 8601' },
    },
  },
} as const satisfies Record<string, Usage>;

export type Command = keyof typeof USAGE;

/** The whole help, or that of a command. */
export function helpText(command?: Command): string {
  if (!command) {
    const width = Math.max(...Object.keys(USAGE).map((name) => name.length));
    const commands = Object.entries(USAGE).map(
      ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
    );
    return [
      'Usage: rolegate COMMAND [FOLDER] [--json] [options]',
      '',
      ...commands,
      '',
      'FOLDER is ./policies unless named. rolegate COMMAND --help tells more.',
      'Exit codes: 0 done or nothing to do, 1 failed, 2 changes planned, 3 the server moved.',
      'Environment: ROLEGATE_SERVER, ROLEGATE_TOKEN, NO_COLOR.',
      '',
    ].join('\n');
  }
  const { arguments: args, summary, options }: Usage = USAGE[command];
  const rows = Object.entries({ ...options, json: { type: 'boolean', help: 'speak JSON' } }).map(
    ([name, { type, help }]) =>
      `  --${`${name}${type === 'string' ? ' …' : ''}`.padEnd(12)} ${help}`,
  );
  return [`Usage: rolegate ${command} ${args}`.trimEnd(), '', summary, '', ...rows, ''].join('\n');
}
