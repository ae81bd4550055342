export function findProgram(name: string): string | undefined;
export function findPostgresServer(): string | undefined;
export function findChromium(): string | undefined;
export function ensureTestRequirements(): Promise<void>;
