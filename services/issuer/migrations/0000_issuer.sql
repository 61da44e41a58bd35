CREATE TABLE "achievements" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "achievements_organisation_id_id_version_pk" PRIMARY KEY("organisation_id","id","version"),
	CONSTRAINT "achievements_version" CHECK ("achievements"."version" > 0)
);
--> statement-breakpoint
CREATE TABLE "award_status_changes" (
	"organisation_id" text NOT NULL,
	"award_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"status" text NOT NULL,
	"reason" "bytea",
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "award_status_changes_organisation_id_award_id_id_pk" PRIMARY KEY("organisation_id","award_id","id"),
	CONSTRAINT "award_status_changes_known" CHECK ("award_status_changes"."status" in ('valid', 'suspended', 'revoked'))
);
--> statement-breakpoint
CREATE TABLE "awards" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"achievement_id" uuid NOT NULL,
	"achievement_version" integer NOT NULL,
	"awarded_on" date NOT NULL,
	"status" text NOT NULL,
	"source_reference" text,
	"data_key" "bytea",
	"content" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "awards_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "awards_status_known" CHECK ("awards"."status" in ('valid', 'suspended', 'revoked')),
	CONSTRAINT "awards_erased" CHECK (("awards"."erased_at" is null) = ("awards"."data_key" is not null and "awards"."content" is not null))
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"award_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"configuration_id" text NOT NULL,
	"holder_key_mac" "bytea" NOT NULL,
	"status_list_number" integer NOT NULL,
	"status_index" integer NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"notification_event" text,
	"notified_at" timestamp with time zone,
	CONSTRAINT "credentials_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "credentials_notification_known" CHECK ("credentials"."notification_event" in ('credential_accepted', 'credential_failure', 'credential_deleted'))
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"organisation_id" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"status" smallint,
	"response" "bytea",
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_organisation_id_key_pk" PRIMARY KEY("organisation_id","key")
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"award_id" uuid NOT NULL,
	"configuration_ids" text[] NOT NULL,
	"tx_code_mac" "bytea",
	"wrong_tx_codes" smallint DEFAULT 0 NOT NULL,
	"redeemed_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "offers_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" text PRIMARY KEY NOT NULL,
	"profile" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"organisation_id" text NOT NULL,
	"kid" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_key" "bytea" NOT NULL,
	"certificate_chain" jsonb NOT NULL,
	"signs_from" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "signing_keys_organisation_id_kid_pk" PRIMARY KEY("organisation_id","kid")
);
--> statement-breakpoint
CREATE TABLE "status_list_pages" (
	"organisation_id" text NOT NULL,
	"list_number" integer NOT NULL,
	"page" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "status_list_pages_organisation_id_list_number_page_pk" PRIMARY KEY("organisation_id","list_number","page")
);
--> statement-breakpoint
CREATE TABLE "status_lists" (
	"organisation_id" text NOT NULL,
	"number" integer NOT NULL,
	"size" integer NOT NULL,
	"next_counter" integer DEFAULT 0 NOT NULL,
	"permutation_key" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "status_lists_organisation_id_number_pk" PRIMARY KEY("organisation_id","number"),
	CONSTRAINT "status_lists_counter" CHECK ("status_lists"."next_counter" between 0 and "status_lists"."size")
);
--> statement-breakpoint
CREATE TABLE "used_nonces" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_nonces_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "achievements" ADD CONSTRAINT "achievements_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "award_status_changes" ADD CONSTRAINT "award_status_changes_award" FOREIGN KEY ("organisation_id","award_id") REFERENCES "public"."awards"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "awards" ADD CONSTRAINT "awards_achievement" FOREIGN KEY ("organisation_id","achievement_id","achievement_version") REFERENCES "public"."achievements"("organisation_id","id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_award" FOREIGN KEY ("organisation_id","award_id") REFERENCES "public"."awards"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_award" FOREIGN KEY ("organisation_id","award_id") REFERENCES "public"."awards"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_list_pages" ADD CONSTRAINT "status_list_pages_list" FOREIGN KEY ("organisation_id","list_number") REFERENCES "public"."status_lists"("organisation_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_lists" ADD CONSTRAINT "status_lists_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "awards_by_achievement" ON "awards" USING btree ("organisation_id","achievement_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "awards_by_source" ON "awards" USING btree ("organisation_id","source_reference") WHERE "awards"."source_reference" is not null;--> statement-breakpoint
CREATE INDEX "credentials_by_award" ON "credentials" USING btree ("organisation_id","award_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_by_status" ON "credentials" USING btree ("organisation_id","status_list_number","status_index");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_expiry" ON "idempotency_keys" USING btree ("expires_at");