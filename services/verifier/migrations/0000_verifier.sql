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
CREATE TABLE "policies" (
	"owner_id" text NOT NULL,
	"id" text NOT NULL,
	"content" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policies_owner_id_id_pk" PRIMARY KEY("owner_id","id")
);
--> statement-breakpoint
CREATE TABLE "presentation_requests" (
	"owner_id" text NOT NULL,
	"id" uuid NOT NULL,
	"outcome" text DEFAULT 'open' NOT NULL,
	"purpose" jsonb NOT NULL,
	"policy_id" text,
	"wallet_error" text,
	"sealed_report" "bytea",
	"response_code_digest" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "presentation_requests_owner_id_id_pk" PRIMARY KEY("owner_id","id"),
	CONSTRAINT "presentation_requests_outcome" CHECK ("presentation_requests"."outcome" in ('open', 'answered', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"sealed_private_key" "bytea" NOT NULL,
	"certificates" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trust_anchors" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"pem" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trusted_issuers" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"legal_name" jsonb NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"may_award" jsonb,
	"keys" jsonb,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wallet_requests" (
	"handle" "bytea" PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"request_id" uuid NOT NULL,
	"signing_key_id" text NOT NULL,
	"sealed_secrets" "bytea",
	"fetched_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"delete_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_expiry" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "trusted_issuers_by_identifier" ON "trusted_issuers" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "wallet_requests_by_request" ON "wallet_requests" USING btree ("owner_id","request_id");--> statement-breakpoint
CREATE INDEX "wallet_requests_by_expiry" ON "wallet_requests" USING btree ("expires_at") WHERE "wallet_requests"."sealed_secrets" is not null;--> statement-breakpoint
CREATE INDEX "wallet_requests_by_deletion" ON "wallet_requests" USING btree ("delete_at");