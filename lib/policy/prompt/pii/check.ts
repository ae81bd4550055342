import type { ChatRequest } from '@/lib/openai/wire';
import type { DetectPii } from '@/lib/pii/detect';
import { readText, rewrite, valuesOf, type Reading } from '@/lib/pii/redact/redact-text';
import { PlaceholderVault } from '@/lib/pii/redact/vault';
import type { Decision, PiiFinding } from '../../decision';
import type { CompiledPromptPolicy } from '../compile';
import { PII_ENTITIES, type PiiEntity } from '../schema';
import { mapRequestTexts, visitRequestTexts, type TextMapper, type TextSite } from '../text';
import { otherOccurrences } from './occurrences';

/** More spans than these are counted, not listed. */
const LISTED_SPANS = 200;

/**
 * Looks for personal data and secrets in everything that a model reads: contents, tool results, arguments of tool
 * calls, descriptions of tools. Names of functions are code and stay. What is replaced is kept in `vault`, for the
 * answer.
 */
export function checkPii(
  { policy: { pii: options }, piiEntities: entities }: CompiledPromptPolicy,
  request: ChatRequest,
  vault: PlaceholderVault = new PlaceholderVault(),
  detect?: DetectPii,
): Decision<ChatRequest> {
  if (!options.enabled) return { verdict: 'skip', reason: 'personal data detection is off' };
  if (entities.size === 0)
    return { verdict: 'allow', reason: 'no kind of personal data is looked for' };
  const readings = new Map<string, Reading>();
  const finding: PiiFinding = { action: options.action, found: {}, spans: [], paths: [] };
  const visit = (text: string, site: TextSite) => {
    if (isCode(site)) return;
    const reading = readings.get(text) ?? readText(text, entities, detect);
    readings.set(text, reading);
    note(finding, reading, site);
  };
  visitRequestTexts(request, visit, { wholeArguments: true });
  const findings = { pii: finding };
  const kinds = Object.entries(finding.found);
  if (kinds.length === 0) return { verdict: 'allow', reason: 'no personal data found', findings };
  const what = kinds.map(([entity, count]) => `${count} ${entity}`).join(', ');
  const reason = `personal data found (${what}) in ${finding.paths.slice(0, 5).join(', ')}`;
  if (options.action === 'block') {
    return {
      verdict: 'deny',
      code: 'pii_detected',
      message: `The request contains personal data or secrets that this key may not send (${what}, in ${finding.paths[0]}). Remove them and try again.`,
      param: 'messages',
      reason,
      findings,
    };
  }
  if (options.action !== 'redact') {
    for (const reading of readings.values())
      for (const { value } of valuesOf(reading)) vault.note(value);
    return options.action === 'warn'
      ? { verdict: 'allow', reason, warnings: ['pii_detected'], findings }
      : { verdict: 'allow', reason, findings };
  }
  const value = redact(request, readings, vault, entities);
  return {
    verdict: 'rewrite',
    value,
    reason: `${reason}, redacted`,
    warnings: ['pii_redacted'],
    findings,
  };
}

/** Whether no personal data of any kind is left in what these checks let through. */
export function redactsEverything({ policy, piiEntities }: CompiledPromptPolicy): boolean {
  const { pii } = policy;
  const isRedacting = policy.enabled && pii.enabled && pii.action === 'redact';
  return isRedacting && piiEntities.size === PII_ENTITIES.length;
}

function redact(
  request: ChatRequest,
  readings: Map<string, Reading>,
  vault: PlaceholderVault,
  entities: ReadonlySet<PiiEntity>,
): ChatRequest {
  vault.reserve(JSON.stringify(request));
  for (const reading of readings.values())
    for (const { entity, value } of valuesOf(reading)) vault.placeholderFor(entity, value);
  const elsewhere = otherOccurrences(readings.values(), entities);
  const map: TextMapper = (text, site) => {
    const reading = readings.get(text);
    if (!reading || isCode(site)) return text;
    const rewritten = rewrite(
      elsewhere(reading),
      ({ entity }, value) => vault.placeholderFor(entity, value),
      (value) => vault.noteNumber(value),
    );
    // The name of an author may have neither brackets nor spaces.
    return site.kind === 'name' ? rewritten.replace(/[^A-Za-z0-9_-]+/g, '') : rewritten;
  };
  return mapRequestTexts(request, map, { wholeArguments: true });
}

function note(finding: PiiFinding, reading: Reading, { path }: TextSite): void {
  for (const { entity, start, end, reason } of valuesOf(reading)) {
    finding.found[entity] = (finding.found[entity] ?? 0) + 1;
    if (!finding.paths.includes(path)) finding.paths.push(path);
    if (finding.spans.length < LISTED_SPANS)
      finding.spans.push({ entity, path, start, end, reason });
  }
}

/** Names of tools and functions; only the author of a message has a name that tells who somebody is. */
function isCode({ kind, role, path }: TextSite): boolean {
  if (kind !== 'name') return false;
  const isAuthor =
    role === 'user' || role === 'assistant' || role === 'system' || role === 'developer';
  return !isAuthor || !/^messages\[\d+\]\.name$/.test(path);
}
