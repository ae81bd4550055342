export { startSandbox, type Sandbox, type SandboxStats } from './server';
