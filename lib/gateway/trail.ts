import type { Findings, WarningCode } from '@/lib/policy/decision';
import { FREE_STATUS, type RateLimitStatus } from '@/lib/policy/rate-limit/store';
import type { TargetName } from './ports';
import type {
  AttemptRecord,
  CacheRecord,
  ChatCompletion,
  ChatMessage,
  Principal,
  RouteRecord,
  StageRecord,
  StageVerdict,
  Usage,
} from './types';

/**
 * All that becomes known of a request on its way, in one place: response headers, the receipt and
 * the metrics are read off it. Stages write to it, nothing decides by it.
 */
export class Trail {
  principal: Principal | null = null;
  stream = false;
  requestedModel: string | null = null;
  target: TargetName | null = null;
  route: RouteRecord = {
    strategy: 'none',
    reason: '',
    candidates: [],
  };
  cache: CacheRecord = {
    status: 'off',
    similarity: null,
    ageSeconds: null,
  };
  readonly stages: StageRecord[] = [];
  readonly attempts: AttemptRecord[] = [];
  readonly warnings = new Set<WarningCode>();
  rateLimits: RateLimitStatus = FREE_STATUS;
  usage: Usage | null = null;
  usageEstimated = false;
  costUsd: string | null = null;
  status = 0;
  code: string | null = null;
  /** What was sent upstream and what was answered; kept only as the tenant permits. */
  messages: readonly ChatMessage[] | null = null;
  answer: ChatCompletion | null = null;
  /** Whether the policy has already replaced personal data of every kind in `messages`. */
  isRedacted = false;

  stage(
    name: string,
    verdict: StageVerdict,
    reason: string,
    ms: number,
    findings?: Findings,
  ): StageRecord {
    const record: StageRecord = { name, verdict, reason, ms: roundMs(ms) };
    if (findings) record.findings = findings;
    this.stages.push(record);
    return record;
  }

  /** Corrects the last record of a stage whose verdict came after it had let the request go on. */
  restage(name: string, verdict: StageVerdict, reason: string): void {
    const record = this.stages.findLast((each) => each.name === name);
    if (record) Object.assign(record, { verdict, reason });
  }

  warn(codes: readonly WarningCode[] | undefined): void {
    if (codes) for (const code of codes) this.warnings.add(code);
  }
}

/** Microsecond resolution is enough, and keeps receipts short. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
