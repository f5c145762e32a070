DROP INDEX "audit_events_actor";--> statement-breakpoint
DROP INDEX "audit_events_space_action";--> statement-breakpoint
DROP INDEX "audit_events_object_name";