export class LockedError extends Error {
  pid: number;
  host: string;
}
export function takeLock(file: string): Promise<{ release(): void }>;
