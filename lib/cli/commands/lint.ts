import { lintFacts } from '@/lib/budget/lint-facts';
import type { LintFacts } from '@/lib/policy/lint/facts';
import type { Finding, Severity } from '@/lib/policy/lint/finding';
import { lintPolicy } from '@/lib/policy/lint/lint';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { refusal } from '../api';
import { type Context, count } from '../context';
import { keyOf } from '../folder';
import { EXIT, type ExitCode } from '../io';
import { type Lock, type LockedTenant, readLock } from '../lock';
import { lockFolder } from '../lock-folder';
import { judgedPolicy, type PolicyFile } from '../policy-file';
import { pathOf, type Position } from '../source/source';

/** What the server would use unless told otherwise; see ROLEGATE_REQUEST_DEADLINE_MS. */
const DEFAULT_DEADLINE_MS = 600_000;

export type FileFinding = Finding & { file: string } & Position;

/** Findings of every file: by the facts in the lock file, or with `--online` by the server's own. */
export async function lint(context: Context): Promise<ExitCode> {
  const policies = context.policies();
  if (!policies) return EXIT.failed;
  const lock = readLock(lockFolder(context.folder));
  const judge = context.flag('online') ? online(context) : offline(lock);
  const findings: FileFinding[] = [];
  for (const file of policies) {
    const found = await judge(file, judgedPolicy(file, lock.roles[keyOf(file)]?.sealed ?? []));
    findings.push(...found.map((finding) => placed(file, finding)));
  }
  const grave: Severity[] = context.flag('strict') ? ['error', 'warning'] : ['error'];
  const failed = findings.some(({ severity }) => grave.includes(severity));
  if (context.json) context.printJson({ ok: !failed, files: policies.length, findings });
  else show(context, policies.length, findings);
  return failed ? EXIT.failed : EXIT.ok;
}

type Judge = (file: PolicyFile, policy: RolePolicy) => Finding[] | Promise<Finding[]>;

function offline(lock: Lock): Judge {
  const facts = new Map<string, LintFacts>();
  return ({ tenant }, policy) => {
    let known = facts.get(tenant);
    if (!known) facts.set(tenant, (known = factsOf(lock.tenants[tenant])));
    return lintPolicy(policy, known);
  };
}

/** Of a tenant that was never pulled nothing is known. */
function factsOf(tenant: LockedTenant | undefined): LintFacts {
  return tenant ? lintFacts({ ...tenant, deadlineMs: DEFAULT_DEADLINE_MS }) : {};
}

function online(context: Context): Judge {
  const api = context.api();
  return async (file, policy) => {
    try {
      return await api.lint(file.tenant, file.role, policy);
    } catch (error) {
      throw refusal(keyOf(file), error);
    }
  };
}

function placed({ file, source }: PolicyFile, finding: Finding): FileFinding {
  return { file, ...source.positionOf(pathOf(finding.path, source.value)), ...finding };
}

function show(context: Context, files: number, findings: readonly FileFinding[]): void {
  const { style } = context;
  const paint = { error: style.red, warning: style.yellow, info: style.cyan };
  for (const { file, line, column, severity, rule, message, remedy } of findings) {
    const where = style.bold(`${file}:${line}:${column}:`);
    context.line(
      `${where} ${paint[severity](severity)} ${message} ${remedy} ${style.dim(`(${rule})`)}`,
    );
  }
  const of = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  context.line(
    `${count(files, 'policy file')}: ${count(of('error'), 'error')}, ${count(of('warning'), 'warning')}, ${count(of('info'), 'remark')}.`,
  );
}
