export function listenError(
  error: NodeJS.ErrnoException,
  variable: string,
  port: number,
  host: string,
): Error;
