import { z } from 'zod';

/** What a schema is, once its wrappers are taken off. */
export type Shape = {
  core: z.core.$ZodType;
  /** It may be left out: optional, or with a default. */
  optional: boolean;
  nullable: boolean;
};

/** The schema below defaults, checks and transformations: what is sent, or what is answered. */
export function shapeOf(schema: z.core.$ZodType, io: 'input' | 'output'): Shape {
  let core: z.core.$ZodType = schema;
  let optional = false;
  let nullable = false;
  for (;;) {
    if (core instanceof z.ZodOptional) optional = true;
    else if (core instanceof z.ZodDefault || core instanceof z.ZodPrefault) optional = true;
    else if (core instanceof z.ZodNullable) nullable = true;
    else if (core instanceof z.ZodPipe) {
      core = io === 'input' ? core.in : core.out;
      continue;
    } else return { core, optional, nullable };
    core = core.unwrap();
  }
}

/** An object's fields, or null for what is no object of known fields. */
export function fieldsOf(core: z.core.$ZodType): Record<string, z.core.$ZodType> | null {
  if (!(core instanceof z.ZodObject)) return null;
  const { shape } = core;
  return Object.keys(shape).length > 0 ? shape : null;
}

/** A map's schemas, or null for what is no map. */
export function mapOf(
  core: z.core.$ZodType,
): { key: z.core.$ZodType; value: z.core.$ZodType } | null {
  return core instanceof z.ZodRecord ? { key: core.keyType, value: core.valueType } : null;
}
