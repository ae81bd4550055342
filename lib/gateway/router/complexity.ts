import type { ChatMessage, ChatRequest } from '@/lib/openai/wire';
import { COMPLEXITY_FEATURES, complexityFeatures } from './complexity-features';
import { COMPLEXITY_BIAS, COMPLEXITY_WEIGHTS } from './complexity-weights';

/** How hard a request is, 0 (trivial) to 1 (hard), and what made it so, largest first, in logits. */
export type Complexity = { score: number; parts: { name: string; logit: number }[] };

/**
 * Where the logits of everyday prompts lie, so that the scores spread over 0-1: half of a mix of chat,
 * support and coding prompts is below CENTRE, and the policy's default thresholds 0.30 and 0.70 are
 * passed a third of a logit to either side.
 */
const CENTRE = -1.15;
const SLOPE = 2.6;
const WEIGHTS = COMPLEXITY_FEATURES.map((name) => COMPLEXITY_WEIGHTS[name]);

/**
 * Scores a whole request: the last user message by its wording, and what surrounds it (system prompt,
 * earlier turns, tools, images, asked-for format) by amount. Pure; linear in the length of the text.
 */
export function scoreComplexity(request: ChatRequest): Complexity {
  const question = lastUserText(request.messages);
  const features = complexityFeatures(question);
  const parts = features.map((value, index) => ({
    name: COMPLEXITY_FEATURES[index] as string,
    logit: value * WEIGHTS[index]!,
  }));
  parts.push(...surroundings(request, question.length));
  const logit = parts.reduce((sum, part) => sum + part.logit, COMPLEXITY_BIAS);
  const score = 1 / (1 + Math.exp(-SLOPE * (logit - CENTRE)));
  return {
    score,
    parts: parts
      .filter((part) => Math.abs(part.logit) >= 0.05)
      .sort((a, b) => Math.abs(b.logit) - Math.abs(a.logit)),
  };
}

/** Text of a message's content, parts joined by line breaks; images and the like are left out. */
export function textOf(message: ChatMessage): string {
  if (typeof message.content === 'string') return message.content;
  if (!Array.isArray(message.content)) return '';
  return message.content
    .map((part) => (typeof part.text === 'string' ? part.text : ''))
    .filter(Boolean)
    .join('\n');
}

/** The text the user wrote last; empty when there is none. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]!;
    if (message.role === 'user') return textOf(message);
  }
  return '';
}

/** Whether a message carries an image. */
export function hasImage(message: ChatMessage): boolean {
  return (
    Array.isArray(message.content) && message.content.some((part) => part.type === 'image_url')
  );
}

/** No data exists to fit these to: each is what one more thing to keep in mind is judged to be worth. */
function surroundings(
  request: ChatRequest,
  questionChars: number,
): { name: string; logit: number }[] {
  const { messages } = request;
  let contextChars = -questionChars;
  let userTurns = 0;
  let toolResults = 0;
  let images = 0;
  for (const message of messages) {
    contextChars += textOf(message).length;
    if (message.role === 'user') userTurns += 1;
    if (message.role === 'tool' || message.role === 'function') toolResults += 1;
    if (hasImage(message)) images += 1;
  }
  const tools = (request.tools?.length ?? 0) + (request.functions?.length ?? 0);
  const format = request.response_format?.type;
  return [
    { name: 'context', logit: 0.4 * Math.log10(1 + Math.max(0, contextChars) / 2000) },
    { name: 'turns', logit: 0.1 * Math.log2(Math.max(1, userTurns)) },
    { name: 'tools', logit: tools > 0 ? 0.2 + 0.08 * Math.log2(tools) : 0 },
    { name: 'toolResults', logit: toolResults > 0 ? 0.2 : 0 },
    { name: 'images', logit: images > 0 ? 0.3 : 0 },
    { name: 'format', logit: format === 'json_schema' ? 0.2 : format === 'json_object' ? 0.1 : 0 },
  ];
}
