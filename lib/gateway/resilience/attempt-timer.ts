/**
 * Bounds one attempt: aborts its signal when the request is aborted, or when `timeoutMs` pass without
 * `progress()`. Null: no bound of its own.
 */
export class AttemptTimer {
  private readonly controller: AbortController | null;
  private readonly timer: NodeJS.Timeout | null;
  private readonly follow: () => void;
  private paused = false;
  timedOut = false;

  constructor(
    private readonly parent: AbortSignal,
    readonly timeoutMs: number | null,
  ) {
    this.controller = timeoutMs === null ? null : new AbortController();
    this.follow = () => this.controller?.abort(parent.reason);
    if (parent.aborted) this.follow();
    else if (this.controller) parent.addEventListener('abort', this.follow, { once: true });
    this.timer = timeoutMs === null ? null : setTimeout(() => this.expire(), timeoutMs);
  }

  get signal(): AbortSignal {
    return this.controller?.signal ?? this.parent;
  }

  /** Starts the bound anew: the provider is being waited for. */
  progress(): void {
    this.paused = false;
    this.timer?.refresh();
  }

  /** Until the next `progress` the client, not the provider, is the one who is slow. */
  pause(): void {
    this.paused = true;
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.controller) this.parent.removeEventListener('abort', this.follow);
  }

  private expire(): void {
    if (this.paused) return;
    this.timedOut = true;
    this.controller?.abort(new DOMException('The attempt timed out.', 'TimeoutError'));
  }
}
