import { AppError } from '@/lib/errors/app-error';
import type { ErrorCode } from '@/lib/errors/codes';
import type { ChatRequest } from '@/lib/openai/wire';
import type { Decision, Deny, Findings, WarningCode } from '@/lib/policy/decision';
import type { Call } from './call';
import type { GatewayDeps } from './deps';
import { UpstreamError } from './types';

/** A stage that lets the request go on, and what it adds to the context. */
export type Pass<Added extends object> = {
  verdict: 'allow' | 'rewrite' | 'skip';
  reason: string;
  warnings?: readonly WarningCode[];
  findings?: Findings;
  add: Added;
};

/** A guard's decision about the request as a stage's result. */
export function passOf(
  decision: Exclude<Decision<ChatRequest>, Deny>,
  request: ChatRequest,
): Pass<{ request: ChatRequest }> {
  const { verdict, reason } = decision;
  const { warnings = [], findings } = decision.verdict === 'skip' ? {} : decision;
  return {
    verdict,
    reason,
    warnings,
    ...(findings ? { findings } : {}),
    add: { request: decision.verdict === 'rewrite' ? decision.value : request },
  };
}

/** Takes context and dependencies; returns what the next stages get, or a refusal. */
export type Stage<In extends Call, Added extends object> = (
  context: In,
  deps: GatewayDeps,
) => Pass<Added> | Deny | Promise<Pass<Added> | Deny>;

export type StageOptions = {
  /**
   * What the caller is told when the stage itself breaks. A guard that cannot decide refuses, so the
   * default is `policy_unavailable`.
   */
  onFault?: ErrorCode;
};

type Step = { name: string; run: Stage<Call, object>; onFault: ErrorCode };

/** An ordered list of stages whose types prove that each finds what it needs. */
export class Pipeline<Context extends Call> {
  private constructor(private readonly steps: readonly Step[]) {}

  static start(): Pipeline<Call> {
    return new Pipeline<Call>([]);
  }

  stage<Added extends object>(
    name: string,
    stage: Stage<Context, Added>,
    options: StageOptions = {},
  ): Pipeline<Context & Added> {
    const run = stage as unknown as Stage<Call, object>;
    const step = { name, run, onFault: options.onFault ?? 'policy_unavailable' };
    return new Pipeline<Context & Added>([...this.steps, step]);
  }

  /** Runs the stages in order, each on the record, and throws the first refusal as an AppError or UpstreamError. */
  async run(call: Call, deps: GatewayDeps): Promise<Context> {
    for (const step of this.steps) {
      const started = performance.now();
      const result = await this.attempt(step, call, deps, started);
      const ms = performance.now() - started;
      call.trail.stage(step.name, result.verdict, result.reason, ms, result.findings);
      if (result.verdict === 'deny') throw refusalOf(result);
      call.trail.warn(result.warnings);
      Object.assign(call, result.add);
    }
    return call as Context;
  }

  private async attempt(step: Step, call: Call, deps: GatewayDeps, started: number) {
    try {
      return await step.run(call, deps);
    } catch (error) {
      const known = error instanceof AppError || error instanceof UpstreamError;
      const reason = known ? codeOf(error) : 'the stage failed';
      call.trail.stage(step.name, 'deny', reason, performance.now() - started);
      if (known) throw error;
      deps.log.error(
        { err: error, requestId: call.id, stage: step.name },
        'a gateway stage failed',
      );
      throw new AppError(step.onFault, FAULT_MESSAGE, { retryAfterSeconds: 1, cause: error });
    }
  }
}

const FAULT_MESSAGE =
  'A check of this request could not be carried out, so it was refused. Try again; if it persists, quote the x-request-id to your administrator.';

function codeOf(error: AppError | UpstreamError): string {
  return error instanceof AppError ? error.code : `upstream ${error.kind}`;
}

/** OpenAI's clients retry a 429 unless told not to; waiting seconds does not refill a budget. */
const FINAL_CODES = new Set<ErrorCode>(['budget_exceeded', 'request_cost_exceeded']);

/** The refusal as it is rendered. */
export function refusalOf(deny: Deny): AppError {
  return new AppError(deny.code, deny.message, {
    ...(deny.param === null ? {} : { param: deny.param }),
    ...(deny.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: deny.retryAfterSeconds }),
    ...(FINAL_CODES.has(deny.code) ? { headers: { 'x-should-retry': 'false' } } : {}),
  });
}
