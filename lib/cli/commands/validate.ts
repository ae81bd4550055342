import type { Context } from '../context';
import { count } from '../context';
import { EXIT, type ExitCode } from '../io';

/** Parses every file and holds it against the schema and the rules between fields. No server. */
export function validate(context: Context): Promise<ExitCode> {
  const policies = context.policies();
  if (!policies) return Promise.resolve(EXIT.failed);
  if (context.json) context.printJson({ ok: true, files: policies.map(({ file }) => file) });
  else context.line(`${count(policies.length, 'policy file')}: all valid.`);
  return Promise.resolve(EXIT.ok);
}
