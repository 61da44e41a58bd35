-- The second lock of design.md section 3: rows of one owner only, for the table's owner too.
-- An owner is set for one transaction, as mikromerit.organisation (service-kit, inOrganisation).
ALTER TABLE "presentation_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "presentation_requests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "presentation_requests_of_owner" ON "presentation_requests"
  USING (owner_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "policies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "policies" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "policies_of_owner" ON "policies"
  USING (owner_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotency_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "idempotency_keys_of_owner" ON "idempotency_keys"
  USING (organisation_id = current_setting('mikromerit.organisation', true));
