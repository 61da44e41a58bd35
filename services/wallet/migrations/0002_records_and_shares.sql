CREATE TABLE "records" (
	"holder_id" text NOT NULL,
	"id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	"sealed_record" "bytea" NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "records_holder_id_id_pk" PRIMARY KEY("holder_id","id")
);
--> statement-breakpoint
CREATE TABLE "shares" (
	"holder_id" text NOT NULL,
	"id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"secret_mac" "bytea" NOT NULL,
	"sealed_share" "bytea" NOT NULL,
	"views" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shares_holder_id_id_pk" PRIMARY KEY("holder_id","id")
);
--> statement-breakpoint
ALTER TABLE "history" DROP CONSTRAINT "history_event";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "sealed_status" "bytea";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "status_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "records" ADD CONSTRAINT "records_holder_id_holders_holder_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."holders"("holder_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shares" ADD CONSTRAINT "shares_holder_id_credential_id_credentials_holder_id_id_fk" FOREIGN KEY ("holder_id","credential_id") REFERENCES "public"."credentials"("holder_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "records_by_digest" ON "records" USING btree ("holder_id","digest");--> statement-breakpoint
CREATE INDEX "shares_by_credential" ON "shares" USING btree ("holder_id","credential_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shares_by_secret" ON "shares" USING btree ("secret_mac");--> statement-breakpoint
CREATE INDEX "shares_by_expiry" ON "shares" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_event" CHECK ("history"."event" in ('credential_received', 'credential_deleted', 'offer_declined', 'presented', 'presentation_failed', 'presentation_declined', 'credential_shared', 'share_withdrawn'));