import type { ChatMessage, ChatRequest } from '@/lib/openai/wire';
import { visitRequestTexts, type TextSite } from '../text';

/** A text to be judged, and where it stands. */
export type Judged = { text: string; path: string; role: TextSite['role'] };

/** Texts of several messages are joined up to so many characters, the last ones first. */
const JOINED_CHARS = 6_000;
const TOOLS = new Set<ChatMessage['role']>(['tool', 'function']);
const TRUSTED = new Set<ChatMessage['role']>(['system', 'developer']);

/**
 * What an attacker may have written: every message but those of the system and the developer, tool
 * results only when they are to be scanned. Parts of a message, and the last messages of the user, are also
 * read as one text, since an attack may be split over them.
 */
export function judgedTexts(request: ChatRequest, scanToolResults: boolean): Judged[] {
  const texts: Judged[] = [];
  const parts = new Map<number, string[]>();
  visitRequestTexts({ messages: request.messages }, (text, { kind, role, path, message }) => {
    if (role === null || TRUSTED.has(role) || text.trim() === '') return;
    if (TOOLS.has(role) && !scanToolResults) return;
    texts.push({ text, path, role });
    if (kind !== 'content' || message === null) return;
    const own = parts.get(message);
    if (own) own.push(text);
    else parts.set(message, [text]);
  });
  for (const [message, own] of parts) {
    if (own.length < 2) continue;
    const role = request.messages[message]?.role ?? null;
    texts.push({ text: tail(own.join('')), path: `messages[${message}].content`, role });
  }
  const split = joinedUserTexts(request.messages, parts);
  if (split !== null) texts.push({ text: split, path: 'messages', role: 'user' });
  return texts;
}

/** The end of what the user said over several messages; null when that was one. */
function joinedUserTexts(
  messages: readonly ChatMessage[],
  parts: ReadonlyMap<number, string[]>,
): string | null {
  const said: string[] = [];
  let chars = 0;
  for (let index = messages.length - 1; index >= 0 && chars < JOINED_CHARS; index--) {
    if (messages[index]?.role !== 'user') continue;
    const text = tail(parts.get(index)?.join('\n') ?? '');
    if (text === '') continue;
    said.unshift(text);
    chars += text.length;
  }
  return said.length > 1 ? tail(said.join(' ')) : null;
}

function tail(text: string): string {
  return text.length <= JOINED_CHARS ? text : text.slice(-JOINED_CHARS);
}
