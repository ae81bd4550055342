import type { ChatRequest } from '@/lib/openai/wire';

/**
 * The names a tool goes by: a function its name; any other tool its type (`web_search`, `custom`) and
 * the name it was given, if any. Policies may use either.
 */
export function toolNames(tool: unknown): string[] {
  if (!isObject(tool)) return [];
  const own = nameOf(tool.function) ?? nameOf(tool.custom) ?? nameOf(tool);
  const type = typeof tool.type === 'string' ? tool.type : 'function';
  if (type === 'function') return own === undefined ? [] : [own];
  return own === undefined || own === type ? [type] : [own, type];
}

/** The name to show in messages. */
export function shownName(names: readonly string[]): string {
  return names[0] ?? '(without a name)';
}

/** Web search as OpenAI's search models take it, outside `tools`. */
export const WEB_SEARCH = ['web_search', 'web_search_options'];

/** Tools a request offers, in whatever field. */
export function offeredTools(request: ChatRequest): string[][] {
  const search = isObject(request.web_search_options) ? [WEB_SEARCH] : [];
  return [...(request.tools ?? []), ...(request.functions ?? [])].map(toolNames).concat(search);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(holder: unknown): string | undefined {
  return isObject(holder) && typeof holder.name === 'string' ? holder.name : undefined;
}
