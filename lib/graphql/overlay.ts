import type { z } from 'zod';
import { fieldsOf, shapeOf } from './shape';

/**
 * A document with the named fields of a partial one over it. Objects of known fields are gone into;
 * lists, maps and values replace what was there. Unknown keys are kept, for the schema to refuse.
 */
export function overlay(schema: z.core.$ZodType, current: unknown, partial: unknown): unknown {
  const fields = fieldsOf(shapeOf(schema, 'input').core);
  if (!fields || !isObject(current) || !isObject(partial)) return partial;
  const merged: Record<string, unknown> = { ...current };
  for (const [key, value] of Object.entries(partial)) {
    const field = fields[key];
    merged[key] = field ? overlay(field, current[key], value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
