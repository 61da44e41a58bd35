ALTER TABLE "credentials" ADD COLUMN "award_mac" "bytea";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "offer_mac" "bytea";--> statement-breakpoint
CREATE INDEX "credentials_by_award" ON "credentials" USING btree ("holder_id","award_mac");--> statement-breakpoint
CREATE INDEX "credentials_by_offer" ON "credentials" USING btree ("holder_id","offer_mac");