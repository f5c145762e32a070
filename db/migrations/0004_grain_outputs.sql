CREATE TABLE "grain_outputs" (
	"environment_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"outputs" jsonb NOT NULL,
	"sealed_outputs" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "grain_outputs_environment_id_grain_pk" PRIMARY KEY("environment_id","grain")
);
