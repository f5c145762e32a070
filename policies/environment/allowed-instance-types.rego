# METADATA
# title: Allowed machine types
# description: Machine types by pattern, for every input that chooses one. A type that matches none of the lists is denied.
# custom:
#   data:
#     allowed: { type: list, default: ["t3.*", "t4g.*", "m6i.*", "m7g.*", "c6i.*", "r6i.*", "db.t3.*", "db.t4g.*", "db.m6g.*", "db.r6g.*", "Standard_B*", "Standard_D*", "e2-*", "n2-*", "db-f1-micro", "db-g1-small", "db-custom-*"], title: Allowed }
#     approval: { type: list, default: ["g4dn.*", "g5.*", "g6.*", "p3.*", "p4d.*", "p5.*"], title: Needs approval }
package torque.environment

default result := {"decision": "Approved", "reason": "No machine type outside the lists is asked for."}

result := {
	"decision": "Denied",
	"reason": sprintf("The machine type %v is not allowed here.", [first.value]),
	"field": first.field,
	"limit": {"path": "data.allowed", "value": data.allowed},
	"allowed": data.allowed,
} if {
	first := forbidden[0]
}

result := {
	"decision": "Manual",
	"reason": sprintf("The machine type %v needs approval.", [first.value]),
	"field": first.field,
	"limit": {"path": "data.approval", "value": data.approval},
} if {
	count(forbidden) == 0
	first := special[0]
}

asked := object.get(input.gantry.slots, "instance_type", [])

forbidden := [slot | some slot in asked; not matches(slot.value, data.allowed); not matches(slot.value, data.approval)]

special := [slot | some slot in asked; not matches(slot.value, data.allowed); matches(slot.value, data.approval)]

matches(name, patterns) if {
	some pattern in patterns
	glob.match(lower(pattern), null, lower(name))
}
