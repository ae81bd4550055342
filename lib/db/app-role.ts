import 'server-only';
import type { ClientBase } from 'pg';
import { DatabaseSetupError } from './setup-error';

/** The PostgreSQL role under which every query of the application runs, and which row-level security binds. */
export const APP_ROLE = 'rolegate_app';

/** Tables to which the application may only add. */
const APPEND_ONLY = ['audit_log', 'role_policy_revisions', 'request_log'];

type Standing = {
  user: string;
  superuser: boolean;
  bypassesRls: boolean;
  createsRoles: boolean;
  appRole: 'absent' | 'unsafe' | 'foreign' | 'member';
};

/** What the connected user is, and whether it can act as the application's role. */
export async function readStanding(client: ClientBase): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `SELECT u.rolname AS user, u.rolsuper AS superuser, u.rolbypassrls AS "bypassesRls", u.rolcreaterole AS "createsRoles",
       CASE WHEN a.oid IS NULL THEN 'absent'
            WHEN a.rolsuper OR a.rolbypassrls THEN 'unsafe'
            WHEN pg_has_role(u.oid, a.oid, 'MEMBER') THEN 'member'
            ELSE 'foreign' END AS "appRole"
     FROM pg_roles u LEFT JOIN pg_roles a ON a.rolname = $1 WHERE u.rolname = current_user`,
    [APP_ROLE],
  );
  const [standing] = rows;
  if (!standing) throw new DatabaseSetupError('The database does not say which user is connected.');
  return standing;
}

/**
 * Decides how row-level security comes to bind the application.
 * @returns true: connections take on the application's role; false: the user itself is bound, by FORCE ROW LEVEL SECURITY
 * @throws DatabaseSetupError when neither is possible
 */
export function actsAsAppRole(standing: Standing): boolean {
  if (standing.appRole === 'unsafe') {
    throw new DatabaseSetupError(
      `The PostgreSQL role ${APP_ROLE} is a superuser or bypasses row-level security. Run: ALTER ROLE ${APP_ROLE} NOSUPERUSER NOBYPASSRLS`,
    );
  }
  if (standing.appRole === 'member') return true;
  if (standing.superuser || standing.bypassesRls) {
    throw new DatabaseSetupError(
      `The database user "${standing.user}" bypasses row-level security and cannot act as ${APP_ROLE}. ` +
        `As a superuser run: CREATE ROLE ${APP_ROLE} NOLOGIN; GRANT ${APP_ROLE} TO "${standing.user}"; or use a user without BYPASSRLS in DATABASE_URL`,
    );
  }
  return false;
}

/** Creates the application's role where the user may, and grants it to the user. Roles are shared by a server's databases, so others may do the same at this moment. */
async function ensureAppRole(client: ClientBase): Promise<Standing> {
  let standing = await readStanding(client);
  if (standing.appRole === 'absent' && (standing.superuser || standing.createsRoles)) {
    await client.query(
      `DO $$ BEGIN CREATE ROLE ${APP_ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    );
    standing = await readStanding(client);
  }
  if (standing.appRole === 'foreign' && standing.createsRoles) {
    // A role that somebody else made is not ours to grant (PostgreSQL 16): then FORCE binds the user itself.
    await client.query(
      `DO $$ BEGIN GRANT ${APP_ROLE} TO CURRENT_USER; EXCEPTION WHEN insufficient_privilege OR internal_error THEN NULL; END $$`,
    );
    standing = await readStanding(client);
  }
  return standing;
}

/** Lets the application's role read and write what it needs, and no more. Runs after every migration, under its lock. */
export async function grantToApp(client: ClientBase): Promise<void> {
  if (!actsAsAppRole(await ensureAppRole(client))) return;
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relrowsecurity AND pg_has_role(c.relowner, 'USAGE')`,
  );
  const names = rows.map((row) => row.name);
  const changeable = names.filter((name) => !APPEND_ONLY.includes(name));
  const list = (tables: string[]) => tables.map((name) => `public."${name}"`).join(', ');
  await client.query(`
    GRANT USAGE ON SCHEMA public TO ${APP_ROLE};
    GRANT SELECT, INSERT ON ${list(names)} TO ${APP_ROLE};
    GRANT UPDATE, DELETE ON ${list(changeable)} TO ${APP_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${APP_ROLE};
    GRANT EXECUTE ON FUNCTION rolegate_ensure_request_log_partitions(timestamptz, integer) TO ${APP_ROLE};
  `);
}
