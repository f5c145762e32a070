# METADATA
# title: AWS machines, functions and clusters
# description: Machines ask their metadata service with a token, functions and clusters are not open to the world, nothing runs on what AWS has retired.
# custom:
#   severity: high
package torque.terraform_plan

rules := {
	"aws-ec2-metadata-token": {
		"types": ["aws_instance", "aws_launch_template", "aws_launch_configuration"],
		"severity": "high",
		"reason": "The metadata service answers without a token (version 1), so a forged request can steal the machine's credentials.",
		"remedy": "Set metadata_options.http_tokens to required, or http_endpoint to disabled.",
		"references": ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"],
	},
	"aws-ec2-public-address": {
		"types": ["aws_instance", "aws_launch_configuration"],
		"severity": "medium",
		"reason": "The machine gets a public address.",
		"remedy": "Set associate_public_ip_address to false; reach it through Session Manager or a load balancer.",
		"references": ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html"],
	},
	"aws-ec2-old-type": {
		"types": ["aws_instance", "aws_launch_template", "aws_launch_configuration"],
		"severity": "low",
		"reason": "The machine type is of a previous generation: slower and dearer than today's.",
		"remedy": "Use a current type, for instance t3, m7i or c7g.",
		"references": ["https://aws.amazon.com/ec2/previous-generation/"],
	},
	"aws-ec2-oversized": {
		"types": ["aws_instance", "aws_launch_template"],
		"severity": "medium",
		"reason": "The machine is larger than environments of a portal usually need.",
		"remedy": "Start with a smaller size and measure; raise the limit for the space if it is meant.",
		"references": ["https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-ec2-recommendations.html"],
	},
	"aws-launch-template-disk": {
		"types": ["aws_launch_template"],
		"severity": "high",
		"reason": "Machines of this template get disks that are not encrypted.",
		"remedy": "Set ebs.encrypted to true in each block_device_mappings.",
		"references": ["https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html"],
	},
	"aws-lambda-open-url": {
		"types": ["aws_lambda_function_url"],
		"severity": "high",
		"reason": "Anybody who knows the address may call the function.",
		"remedy": "Set authorization_type to AWS_IAM, or put an API with authorizers in front.",
		"references": ["https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"],
	},
	"aws-lambda-runtime": {
		"types": ["aws_lambda_function"],
		"severity": "medium",
		"reason": "AWS no longer patches this runtime.",
		"remedy": "Move to a supported runtime.",
		"references": ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"],
	},
	"aws-ecs-privileged": {
		"types": ["aws_ecs_task_definition"],
		"severity": "high",
		"reason": "A container runs with all rights on its host.",
		"remedy": "Drop privileged and add only the Linux capabilities that are needed.",
		"references": ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"],
	},
	"aws-eks-public-endpoint": {
		"types": ["aws_eks_cluster"],
		"severity": "high",
		"reason": "The whole internet reaches the cluster's API.",
		"remedy": "Set endpoint_public_access to false, or name the networks in public_access_cidrs.",
		"references": ["https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"],
	},
	"aws-eks-logs": {
		"types": ["aws_eks_cluster"],
		"severity": "medium",
		"reason": "The cluster keeps no audit log.",
		"remedy": "Put api, audit and authenticator into enabled_cluster_log_types.",
		"references": ["https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"],
	},
	"aws-ecr-scan": {
		"types": ["aws_ecr_repository"],
		"severity": "low",
		"reason": "Images are not scanned for known holes when they arrive.",
		"remedy": "Set image_scanning_configuration.scan_on_push to true.",
		"references": ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html"],
	},
}

deny contains finding("aws-ec2-metadata-token", change) if {
	some change in subjects("aws-ec2-metadata-token")
	decides_on_token(change)
	setting(change, ["metadata_options", 0, "http_tokens"], "optional") != "required"
	setting(change, ["metadata_options", 0, "http_endpoint"], "enabled") != "disabled"
	not later(change, ["metadata_options", 0, "http_tokens"])
}

decides_on_token(change) if change.type != "aws_launch_template"

decides_on_token(change) if count(setting(change, ["metadata_options"], [])) > 0

