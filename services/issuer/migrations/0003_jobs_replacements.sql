CREATE TABLE "job_files" (
	"organisation_id" text NOT NULL,
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "job_files_organisation_id_job_id_number_pk" PRIMARY KEY("organisation_id","job_id","number")
);
--> statement-breakpoint
CREATE TABLE "job_queue" (
	"organisation_id" text NOT NULL,
	"job_id" uuid NOT NULL,
	"lease" uuid,
	"leased_until" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "job_queue_organisation_id_job_id_pk" PRIMARY KEY("organisation_id","job_id")
);
--> statement-breakpoint
CREATE TABLE "job_rows" (
	"organisation_id" text NOT NULL,
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"outcome" text NOT NULL,
	"award_id" uuid,
	"details" "bytea",
	CONSTRAINT "job_rows_organisation_id_job_id_number_pk" PRIMARY KEY("organisation_id","job_id","number"),
	CONSTRAINT "job_rows_outcome_known" CHECK ("job_rows"."outcome" in ('accepted', 'done', 'unchanged', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"is_dry_run" boolean NOT NULL,
	"data_key" "bytea" NOT NULL,
	"parameters" "bytea" NOT NULL,
	"header" "bytea",
	"phase" text NOT NULL,
	"position" text NOT NULL,
	"total" integer,
	"done" integer DEFAULT 0 NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"findings" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "jobs_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "jobs_kind_known" CHECK ("jobs"."kind" in ('import', 'offers', 'status', 'reissue')),
	CONSTRAINT "jobs_state_known" CHECK ("jobs"."state" in ('receiving', 'queued', 'running', 'completed', 'refused', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "replacements" (
	"organisation_id" text NOT NULL,
	"award_id" uuid NOT NULL,
	"replaced_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"replaced_at" timestamp with time zone NOT NULL,
	CONSTRAINT "replacements_organisation_id_award_id_pk" PRIMARY KEY("organisation_id","award_id"),
	CONSTRAINT "replacements_reason_known" CHECK ("replacements"."reason" in ('data_corrected', 'result_changed', 'definition_corrected', 'issued_in_error', 'format_renewed'))
);
--> statement-breakpoint
ALTER TABLE "credentials" ALTER COLUMN "offer_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ALTER COLUMN "holder_key_mac" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "awards" ADD COLUMN "import_id" uuid;--> statement-breakpoint
ALTER TABLE "awards" ADD COLUMN "import_digest" "bytea";--> statement-breakpoint
ALTER TABLE "job_files" ADD CONSTRAINT "job_files_job" FOREIGN KEY ("organisation_id","job_id") REFERENCES "public"."jobs"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_queue" ADD CONSTRAINT "job_queue_job" FOREIGN KEY ("organisation_id","job_id") REFERENCES "public"."jobs"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_rows" ADD CONSTRAINT "job_rows_job" FOREIGN KEY ("organisation_id","job_id") REFERENCES "public"."jobs"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replacements" ADD CONSTRAINT "replacements_award" FOREIGN KEY ("organisation_id","award_id") REFERENCES "public"."awards"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replacements" ADD CONSTRAINT "replacements_successor" FOREIGN KEY ("organisation_id","replaced_by") REFERENCES "public"."awards"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "replacements_by_successor" ON "replacements" USING btree ("organisation_id","replaced_by");--> statement-breakpoint
CREATE INDEX "awards_by_import" ON "awards" USING btree ("organisation_id","import_id","id") WHERE "awards"."import_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "awards_by_import_digest" ON "awards" USING btree ("organisation_id","import_digest") WHERE "awards"."import_digest" is not null;--> statement-breakpoint
-- Row security of the new tables (design.md section 3).
ALTER TABLE "jobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "jobs" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "jobs_of_organisation" ON "jobs"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "job_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_files" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "job_files_of_organisation" ON "job_files"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "job_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_rows" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "job_rows_of_organisation" ON "job_rows"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "replacements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "replacements" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "replacements_of_organisation" ON "replacements"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
-- Whoever looks for work sees that there is some, in any organisation; what it is about lies in jobs.
ALTER TABLE "job_queue" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_queue" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "job_queue_of_all" ON "job_queue" USING (true);
