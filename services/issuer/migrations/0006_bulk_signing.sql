CREATE TABLE "job_credentials" (
	"organisation_id" text NOT NULL,
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"format" text NOT NULL,
	"award_id" uuid NOT NULL,
	"credential" "bytea" NOT NULL,
	CONSTRAINT "job_credentials_organisation_id_job_id_number_format_pk" PRIMARY KEY("organisation_id","job_id","number","format"),
	CONSTRAINT "job_credentials_format_known" CHECK ("job_credentials"."format" in ('sd_jwt_vc', 'elm', 'open_badge'))
);
--> statement-breakpoint
ALTER TABLE "jobs" DROP CONSTRAINT "jobs_kind_known";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "is_current_copy" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "job_credentials" ADD CONSTRAINT "job_credentials_job" FOREIGN KEY ("organisation_id","job_id") REFERENCES "public"."jobs"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Copies handed out so far: of each kind the newest is the current one. The owner must see the rows of all.
ALTER TABLE "credentials" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "credentials" SET "is_current_copy" = true
  WHERE ("organisation_id", "id") IN (
    SELECT DISTINCT ON ("organisation_id", "award_id", "configuration_id") "organisation_id", "id"
    FROM "credentials" WHERE "configuration_id" LIKE 'export\_%'
    ORDER BY "organisation_id", "award_id", "configuration_id", "issued_at" DESC, "id" DESC
  );--> statement-breakpoint
ALTER TABLE "credentials" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_one_current_copy" ON "credentials" USING btree ("organisation_id","award_id","configuration_id") WHERE "credentials"."is_current_copy";--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_kind_known" CHECK ("jobs"."kind" in ('import', 'offers', 'status', 'reissue', 'signing'));--> statement-breakpoint
-- What is sealed does not get smaller: PostgreSQL need not try.
ALTER TABLE "job_credentials" ALTER COLUMN "credential" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "job_credentials" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_credentials" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "job_credentials_of_organisation" ON "job_credentials"
  USING (organisation_id = current_setting('mikromerit.organisation', true));
