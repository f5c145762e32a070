# METADATA
# title: Retired blueprints
# description: Blueprints that stay visible but can no longer be launched.
# custom:
#   data:
#     retired: { type: list, default: [], title: Names of retired blueprints }
package torque.consumption

default result := {"decision": "Approved", "reason": "This blueprint is in use."}

result := {
	"decision": "Denied",
	"reason": sprintf("%v is retired and can no longer be launched.", [input.blueprint.name]),
	"limit": {"path": "data.retired", "value": data.retired},
	"hint": "Ask the owning team which blueprint replaces it.",
} if {
	input.blueprint.name in data.retired
}
