import type { ChatRequest } from '@/lib/openai/wire';
import type { Decision, InjectionFinding } from '../../decision';
import type { CompiledPromptPolicy } from '../compile';
import { detectInjection, THRESHOLDS, type Detection } from './detect';
import { judgedTexts } from './texts';

/**
 * Looks for attempts to override instructions, to read the system prompt or to break out of the role, in
 * everything but system and developer messages. What the model itself is said to have answered is judged by
 * the threshold of `low`, since a refusal speaks of what it refuses.
 * @throws when the detector is broken; the gateway then refuses.
 */
export function checkInjection(
  { policy: { injection: options }, exemptInjection }: CompiledPromptPolicy,
  request: ChatRequest,
  detect: (text: string) => Detection = detectInjection,
): Decision<ChatRequest> {
  if (!options.enabled) return { verdict: 'skip', reason: 'injection detection is off' };
  const threshold = THRESHOLDS[options.sensitivity];
  let worst: Detection & { path: string | null } = { score: 0, reasons: [], path: null };
  let suspected = false;
  for (const { text, path, role } of judgedTexts(request, options.scanToolResults)) {
    const detection = detect(exemptInjection(text));
    const own = role === 'assistant' ? THRESHOLDS.low : threshold;
    const attack = detection.score >= own;
    if (attack === suspected ? detection.score > worst.score : attack)
      worst = { ...detection, path };
    suspected ||= attack;
  }
  const { score, reasons, path } = worst;
  const finding: InjectionFinding = {
    score,
    threshold,
    sensitivity: options.sensitivity,
    suspected,
    reasons,
    path,
  };
  const findings = { injection: finding };
  if (!suspected) return { verdict: 'allow', reason: `injection score ${score}`, findings };
  const why = reasons.length > 0 ? `: ${reasons.join(', ')}` : '';
  const reason = `injection suspected in ${path}, score ${score} of ${threshold}${why}`;
  if (options.action === 'log') return { verdict: 'allow', reason, findings };
  if (options.action === 'warn')
    return { verdict: 'allow', reason, findings, warnings: ['injection_suspected'] };
  return {
    verdict: 'deny',
    code: 'injection_detected',
    message: `The request looks like an attempt to override instructions (in ${path}). Rephrase it; if it is harmless, ask your administrator to allow the phrase.`,
    param: 'messages',
    reason,
    findings,
  };
}
