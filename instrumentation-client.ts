import { config } from 'zod/v4/core';

/**
 * Run by Next in the browser before any schema is made. zod tries out whether it may compile schemas
 * with eval; it may not, and each try would be a violation of the Content-Security-Policy.
 */
config({ jitless: true });
