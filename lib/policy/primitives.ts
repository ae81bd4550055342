import { RE2JS } from 're2js';
import { z } from 'zod';

/** `provider/model`, a bare model name, or either with `*` as a wildcard. */
export const modelPatternSchema = z
  .string()
  .trim()
  .min(1, 'Write a model name such as gpt-4o or openai/gpt-4o.')
  .max(200)
  .regex(/^[^\s,]+$/, 'A model name has no spaces and no commas.');

/** A model that is called, so without a wildcard. */
export const modelNameSchema = modelPatternSchema.refine((name) => !name.includes('*'), {
  message: 'Name one model; a wildcard is not possible here.',
});

/** Name of a provider connection. */
export const providerNameSchema = z
  .string()
  .trim()
  .min(1, 'Name a provider connection.')
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'Use lower-case letters, digits, dots and hyphens.');

/** Tool name with `*` as a wildcard. */
export const toolPatternSchema = z
  .string()
  .trim()
  .min(1, 'Write the name of a tool.')
  .max(128)
  .regex(/^[\w.*:/-]+$/, 'Use letters, digits, . _ - : / and * as a wildcard.');

/** Says what is wrong with an RE2 pattern, or null. */
function patternFault(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return `Not a valid RE2 pattern: ${detail}. Look-ahead, look-behind and back-references are not part of RE2.`;
  }
}

/** A regular expression in RE2 syntax: matching takes time linear in the text. */
export const re2PatternSchema = z
  .string()
  .min(1, 'Write a pattern.')
  .max(1000)
  .superRefine((pattern, ctx) => {
    const fault = patternFault(pattern);
    if (fault) ctx.addIssue({ code: 'custom', message: fault });
  });

/** A list without repeats; a repeat names the place of the second one. */
export function uniqueList<T extends z.ZodType<string>>(item: T, max: number) {
  return z
    .array(item)
    .max(max)
    .superRefine((values, ctx) => {
      const seen = new Set<string>();
      values.forEach((value, index) => {
        if (seen.has(value))
          ctx.addIssue({ code: 'custom', path: [index], message: `"${value}" is listed twice.` });
        seen.add(value);
      });
    });
}

/** USD with at most ten decimals, so that the JSON number stands for one exact decimal. */
export const usdSchema = z
  .number()
  .min(0)
  .max(1_000_000_000)
  .refine((value) => decimalsOf(value) <= 10, { message: 'Give at most ten decimals.' });

function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).toLowerCase().split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.max(0, fraction - Number(exponent));
}

/** An http(s) URL or empty. Whether its host may be reached is decided at save, where the server's settings are known. */
export const optionalUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine((value) => value === '' || isWebUrl(value), {
    message: 'Write a whole URL, such as https://hooks.example.com/budget.',
  });

function isWebUrl(value: string): boolean {
  const url = URL.parse?.(value) ?? tryUrl(value);
  return (
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === ''
  );
}

function tryUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
