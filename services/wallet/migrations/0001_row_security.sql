-- The second lock of design.md section 3: rows of one learner only, for the tables' owner too.
-- A learner is set for one transaction, as mikromerit.organisation (service-kit, inOrganisation).
ALTER TABLE "holders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "holders" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "holders_of_holder" ON "holders"
  USING (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "credentials" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "credentials" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "credentials_of_holder" ON "credentials"
  USING (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "offers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "offers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "offers_of_holder" ON "offers"
  USING (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "presentations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "presentations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "presentations_of_holder" ON "presentations"
  USING (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotency_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "idempotency_keys_of_holder" ON "idempotency_keys"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "history" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "history" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Entries are read and added; nobody changes or deletes one. Erasing the holder takes them along.
CREATE POLICY "history_read" ON "history" FOR SELECT
  USING (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
CREATE POLICY "history_added" ON "history" FOR INSERT
  WITH CHECK (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
-- The purge runs across learners, and sees only what expired before the moment it names.
CREATE POLICY "offers_found" ON "offers" FOR SELECT
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);--> statement-breakpoint
CREATE POLICY "offers_purged" ON "offers" FOR DELETE
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);--> statement-breakpoint
CREATE POLICY "presentations_found" ON "presentations" FOR SELECT
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);--> statement-breakpoint
CREATE POLICY "presentations_purged" ON "presentations" FOR DELETE
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);--> statement-breakpoint
CREATE POLICY "idempotency_keys_found" ON "idempotency_keys" FOR SELECT
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);--> statement-breakpoint
CREATE POLICY "idempotency_keys_purged" ON "idempotency_keys" FOR DELETE
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);
