CREATE TABLE "authorizations" (
	"organisation_id" text NOT NULL,
	"id" uuid NOT NULL,
	"stage" text NOT NULL,
	"content" "bytea" NOT NULL,
	"generation" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "authorizations_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "authorizations_stage_known" CHECK ("authorizations"."stage" in ('pushed', 'signing_in', 'returned', 'consenting', 'code', 'granted', 'revoked'))
);
--> statement-breakpoint
CREATE TABLE "sign_in_providers" (
	"organisation_id" text PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"client_secret" "bytea",
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wallet_clients" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"content" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "wallet_clients_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "offers" ADD COLUMN "grants" text[] DEFAULT '{"pre-authorized_code"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_providers" ADD CONSTRAINT "sign_in_providers_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet_clients" ADD CONSTRAINT "wallet_clients_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "authorizations_by_expiry" ON "authorizations" USING btree ("organisation_id","expires_at");--> statement-breakpoint
ALTER TABLE "authorizations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "authorizations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "authorizations_of_organisation" ON "authorizations"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "sign_in_providers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sign_in_providers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "sign_in_providers_of_organisation" ON "sign_in_providers"
  USING (organisation_id = current_setting('mikromerit.organisation', true));--> statement-breakpoint
ALTER TABLE "wallet_clients" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "wallet_clients" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "wallet_clients_of_organisation" ON "wallet_clients"
  USING (organisation_id = current_setting('mikromerit.organisation', true));