# An instance overrides a silent template; groups start machines from the template alone.
decides_on_token(change) if {
	change.type == "aws_launch_template"
	some group in input.resource_changes
	group.type in {"aws_autoscaling_group", "aws_eks_node_group", "aws_spot_fleet_request", "aws_ec2_fleet"}
}

warn contains finding("aws-ec2-public-address", change) if {
	some change in subjects("aws-ec2-public-address")
	setting(change, ["associate_public_ip_address"], false) == true
}

warn contains finding("aws-ec2-old-type", change) if {
	some change in subjects("aws-ec2-old-type")
	regex.match(`^(t1|m1|m2|m3|m4|c1|c3|c4|r3|r4|i2|g2|g3|p2|hs1|cr1)\.`, setting(change, ["instance_type"], ""))
}

# Sizes of 24xlarge and more, and bare metal.
warn contains finding("aws-ec2-oversized", change) if {
	some change in subjects("aws-ec2-oversized")
	regex.match(`\.(metal.*|(2[4-9]|[3-9][0-9]|[1-9][0-9]{2})xlarge)$`, setting(change, ["instance_type"], ""))
}

deny contains finding("aws-launch-template-disk", change) if {
	some change in subjects("aws-launch-template-disk")
	some mapping in setting(change, ["block_device_mappings"], [])
	some disk in mapping.ebs
	disk.encrypted in {false, "false"}
}

deny contains finding("aws-lambda-open-url", change) if {
	some change in subjects("aws-lambda-open-url")
	setting(change, ["authorization_type"], "AWS_IAM") == "NONE"
}

warn contains finding("aws-lambda-runtime", change) if {
	some change in subjects("aws-lambda-runtime")
	regex.match(
		`^(nodejs(4\.3|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x)?|python(2\.7|3\.6|3\.7|3\.8)|ruby2\.[57]|java8|go1\.x|dotnetcore.*|dotnet5\.0|dotnet6|provided)$`,
		setting(change, ["runtime"], "none"),
	)
}

deny contains finding("aws-ecs-privileged", change) if {
	some change in subjects("aws-ecs-privileged")
	text := setting(change, ["container_definitions"], "[]")
	json.is_valid(text)
	some container in json.unmarshal(text)
	container.privileged == true
}

deny contains finding("aws-eks-public-endpoint", change) if {
	some change in subjects("aws-eks-public-endpoint")
	setting(change, ["vpc_config", 0, "endpoint_public_access"], true) == true
	networks := setting(change, ["vpc_config", 0, "public_access_cidrs"], ["0.0.0.0/0"])
	some network in networks
	network in {"0.0.0.0/0", "::/0"}
	not later(change, ["vpc_config", 0, "endpoint_public_access"])
}

warn contains finding("aws-eks-logs", change) if {
	some change in subjects("aws-eks-logs")
	not "audit" in setting(change, ["enabled_cluster_log_types"], [])
	not later(change, ["enabled_cluster_log_types"])
}

warn contains finding("aws-ecr-scan", change) if {
	some change in subjects("aws-ecr-scan")
	setting(change, ["image_scanning_configuration", 0, "scan_on_push"], false) != true
	not later(change, ["image_scanning_configuration", 0, "scan_on_push"])
}

kinds := {type | some rule in rules; some type in rule.types}

planned := [change |
	some change in input.resource_changes
	change.type in kinds
	some action in change.change.actions
	action in {"create", "update"}
]

subjects(id) := [change | some change in planned; change.type in rules[id].types]

finding(id, change) := {
	"msg": sprintf("%v: %v", [change.address, rules[id].reason]),
	"rule": id,
	"severity": rules[id].severity,
	"hint": rules[id].remedy,
	"references": rules[id].references,
	"address": change.address,
}

# What the plan sets, or the fallback where it sets nothing.
setting(change, path, fallback) := found if {
	found := object.get(change.change.after, path, null)
	found != null
} else := fallback

# Known only after the run: no reason to refuse before.
later(change, path) if object.get(change.change, array.concat(["after_unknown"], path), false) == true
