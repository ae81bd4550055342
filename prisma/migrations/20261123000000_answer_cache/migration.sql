-- Answers that outlive a restart. What is read back is checked against its checksum, so a row that was altered answers nobody.

CREATE TABLE cache_entries (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  key_id uuid NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
  -- Hashes: of everything but the wording of the last user message, and of everything.
  partition text NOT NULL,
  exact_key text NOT NULL,
  provider text NOT NULL,
  kind text NOT NULL,
  model text NOT NULL,
  requested_model text NOT NULL,
  -- Question, vector and answer; sealed where the tenant keeps no content.
  content text NOT NULL,
  sealed boolean NOT NULL,
  checksum text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT cache_entries_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT cache_entries_role_id_exact_key_key UNIQUE (role_id, exact_key)
);
CREATE INDEX cache_entries_tenant_id_idx ON cache_entries (tenant_id, role_id, created_at DESC, id);
CREATE INDEX cache_entries_key_id_idx ON cache_entries (key_id);
CREATE INDEX cache_entries_expires_at_idx ON cache_entries (expires_at);

-- Pairs of questions of which one was wrongly given the other's answer, by a hash: they never match again.
CREATE TABLE cache_wrong_pairs (
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  pair text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (role_id, pair),
  CONSTRAINT cache_wrong_pairs_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX cache_wrong_pairs_tenant_id_idx ON cache_wrong_pairs (tenant_id);

ALTER TABLE role_cache_stats ADD COLUMN wrong_answers integer NOT NULL DEFAULT 0;

SELECT rolegate_protect('cache_entries', rolegate_tenant_rule());
SELECT rolegate_protect('cache_wrong_pairs', rolegate_tenant_rule());

-- A revoked key takes what it asked for along, as a deleted one does, and every replica hears of it.
CREATE FUNCTION rolegate_forget_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM cache_entries WHERE key_id = OLD.id;
  PERFORM pg_notify('rolegate_changed', jsonb_build_object('tenantId', OLD.tenant_id, 'table', 'cache_purge')::text);
  RETURN NULL;
END $$;
CREATE TRIGGER api_keys_forget_answers AFTER UPDATE OF revoked_at ON api_keys
  FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION rolegate_forget_answers();
CREATE TRIGGER api_keys_forget_answers_deleted AFTER DELETE ON api_keys
  FOR EACH ROW EXECUTE FUNCTION rolegate_forget_answers();
