CREATE TABLE "assistant_uses" (
	"actor_id" uuid NOT NULL,
	"window" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "assistant_uses_actor_id_window_window_start_pk" PRIMARY KEY("actor_id","window","window_start")
);
