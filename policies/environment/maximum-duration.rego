# METADATA
# title: Maximum duration
# description: How long an environment may run, and from when on somebody has to agree. Counts the whole length on an extension.
# custom:
#   data:
#     approval_minutes: { type: minutes, default: 480, title: Longest without approval }
#     max_minutes: { type: minutes, default: 10080, title: Longest at all }
package torque.environment

default result := {"decision": "Denied", "reason": "The length of this environment could not be judged."}

result := {
	"decision": "Denied",
	"reason": sprintf("It would run for %v, and %v is the longest allowed.", [text(minutes), text(data.max_minutes)]),
	"field": "duration",
	"limit": {"path": "data.max_minutes", "value": data.max_minutes},
	"allowed": {"max": data.approval_minutes},
	"hint": sprintf("Up to %v passes without approval.", [text(data.approval_minutes)]),
} if {
	minutes > data.max_minutes
}

result := {
	"decision": "Manual",
	"reason": sprintf("It would run for %v, more than the %v that pass without approval.", [text(minutes), text(data.approval_minutes)]),
	"field": "duration",
	"limit": {"path": "data.approval_minutes", "value": data.approval_minutes},
	"allowed": {"max": data.approval_minutes},
} if {
	minutes > data.approval_minutes
	minutes <= data.max_minutes
}

result := {"decision": "Approved", "reason": sprintf("It ends after %v.", [text(minutes)])} if {
	minutes <= data.approval_minutes
	minutes <= data.max_minutes
}

result := {
	"decision": "Manual",
	"reason": "It would never end by itself.",
	"field": "duration",
	"allowed": {"max": data.approval_minutes},
	"hint": sprintf("Up to %v passes without approval.", [text(data.approval_minutes)]),
} if {
	not has_end
}

minutes := input.duration_minutes if has_end

has_end if is_number(input.duration_minutes)

text(m) := sprintf("%v minutes", [m]) if m < 120

text(m) := sprintf("%v hours", [round(m / 6) / 10]) if {
	m >= 120
	m < 2880
}

text(m) := sprintf("%v days", [round(m / 144) / 10]) if m >= 2880
