-- What PostgreSQL refuses. One statement to a paragraph: an empty line ends it.
-- check_violation reaches Python as IntegrityError, as a refusal by SQLite does.

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'The audit trail is only ever added to.' USING ERRCODE = 'check_violation';
END $$

CREATE OR REPLACE FUNCTION audit_entry_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM audit_chainhead h
      WHERE h.setting_id = new.setting_id AND h.seq = new.seq - 1 AND h.link = new.prev) THEN
    RAISE EXCEPTION 'This entry does not continue its chain.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$

CREATE OR REPLACE FUNCTION audit_entry_advance() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE audit_chainhead SET seq = new.seq, link = new.link
  WHERE setting_id = new.setting_id AND seq = new.seq - 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'This entry does not continue its chain.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$

CREATE OR REPLACE FUNCTION audit_head_start() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF new.seq <> 0 OR new.link <> repeat('0', 64) THEN
    RAISE EXCEPTION 'A chain starts at nothing, and once.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$

CREATE OR REPLACE FUNCTION audit_head_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF new.setting_id <> old.setting_id OR new.seq <> old.seq + 1 OR NOT EXISTS (
      SELECT 1 FROM audit_entry e
      WHERE e.setting_id = new.setting_id AND e.seq = new.seq
        AND e.prev = old.link AND e.link = new.link) THEN
    RAISE EXCEPTION 'The end of a chain moves only with its newest entry.'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$

CREATE OR REPLACE FUNCTION audit_salt_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF new.salt <> '' OR new.entry_id <> old.entry_id OR new.setting_id <> old.setting_id
      OR new.of_type <> old.of_type OR new.of_id <> old.of_id OR NOT EXISTS (
      SELECT 1 FROM audit_entry e
      WHERE e.setting_id = old.setting_id AND e.subject_id = old.of_id
        AND e.event = 'content.erased') THEN
    RAISE EXCEPTION 'A salt goes only after its erasure was written down.'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$

-- For each statement, so that even one that matches no row is refused.
CREATE TRIGGER audit_entry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()

CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_next()

CREATE TRIGGER audit_entry_advance AFTER INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_advance()

CREATE TRIGGER audit_head_refuse BEFORE DELETE OR TRUNCATE ON audit_chainhead
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()

CREATE TRIGGER audit_head_start BEFORE INSERT ON audit_chainhead
  FOR EACH ROW EXECUTE FUNCTION audit_head_start()

CREATE TRIGGER audit_head_update BEFORE UPDATE ON audit_chainhead
  FOR EACH ROW EXECUTE FUNCTION audit_head_update()

-- Also in a session that calls itself a replica, where ordinary triggers sleep.
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_refuse

ALTER TABLE audit_chainhead ENABLE ALWAYS TRIGGER audit_head_refuse

CREATE TRIGGER audit_salt_update BEFORE UPDATE ON audit_salt
  FOR EACH ROW EXECUTE FUNCTION audit_salt_update()

CREATE TRIGGER audit_salt_refuse BEFORE DELETE OR TRUNCATE ON audit_salt
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()

CREATE TRIGGER audit_signingkey_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_signingkey
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()

CREATE TRIGGER audit_checkpoint_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()

ALTER TABLE audit_salt ENABLE ALWAYS TRIGGER audit_salt_update

ALTER TABLE audit_salt ENABLE ALWAYS TRIGGER audit_salt_refuse

ALTER TABLE audit_signingkey ENABLE ALWAYS TRIGGER audit_signingkey_refuse

ALTER TABLE audit_checkpoint ENABLE ALWAYS TRIGGER audit_checkpoint_refuse
