import type { z } from 'zod';
import { fieldMeta, type FieldMeta } from '@/lib/policy/field';
import { rolePolicySchema } from '@/lib/policy/role-policy';

/** The parts of a zod schema that a form asks for; zod's own types hide them behind generics. */
type Node = z.ZodType & {
  def: { type: string; innerType?: Node; element?: Node; valueType?: Node; keyType?: Node };
  shape?: Record<string, Node>;
  minValue?: number | null;
  maxValue?: number | null;
};

export type FieldInfo = FieldMeta & {
  /** The schema inside its defaults. */
  schema: z.ZodType;
  min: number | undefined;
  max: number | undefined;
  /** Whether 0 means that there is no limit; the help text of the schema says so. */
  zeroMeansUnlimited: boolean;
};

function inner(node: Node): Node {
  const { type, innerType } = node.def;
  return (type === 'default' || type === 'prefault') && innerType ? inner(innerType) : node;
}

function child(node: Node, key: string): Node | undefined {
  const bare = inner(node);
  return bare.shape?.[key] ?? bare.def.element ?? bare.def.valueType;
}

function nodeAt(path: string): Node {
  let node: Node = rolePolicySchema as unknown as Node;
  for (const key of path.split('.')) {
    const next = child(node, key);
    if (!next) throw new Error(`The policy schema has no field ${path}.`);
    node = next;
  }
  return node;
}

/** Label, help, unit and bounds of a field; `path` is dotted, `*` stands for any key or index. */
export function fieldInfo(path: string): FieldInfo {
  const node = nodeAt(path);
  const meta = fieldMeta(node);
  if (!meta) throw new Error(`The policy schema says nothing of ${path}.`);
  const bare = inner(node);
  return {
    ...meta,
    schema: bare,
    min: bare.minValue ?? undefined,
    max: bare.maxValue ?? undefined,
    zeroMeansUnlimited: /\b0 means unlimited\b/i.test(meta.description),
  };
}

/** Says what is wrong with one item of a list, or null. */
export function itemFault(path: string): (item: string) => string | null {
  return faultOf(nodeAt(`${path}.*`));
}

/** Says what is wrong with a key of a map, or null. */
export function keyFault(path: string): (key: string) => string | null {
  const { keyType } = inner(nodeAt(path)).def;
  if (!keyType) throw new Error(`${path} is no map.`);
  return faultOf(keyType);
}

function faultOf(schema: Node): (value: string) => string | null {
  return (value) => {
    const result = schema.safeParse(value);
    return result.success ? null : (result.error.issues[0]?.message ?? 'This is not valid.');
  };
}

/** Help without the sentence on 0, for places where the control says it itself. */
export function helpText(info: Pick<FieldInfo, 'description'>): string {
  return info.description.replace(/\s*\b0 means unlimited\.$/i, '').trim();
}
