import { Api, refusal } from '../api';
import type { Context } from '../context';
import { serverUrl, storeCredentials } from '../credentials';
import { CliError, EXIT, type ExitCode } from '../io';

/** Stores an admin token, after asking the server whether it is one. Never prints it. */
export async function login(context: Context): Promise<ExitCode> {
  const { io } = context;
  const server = serverUrl(
    context.text('server') ?? io.env.ROLEGATE_SERVER ?? 'http://localhost:3000',
  );
  const typed = io.interactive
    ? await io.ask(`Admin token for ${server} (rga_…, not shown): `, { hidden: true })
    : await io.readInput();
  const token = typed.trim();
  if (token === '' || /\s/.test(token)) {
    throw new CliError('No token was given. Type it, or pipe it: rolegate login < token-file.');
  }
  const who = await new Api(io, { server, token }).me().catch((error: unknown) => {
    throw refusal(`${server} does not accept this token`, error);
  });
  const path = storeCredentials(io.env, { server, token });
  const tenants = who.tenants.map(({ slug }) => slug);
  if (context.json) context.printJson({ server, name: who.actor.name, tenants });
  else context.line(`Signed in at ${server} as ${who.actor.name}. Kept in ${path}, for you alone.`);
  return EXIT.ok;
}
