-- What SQLite refuses. One statement to a paragraph: an empty line ends it.
-- INSERT OR REPLACE deletes a row without asking the delete trigger, so inserts look for it first.

CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry BEGIN
  SELECT RAISE(ABORT, 'This entry does not continue its chain.')
  WHERE NOT EXISTS (
      SELECT 1 FROM audit_chainhead h
      WHERE h.setting_id = new.setting_id AND h.seq = new.seq - 1 AND h.link = new.prev)
    OR EXISTS (
      SELECT 1 FROM audit_entry e
      WHERE e.id = new.id OR (e.setting_id = new.setting_id AND e.seq = new.seq));
END

CREATE TRIGGER audit_entry_advance AFTER INSERT ON audit_entry BEGIN
  UPDATE audit_chainhead SET seq = new.seq, link = new.link WHERE setting_id = new.setting_id;
END

CREATE TRIGGER audit_head_start BEFORE INSERT ON audit_chainhead BEGIN
  SELECT RAISE(ABORT, 'A chain starts at nothing, and once.')
  WHERE new.seq <> 0 OR new.link <> hex(zeroblob(32))
    OR EXISTS (SELECT 1 FROM audit_chainhead h WHERE h.setting_id = new.setting_id);
END

CREATE TRIGGER audit_head_update BEFORE UPDATE ON audit_chainhead BEGIN
  SELECT RAISE(ABORT, 'The end of a chain moves only with its newest entry.')
  WHERE new.setting_id <> old.setting_id OR new.seq <> old.seq + 1 OR NOT EXISTS (
      SELECT 1 FROM audit_entry e
      WHERE e.setting_id = new.setting_id AND e.seq = new.seq
        AND e.prev = old.link AND e.link = new.link);
END

CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_chainhead BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_salt_update BEFORE UPDATE ON audit_salt BEGIN
  SELECT RAISE(ABORT, 'A salt goes only after its erasure was written down.')
  WHERE new.salt <> '' OR new.entry_id <> old.entry_id OR new.setting_id <> old.setting_id
    OR new.of_type <> old.of_type OR new.of_id <> old.of_id OR NOT EXISTS (
      SELECT 1 FROM audit_entry e
      WHERE e.setting_id = old.setting_id AND e.subject_id = old.of_id
        AND e.event = 'content.erased');
END

CREATE TRIGGER audit_salt_delete BEFORE DELETE ON audit_salt BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_salt_insert BEFORE INSERT ON audit_salt BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.')
  WHERE EXISTS (SELECT 1 FROM audit_salt s WHERE s.entry_id = new.entry_id);
END

CREATE TRIGGER audit_signingkey_update BEFORE UPDATE ON audit_signingkey BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_signingkey_delete BEFORE DELETE ON audit_signingkey BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_signingkey_insert BEFORE INSERT ON audit_signingkey BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.')
  WHERE EXISTS (SELECT 1 FROM audit_signingkey k WHERE k.id = new.id OR k.public = new.public);
END

CREATE TRIGGER audit_checkpoint_update BEFORE UPDATE ON audit_checkpoint BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_checkpoint_delete BEFORE DELETE ON audit_checkpoint BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.');
END

CREATE TRIGGER audit_checkpoint_insert BEFORE INSERT ON audit_checkpoint BEGIN
  SELECT RAISE(ABORT, 'The audit trail is only ever added to.')
  WHERE EXISTS (SELECT 1 FROM audit_checkpoint k WHERE k.id = new.id OR k.number = new.number OR k.words = new.words);
END
