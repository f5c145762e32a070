# METADATA
# title: Required tags
# description: Every resource that can carry tags must carry these, so that owner and cost center are known for each.
# custom:
#   data:
#     required: { type: list, default: [owner, cost-center], title: Required tags }
package torque.terraform_plan

deny contains {
	"msg": sprintf("%v lacks the tag %v.", [change.address, tag]),
	"rule": "required-tags",
	"limit": {"path": "data.required", "value": data.required},
} if {
	some change in input.resource_changes
	some action in change.change.actions
	action in {"create", "update"}
	carried := tags(change.change.after)
	some tag in data.required
	not has(carried, tag)
	not later(change)
}

tags(after) := after.tags_all if is_object(after.tags_all)

tags(after) := after.tags if {
	not is_object(object.get(after, "tags_all", null))
	is_object(after.tags)
}

tags(after) := after.labels if {
	not is_object(object.get(after, "tags_all", null))
	not is_object(object.get(after, "tags", null))
	is_object(after.labels)
}

has(carried, tag) if {
	some name, value in carried
	lower(replace(name, "_", "-")) == lower(tag)
	value != ""
}

later(change) if change.change.after_unknown.tags_all == true

later(change) if change.change.after_unknown.tags == true
