import { isObject, toolNames } from './names';

/** Tools named by a `tool_choice` or `function_call`: one, or those of `allowed_tools`. */
export function chosenTools(choice: unknown): string[][] {
  if (!isObject(choice)) return [];
  const subset = allowedSubset(choice);
  if (subset) return subset.map(toolNames);
  const names = toolNames(choice);
  return names.length === 0 ? [] : [names];
}

/**
 * A choice without the tools that were taken away: a named one becomes `auto`, a subset is
 * narrowed, and an empty subset means that no tool may be called.
 */
export function withoutTools(choice: unknown, isGone: (names: string[]) => boolean): unknown {
  if (!isObject(choice)) return choice;
  const subset = allowedSubset(choice);
  if (!subset) {
    const names = toolNames(choice);
    return names.length > 0 && isGone(names) ? 'auto' : choice;
  }
  const left = subset.filter((tool) => !isGone(toolNames(tool)));
  if (left.length === subset.length) return choice;
  if (left.length === 0) return 'none';
  return isObject(choice.allowed_tools)
    ? { ...choice, allowed_tools: { ...choice.allowed_tools, tools: left } }
    : { ...choice, tools: left };
}

/** Chat completions nest the subset in `allowed_tools`; the flat form is accepted too. */
function allowedSubset(choice: Record<string, unknown>): unknown[] | null {
  if (choice.type !== 'allowed_tools') return null;
  const holder = isObject(choice.allowed_tools) ? choice.allowed_tools : choice;
  return Array.isArray(holder.tools) ? holder.tools : [];
}
