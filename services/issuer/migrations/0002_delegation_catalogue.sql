CREATE TABLE "catalogue_entries" (
	"organisation_id" text NOT NULL,
	"achievement_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"search" "tsvector" NOT NULL,
	"facets" text[] NOT NULL,
	"credits" jsonb NOT NULL,
	"listed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "catalogue_entries_organisation_id_achievement_id_pk" PRIMARY KEY("organisation_id","achievement_id")
);
--> statement-breakpoint
CREATE TABLE "composite_requests" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"achievement_organisation_id" text NOT NULL,
	"achievement_id" uuid NOT NULL,
	"achievement_version" integer NOT NULL,
	"state" text NOT NULL,
	"presentation_request_id" uuid NOT NULL,
	"content" "bytea" NOT NULL,
	"award_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "composite_requests_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "composite_requests_state" CHECK ("composite_requests"."state" in ('pending', 'fulfilled', 'missing', 'refused', 'declined', 'expired')),
	CONSTRAINT "composite_requests_settled" CHECK (("composite_requests"."settled_at" is null) = ("composite_requests"."state" = 'pending')),
	CONSTRAINT "composite_requests_fulfilled" CHECK (("composite_requests"."award_id" is not null) = ("composite_requests"."state" = 'fulfilled'))
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"organisation_id" text NOT NULL,
	"achievement_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"delegate_id" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"granted_by" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "delegations_organisation_id_achievement_id_id_pk" PRIMARY KEY("organisation_id","achievement_id","id"),
	CONSTRAINT "delegations_to_another" CHECK ("delegations"."delegate_id" <> "delegations"."organisation_id"),
	CONSTRAINT "delegations_period" CHECK ("delegations"."valid_until" is null or "delegations"."valid_until" >= "delegations"."valid_from"),
	CONSTRAINT "delegations_withdrawn" CHECK (("delegations"."withdrawn_at" is null) = ("delegations"."withdrawn_by" is null))
);
--> statement-breakpoint
ALTER TABLE "awards" DROP CONSTRAINT "awards_achievement";
--> statement-breakpoint
ALTER TABLE "achievements" ADD COLUMN "published_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "awards" ADD COLUMN "achievement_organisation_id" text;--> statement-breakpoint
-- Rows of all organisations are completed: their owner stands above row security until it is forced again.
ALTER TABLE "achievements" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "awards" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Until now every definition was open for awards at once, and awarded by its creator only.
UPDATE "achievements" SET "published_at" = "created_at";--> statement-breakpoint
UPDATE "awards" SET "achievement_organisation_id" = "organisation_id";--> statement-breakpoint
ALTER TABLE "achievements" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "awards" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "awards" ALTER COLUMN "achievement_organisation_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_entries" ADD CONSTRAINT "catalogue_entries_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "composite_requests" ADD CONSTRAINT "composite_requests_achievement" FOREIGN KEY ("achievement_organisation_id","achievement_id","achievement_version") REFERENCES "public"."achievements"("organisation_id","id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "composite_requests" ADD CONSTRAINT "composite_requests_award" FOREIGN KEY ("organisation_id","award_id") REFERENCES "public"."awards"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_delegate_id_organisations_id_fk" FOREIGN KEY ("delegate_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalogue_entries_by_achievement" ON "catalogue_entries" USING btree ("achievement_id");--> statement-breakpoint
CREATE INDEX "catalogue_entries_search" ON "catalogue_entries" USING gin ("search");--> statement-breakpoint
CREATE INDEX "catalogue_entries_facets" ON "catalogue_entries" USING gin ("facets");--> statement-breakpoint
CREATE INDEX "composite_requests_open" ON "composite_requests" USING btree ("organisation_id","expires_at") WHERE "composite_requests"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "delegations_by_delegate" ON "delegations" USING btree ("delegate_id","achievement_id","organisation_id","id");--> statement-breakpoint
ALTER TABLE "awards" ADD CONSTRAINT "awards_achievement" FOREIGN KEY ("achievement_organisation_id","achievement_id","achievement_version") REFERENCES "public"."achievements"("organisation_id","id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Row security of the new tables (design.md section 3).
ALTER TABLE "delegations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "delegations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "delegations_of_organisation" ON "delegations"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
-- Who was given a right reads it, and the definition it is for; it writes neither.
CREATE POLICY "delegations_of_delegate" ON "delegations" FOR SELECT
  USING (delegate_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
CREATE POLICY "achievements_of_delegate" ON "achievements" FOR SELECT
  USING (EXISTS (
    SELECT 1 FROM "delegations" d
    WHERE d.organisation_id = achievements.organisation_id AND d.achievement_id = achievements.id
      AND d.delegate_id = current_setting('mikromerit.organisation', true)
  ));--> statement-breakpoint
ALTER TABLE "composite_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "composite_requests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "composite_requests_of_organisation" ON "composite_requests"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
-- A public directory: everybody reads it, an organisation writes its own rows.
ALTER TABLE "catalogue_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "catalogue_entries" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "catalogue_entries_of_organisation" ON "catalogue_entries"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
CREATE POLICY "catalogue_entries_public" ON "catalogue_entries" FOR SELECT USING (true);
