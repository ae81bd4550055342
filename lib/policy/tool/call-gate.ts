import type { ChatChunk, ChunkChoice } from '@/lib/openai/wire';
import type { CompiledPolicy } from '../compile';
import type { Deny } from '../decision';
import { ChoiceGate } from './choice-gate';

/** What becomes of one chunk of a stream. */
export type GateStep =
  /** Send this. It is the very chunk that was pushed when nothing had to change. */
  | { kind: 'forward'; chunk: ChatChunk }
  /** Nothing to send yet, or at all. */
  | { kind: 'hold' }
  /** Policy `block`: send an error event, end the stream without `[DONE]`, abort the upstream. */
  | { kind: 'deny'; deny: Deny };

/** Stands between an upstream's stream and the client. One for each stream; not reusable. */
export interface ToolCallGate {
  push(chunk: ChatChunk): GateStep;
  /** To be asked once after the last chunk: what was still held, if an upstream ended without a finish reason. */
  end(): GateStep;
  /** Reason of the first call that was taken out under policy `strip`, for the receipt; else null. */
  readonly stripped: string | null;
}

const HOLD: GateStep = { kind: 'hold' };
const OPEN_GATE: ToolCallGate = {
  push: (chunk) => ({ kind: 'forward', chunk }),
  end: () => HOLD,
  stripped: null,
};

/**
 * A gate that never lets the name or arguments of a forbidden call out. A call is held until its
 * whole name is known, which for all known upstreams is one chunk later; then it passes, is taken
 * out (strip) or ends the stream (block). What came before it has been sent and stands. Calls are
 * numbered from 0 in the order in which they pass, and a choice left without calls finishes with `stop`.
 */
export function createToolCallGate(compiled: CompiledPolicy): ToolCallGate {
  const section = compiled.toolPolicies;
  return isNeeded(section.policy) ? new Gate(compiled) : OPEN_GATE;
}

function isNeeded(policy: CompiledPolicy['toolPolicies']['policy']): boolean {
  if (!policy.enabled) return false;
  return (
    !policy.allowToolCalling ||
    policy.allowedTools.length > 0 ||
    policy.blockedTools.length > 0 ||
    policy.maxToolCallsPerResponse > 0
  );
}

class Gate implements ToolCallGate {
  stripped: string | null = null;
  private readonly choices = new Map<number, ChoiceGate>();
  private last: ChatChunk | null = null;
  private denied: Deny | null = null;

  constructor(private readonly compiled: CompiledPolicy) {}

  push(chunk: ChatChunk): GateStep {
    this.last = chunk;
    let changed = false;
    const choices: ChunkChoice[] = [];
    for (const choice of chunk.choices) {
      const passed = this.gateOf(choice.index).push(choice);
      if (this.denied) return { kind: 'deny', deny: this.denied };
      changed ||= passed !== choice;
      if (passed) choices.push(passed);
    }
    if (!changed) return { kind: 'forward', chunk };
    if (choices.length === 0 && !chunk.usage) return HOLD;
    return { kind: 'forward', chunk: { ...chunk, choices } };
  }

  end(): GateStep {
    const choices: ChunkChoice[] = [];
    for (const [index, gate] of this.choices) {
      const calls = gate.end();
      if (this.denied) return { kind: 'deny', deny: this.denied };
      if (calls) choices.push({ index, delta: calls, finish_reason: null });
    }
    if (choices.length === 0 || !this.last) return HOLD;
    const { id, object, created, model } = this.last;
    return { kind: 'forward', chunk: { id, object, created, model, choices } };
  }

  private gateOf(index: number): ChoiceGate {
    const known = this.choices.get(index);
    if (known) return known;
    const gate = new ChoiceGate(this.compiled.toolPolicies, (fault) => this.refuse(fault));
    this.choices.set(index, gate);
    return gate;
  }

  private refuse(fault: Deny): void {
    if (this.compiled.toolPolicies.policy.onViolation === 'block') this.denied ??= fault;
    else this.stripped ??= fault.reason;
  }
}
