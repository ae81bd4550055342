import { relative } from 'node:path';
import { z } from 'zod';
import { PROVIDER_KINDS } from '@/lib/gateway/types';
import { filesBelow, readText } from '../folder';
import { asFault, type Fault, sourceOf } from '../policy-file';
import { pathOf } from '../source/source';

const connectionSchema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(PROVIDER_KINDS),
  enabled: z.boolean().default(true),
  models: z.array(z.string()).default([]),
});

const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  tenant: z.string().min(1),
  /** Of the cases that name none. */
  role: z.string().min(1).optional(),
  /** Instead of those in the lock file. */
  connections: z.array(connectionSchema).optional(),
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        role: z.string().min(1).optional(),
        /** A chat-completions request, as a client would send it. */
        request: z.looseObject({}),
        /** Parts of the receipt. */
        expect: z.looseObject({}),
      }),
    )
    .min(1),
});

export type CaseConnection = z.output<typeof connectionSchema>;
export type Case = {
  name: string;
  tenant: string;
  role: string;
  request: unknown;
  expect: Record<string, unknown>;
  /** Looked up when it is asked for: of most cases nobody does. */
  readonly line: number;
};
export type CaseFile = {
  file: string;
  connections?: CaseConnection[];
  cases: Case[];
};

/** Every `*.cases.yaml` (or JSON) below a folder. */
export function readCases(root: string, cwd: string): { files: CaseFile[]; faults: Fault[] } {
  const result: { files: CaseFile[]; faults: Fault[] } = { files: [], faults: [] };
  for (const path of filesBelow(root, 'cases', cwd)) {
    const shown = relative(cwd, path) || path;
    const read = readText(path, shown);
    if ('fault' in read) result.faults.push(read.fault);
    else {
      const parsed = parseCaseFile(shown, read.text);
      if (Array.isArray(parsed)) result.faults.push(...parsed);
      else result.files.push(parsed);
    }
  }
  return result;
}

/** A file of cases, or what is wrong with it. */
function parseCaseFile(file: string, text: string): CaseFile | Fault[] {
  let source: ReturnType<typeof sourceOf>;
  try {
    source = sourceOf(file, text);
  } catch (error) {
    return [{ file, ...asFault(error) }];
  }
  const parsed = fileSchema.safeParse(source.value);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message, ...issue }) => {
      const keys = 'keys' in issue ? issue.keys : [];
      const dotted = [...path.map(String), ...keys.slice(0, 1)].join('.');
      const at = source.positionOf(pathOf(dotted, source.value));
      return { file, ...at, message: `${dotted || 'The file'}: ${message}` };
    });
  }
  const { tenant, role: common, connections, cases } = parsed.data;
  const faults: Fault[] = [];
  const complete = cases.flatMap((each, index): Case[] => {
    const position = () => source.positionOf(['cases', index]);
    const role = each.role ?? common;
    if (role === undefined) {
      faults.push({
        file,
        ...position(),
        message: 'Neither the case nor the file names a role.',
      });
      return [];
    }
    return [
      {
        ...each,
        tenant,
        role,
        get line() {
          return position().line;
        },
      },
    ];
  });
  return faults.length > 0 ? faults : { file, connections, cases: complete };
}
