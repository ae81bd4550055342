-- A tenant that decides to keep no content loses the cached answers that can be read; sealed ones stay.
CREATE FUNCTION rolegate_forget_readable_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM cache_entries WHERE tenant_id = NEW.id AND NOT sealed;
  RETURN NULL;
END $$;
CREATE TRIGGER tenants_forget_readable_answers AFTER UPDATE OF log_content ON tenants
  FOR EACH ROW WHEN (NEW.log_content = 'none' AND OLD.log_content <> 'none')
  EXECUTE FUNCTION rolegate_forget_readable_answers();

-- Requests whose cached answer was called wrong, so that each counts once. Receipts themselves never change.
CREATE TABLE cache_feedback (
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  request_id text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, request_id),
  CONSTRAINT cache_feedback_role_fkey FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX cache_feedback_role_id_idx ON cache_feedback (tenant_id, role_id);
SELECT rolegate_protect('cache_feedback', rolegate_tenant_rule());
