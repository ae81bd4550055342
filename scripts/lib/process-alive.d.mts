export function isAlive(pid: number): boolean;
export function processStatus(pid: number): { state: string; startedAt: string } | undefined;
