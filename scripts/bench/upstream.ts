import { startSandbox } from '@/lib/sandbox';
import { serveUntilStopped } from './serve';

/** The simulated provider, so that neither contestant pays for making answers. */
const sandbox = await startSandbox();
await serveUntilStopped({ url: sandbox.url }, () => sandbox.close());
