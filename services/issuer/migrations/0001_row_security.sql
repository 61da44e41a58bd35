-- The second lock of design.md section 3: rows of one organisation only, for the table's owner too.
-- An organisation is set for one transaction, as mikromerit.organisation (service-kit, inOrganisation).
-- The directory of organisations stays open: it holds what their metadata publishes.
ALTER TABLE "signing_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "signing_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "signing_keys_of_organisation" ON "signing_keys"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "achievements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "achievements" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "achievements_of_organisation" ON "achievements"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "awards" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "awards" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "awards_of_organisation" ON "awards"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "award_status_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "award_status_changes" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "award_status_changes_of_organisation" ON "award_status_changes"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "offers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "offers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "offers_of_organisation" ON "offers"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "used_nonces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "used_nonces" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "used_nonces_of_organisation" ON "used_nonces"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "credentials" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "credentials" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "credentials_of_organisation" ON "credentials"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "status_lists" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "status_lists" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "status_lists_of_organisation" ON "status_lists"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "status_list_pages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "status_list_pages" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "status_list_pages_of_organisation" ON "status_list_pages"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotency_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "idempotency_keys_of_organisation" ON "idempotency_keys"
  USING (organisation_id = current_setting('mikromerit.organisation', true));
