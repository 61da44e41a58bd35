CREATE TABLE "credentials" (
	"holder_id" text NOT NULL,
	"id" uuid NOT NULL,
	"sealed_credential" "bytea" NOT NULL,
	"sealed_key" "bytea" NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credentials_holder_id_id_pk" PRIMARY KEY("holder_id","id")
);
--> statement-breakpoint
CREATE TABLE "history" (
	"holder_id" text NOT NULL,
	"id" uuid NOT NULL,
	"event" text NOT NULL,
	"sealed_detail" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "history_holder_id_id_pk" PRIMARY KEY("holder_id","id"),
	CONSTRAINT "history_event" CHECK ("history"."event" in ('credential_received', 'credential_deleted', 'offer_declined', 'presented', 'presentation_failed', 'presentation_declined'))
);
--> statement-breakpoint
CREATE TABLE "holders" (
	"holder_id" text PRIMARY KEY NOT NULL,
	"data_key" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
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
	"holder_id" text NOT NULL,
	"id" uuid NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"sealed_offer" "bytea" NOT NULL,
	"sealed_session" "bytea",
	"leased_until" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "offers_holder_id_id_pk" PRIMARY KEY("holder_id","id"),
	CONSTRAINT "offers_state" CHECK ("offers"."state" in ('pending', 'redeeming', 'accepted', 'declined', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "presentations" (
	"holder_id" text NOT NULL,
	"id" uuid NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"sealed_request" "bytea" NOT NULL,
	"leased_until" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "presentations_holder_id_id_pk" PRIMARY KEY("holder_id","id"),
	CONSTRAINT "presentations_state" CHECK ("presentations"."state" in ('pending', 'sending', 'submitted', 'declined', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_holder_id_holders_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."holders"("holder_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_holder_id_holders_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."holders"("holder_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_holder_id_holders_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."holders"("holder_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presentations" ADD CONSTRAINT "presentations_holder_id_holders_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."holders"("holder_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_expiry" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "offers_by_expiry" ON "offers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "presentations_by_expiry" ON "presentations" USING btree ("expires_at");