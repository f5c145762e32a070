# METADATA
# title: Change freeze
# description: Periods in which nothing is launched without approval, or at all. Times are RFC 3339 with an offset.
# custom:
#   data:
#     windows: { type: windows, default: [], title: Periods }
package torque.environment

default result := {"decision": "Approved", "reason": "There is no freeze now."}

result := {
	"decision": word,
	"reason": sprintf("Change freeze until %v: %v", [current.to, current.reason]),
	"limit": {"path": "data.windows", "value": current},
} if {
	current := holding[0]
	word := object.get({"approval": "Manual", "deny": "Denied"}, object.get(current, "effect", "deny"), "Denied")
}

holding := [window |
	some window in data.windows
	now := time.parse_rfc3339_ns(input.gantry.time.now)
	time.parse_rfc3339_ns(window.from) <= now
	now < time.parse_rfc3339_ns(window.to)
]
