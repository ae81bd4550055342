import type { ChunkChoice, ToolCallDelta } from '@/lib/openai/wire';
import type { Deny } from '../decision';
import { argumentsPiece, continuation, joinDeltas, namePiece } from './call-delta';
import type { CompiledToolPolicy } from './compile';
import { faultOfCall, withoutCalls } from './enforce-answer';
import { toolNames } from './names';

/** A longer name is no tool's, and is not waited for. */
const LONGEST_NAME = 512;
/** The key of a legacy `function_call` among the calls, which are numbered from 0. */
const LEGACY = -1;

/** One call of a choice, as far as it has come. */
type Call = {
  id: string | undefined;
  name: string;
  /** All of the call that has not been sent; null once it is decided. */
  held: ToolCallDelta | null;
  /** Its number at the client; null while held, and for good when it was taken out. */
  out: number | null;
};
type Released = { tools: ToolCallDelta[]; legacy: ToolCallDelta | null };

/** What a delta says of calls. */
export type CallsDelta = Pick<ChunkChoice['delta'], 'tool_calls' | 'function_call'>;

/** Follows the calls of one choice of a stream; see `createToolCallGate`. */
export class ChoiceGate {
  private readonly calls = new Map<number, Call>();
  /** The one call that is held: a call is decided at the latest when another begins. */
  private pending: Call | null = null;
  private passed = 0;

  constructor(
    private readonly section: CompiledToolPolicy,
    private readonly refuse: (fault: Deny) => void,
  ) {}

  /** The choice as it may be sent: the same object when nothing changed, null when nothing is left. */
  push(choice: ChunkChoice): ChunkChoice | null {
    const { tool_calls: pieces, function_call: legacy } = choice.delta;
    const isLast = (choice.finish_reason ?? null) !== null;
    if (!pieces?.length && !legacy && !isLast) return choice;
    const released: Released = { tools: [], legacy: null };
    for (const piece of pieces ?? []) this.take(piece, piece.index ?? 0, released);
    if (legacy) this.take({ index: LEGACY, function: legacy }, LEGACY, released);
    if (isLast) this.releasePending(released);
    return this.compose(choice, released);
  }

  /** Calls that were still held, or null. */
  end(): CallsDelta | null {
    const released: Released = { tools: [], legacy: null };
    this.releasePending(released);
    const calls = callsOf(released);
    return Object.keys(calls).length > 0 ? calls : null;
  }

  private take(piece: ToolCallDelta, index: number, released: Released): void {
    const known = this.calls.get(index);
    const isSame = known !== undefined && !isAnother(known, piece);
    if (!isSame || this.pending !== known) this.releasePending(released);
    if (isSame) return this.extend(known, piece, released);
    const held = piece.index === index ? piece : { ...piece, index };
    const call: Call = { id: piece.id, name: namePiece(piece), held, out: null };
    this.calls.set(index, call);
    this.pending = call;
    if (argumentsPiece(piece) !== '') this.releasePending(released);
  }

  private extend(call: Call, piece: ToolCallDelta, released: Released): void {
    if (!call.held) {
      if (call.out !== null) put(released, continuation(piece, call.out));
      return;
    }
    const more = namePiece(piece);
    // Some upstreams repeat the whole name in every piece.
    if (more !== call.name) call.name += more;
    call.held = joinDeltas(call.held, piece, call.name);
    const nameIsWhole = call.name !== '' && (more === '' || call.name.length > LONGEST_NAME);
    if (nameIsWhole || argumentsPiece(piece) !== '') this.releasePending(released);
  }

  /** Decides on the call that is held. */
  private releasePending(released: Released): void {
    const call = this.pending;
    const held = call?.held;
    if (!call || !held) return;
    this.pending = null;
    call.held = null;
    const fault = faultOfCall(this.section, toolNames(held), this.passed);
    if (fault) return this.refuse(fault);
    const isLegacy = held.index === LEGACY;
    call.out = isLegacy ? LEGACY : this.passed;
    this.passed++;
    put(released, held.index === call.out ? held : { ...held, index: call.out });
  }

  private compose(choice: ChunkChoice, released: Released): ChunkChoice | null {
    const { tool_calls: pieces = [], function_call: legacy, ...rest } = choice.delta;
    const calls = callsOf(released);
    const finish = this.passed === 0 ? withoutCalls(choice.finish_reason) : choice.finish_reason;
    const isSame =
      finish === choice.finish_reason &&
      calls.function_call === (legacy ?? undefined) &&
      released.tools.length === pieces.length &&
      released.tools.every((call, index) => call === pieces[index]);
    if (isSame) return choice;
    const delta = { ...rest, ...calls };
    const saysSomething = Object.values(delta).some(
      (value) => value !== null && value !== undefined,
    );
    if (!saysSomething && (finish ?? null) === null) return null;
    return { ...choice, delta, ...(finish === undefined ? {} : { finish_reason: finish }) };
  }
}

/** Some upstreams number parallel calls all alike: a new id with a new name begins a new call. */
function isAnother(known: Call, piece: ToolCallDelta): boolean {
  return Boolean(piece.id && known.id && piece.id !== known.id && namePiece(piece));
}

function put(released: Released, delta: ToolCallDelta): void {
  if (delta.index !== LEGACY) released.tools.push(delta);
  else
    released.legacy = released.legacy
      ? joinDeltas(released.legacy, delta, namePiece(delta))
      : delta;
}

function callsOf({ tools, legacy }: Released): CallsDelta {
  return {
    ...(tools.length > 0 ? { tool_calls: tools } : {}),
    ...(legacy?.function ? { function_call: legacy.function } : {}),
  };
}
