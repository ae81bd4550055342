import { z } from 'zod';

/** What a form, the docs and the JSON Schema need to know of a field besides its type and bounds. */
export type FieldMeta = {
  /** Label in the editor, sentence case. */
  title: string;
  /** One or two sentences of help: what it does, what 0 or empty means. */
  description: string;
  /** Unit of a number, as written after the input: `ms`, `seconds`, `USD`, `tokens`. */
  unit?: string;
  /** Input hint where the type alone does not tell. */
  control?: 'model' | 'models' | 'model-map' | 'tools' | 'patterns' | 'emails' | 'url' | 'phrases';
  /** Values that are kept sealed at rest and masked in diffs and audit. */
  sealed?: boolean;
};

/** Attaches metadata; call it last, since every other zod method makes a copy without it. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  return schema.meta(meta) as T;
}

/** Metadata of a field, or undefined where it has none. */
export function fieldMeta(schema: z.ZodType): FieldMeta | undefined {
  return schema.meta() as FieldMeta | undefined;
}

/** The per-section master switch. */
export function enabledField(what: string) {
  return field(z.boolean().default(false), {
    title: 'Enabled',
    description: `Switches ${what} on. While off, the section has no effect whatever its other fields say.`,
  });
}

/** A whole number from 0, where 0 means unlimited. */
export function limitField(max: number, meta: FieldMeta) {
  return field(z.int().min(0).max(max).default(0), meta);
}
