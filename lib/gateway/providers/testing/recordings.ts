import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const ROOT = new URL('../../../../../shared/eval/provider-recordings/', import.meta.url);

const entry = z.object({
  kind: z.enum([
    'openai.chat',
    'anthropic.messages',
    'gemini.generateContent',
    'gemini.streamGenerateContent',
    'gemini.countTokens',
  ]),
  uri: z.string(),
  model: z.string().nullable(),
  status: z.number(),
  content_type: z.string(),
  stream: z.boolean(),
  retry_after: z.string().nullable(),
  request_file: z.string(),
  response_file: z.string(),
});

export type Recording = {
  kind: z.infer<typeof entry>['kind'];
  name: string;
  /** The path in the evaluation data, as the price oracle names it. */
  file: string;
  model: string;
  status: number;
  contentType: string;
  stream: boolean;
  request: Record<string, unknown>;
  response: Buffer;
};

/** All recorded exchanges with real providers. Throws when the evaluation data is not there. */
export function recordings(): Recording[] {
  const index = new URL('index.jsonl', ROOT);
  if (!existsSync(index)) throw new Error(`evaluation data must lie at ${index.pathname}`);
  return readFileSync(index, 'utf8')
    .trim()
    .split('\n')
    .map((line) => entry.parse(JSON.parse(line)))
    .map((each) => ({
      kind: each.kind,
      name: each.response_file.split('/').slice(1).join('/').replace('.response', ''),
      file: each.response_file,
      model: each.model ?? /models\/([^:]+):/.exec(each.uri)?.[1] ?? '',
      status: each.status,
      contentType: each.content_type,
      stream: each.stream,
      request: z
        .record(z.string(), z.unknown())
        .parse(JSON.parse(readFileSync(new URL(each.request_file, ROOT), 'utf8'))),
      response: readFileSync(new URL(each.response_file, ROOT)),
    }));
}
