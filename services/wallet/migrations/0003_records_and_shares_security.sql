-- As in 0001: rows of one learner only, for the tables' owner too.
ALTER TABLE "records" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "records" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "records_of_holder" ON "records"
  USING (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "shares" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "shares" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "shares_of_holder" ON "shares"
  USING (holder_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
-- Whoever opens a link has its secret and no subject: it shows that one row, and lets nothing be changed.
CREATE POLICY "shares_opened" ON "shares" FOR SELECT
  USING (secret_mac = decode(nullif(current_setting('mikromerit.share', true), ''), 'hex'));--> statement-breakpoint
-- The purge runs across learners, and sees only what expired before the moment it names.
CREATE POLICY "shares_found" ON "shares" FOR SELECT
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);--> statement-breakpoint
CREATE POLICY "shares_purged" ON "shares" FOR DELETE
  USING (expires_at < nullif(current_setting('mikromerit.purge_before', true), '')::timestamptz);
