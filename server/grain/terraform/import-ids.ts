/**
 * How things of AWS are found without the state: by the name the plan gives them, or by their ARN in a search by tags.
 * Types that are not here can be imported only by the id Terraform itself has told.
 */
type Identity = {
  /** The attribute of the plan that is the id for an import. */
  named?: string;
  /** Matches `service:resource` of the ARN; its group is the id for an import, or else the ARN is. */
  arn?: RegExp;
  /** Where the id is neither. */
  idOf?: (arn: Arn) => string;
};
type Arn = { text: string; service: string; region: string; account: string; resource: string };

const ec2 = (kind: string): Identity => ({ arn: new RegExp(`^ec2:${kind}/(.+)$`) });

const identities: Record<string, Identity> = {
  aws_customer_gateway: ec2("customer-gateway"),
  aws_ebs_snapshot: ec2("snapshot"),
  aws_ebs_volume: ec2("volume"),
  aws_eip: ec2("elastic-ip"),
  aws_flow_log: ec2("vpc-flow-log"),
  aws_instance: ec2("instance"),
  aws_internet_gateway: ec2("internet-gateway"),
  aws_launch_template: ec2("launch-template"),
  aws_nat_gateway: ec2("natgateway"),
  aws_network_acl: ec2("network-acl"),
  aws_network_interface: ec2("network-interface"),
  aws_route_table: ec2("route-table"),
  aws_security_group: ec2("security-group"),
  aws_subnet: ec2("subnet"),
  aws_vpc: ec2("vpc"),
  aws_vpc_endpoint: ec2("vpc-endpoint"),
  aws_key_pair: { named: "key_name" },
  aws_lb: { arn: /^elasticloadbalancing:loadbalancer\/(?:app|net|gwy)\/.+$/ },
  aws_lb_target_group: { arn: /^elasticloadbalancing:targetgroup\/.+$/ },
  aws_autoscaling_group: { named: "name" },
  aws_s3_bucket: { named: "bucket", arn: /^s3:([^/]+)$/ },
  aws_dynamodb_table: { named: "name", arn: /^dynamodb:table\/([^/]+)$/ },
  aws_db_instance: { named: "identifier", arn: /^rds:db:(.+)$/ },
  aws_db_parameter_group: { named: "name", arn: /^rds:pg:(.+)$/ },
  aws_db_subnet_group: { named: "name", arn: /^rds:subgrp:(.+)$/ },
  aws_rds_cluster: { named: "cluster_identifier", arn: /^rds:cluster:(.+)$/ },
  aws_elasticache_replication_group: {
    named: "replication_group_id",
    arn: /^elasticache:replicationgroup:(.+)$/,
  },
  aws_elasticache_subnet_group: { named: "name", arn: /^elasticache:subnetgroup:(.+)$/ },
  aws_efs_file_system: { arn: /^elasticfilesystem:file-system\/(.+)$/ },
  aws_sns_topic: { arn: /^sns:[^:]+$/ },
  aws_sqs_queue: {
    arn: /^sqs:[^:]+$/,
    idOf: ({ region, account, resource }) => `https://sqs.${region}.amazonaws.com/${account}/${resource}`,
  },
  aws_kinesis_stream: { named: "name", arn: /^kinesis:stream\/(.+)$/ },
  aws_lambda_function: { named: "function_name", arn: /^lambda:function:([^:]+)$/ },
  aws_ecr_repository: { named: "name", arn: /^ecr:repository\/(.+)$/ },
  aws_ecs_cluster: { named: "name", arn: /^ecs:cluster\/(.+)$/ },
  aws_eks_cluster: { named: "name", arn: /^eks:cluster\/(.+)$/ },
  aws_kms_key: { arn: /^kms:key\/(.+)$/ },
  aws_secretsmanager_secret: { arn: /^secretsmanager:secret:.+$/ },
  aws_ssm_parameter: { named: "name" },
  aws_cloudwatch_log_group: { named: "name", arn: /^logs:log-group:([^:]+)$/ },
  aws_cloudwatch_metric_alarm: { named: "alarm_name", arn: /^cloudwatch:alarm:(.+)$/ },
  aws_cloudfront_distribution: { arn: /^cloudfront:distribution\/(.+)$/ },
  aws_acm_certificate: { arn: /^acm:certificate\/.+$/ },
  aws_iam_role: { named: "name" },
  aws_iam_user: { named: "name" },
  aws_iam_instance_profile: { named: "name" },
};

/** Settings, rules and attachments: they have no tags, and go when what they belong to goes. */
const parts =
  /^aws_(iam_(role|user|group)_polic\w+|s3_bucket_(?!object).+|route|(main_)?route_table_association|security_group_rule|internet_gateway_attachment|volume_attachment|eip_association|network_acl_rule|network_interface_attachment|lb_target_group_attachment|autoscaling_attachment|lambda_permission|sns_topic_policy|sqs_queue_policy|dynamodb_table_item|secretsmanager_secret_(version|policy)|ecr_(lifecycle|repository)_policy|kms_key_policy|cloudwatch_event_target|cloudwatch_log_(stream|metric_filter|subscription_filter))$/;
/** Attributes by which a part says what it belongs to. */
const owners = [
  ...["role", "user", "group", "bucket", "route_table_id", "subnet_id", "vpc_id", "security_group_id", "volume_id"],
  ...["instance_id", "network_acl_id", "network_interface_id", "allocation_id", "target_group_arn", "repository"],
  ...["autoscaling_group_name", "function_name", "arn", "queue_url", "table_name", "secret_arn", "secret_id"],
  ...["key_id", "rule", "log_group_name", "internet_gateway_id"],
];

/** Whether it is a part of what this very plan makes or has: all owners it names are among the plan's own. */
export function isPartOfOwn(type: string, planned: Record<string, unknown>, own: ReadonlySet<unknown>): boolean {
  if (!parts.test(type)) return false;
  const named = owners.map((name) => planned[name]).filter((value) => typeof value === "string" && value !== "");
  return named.every((value) => own.has(value));
}

/** The id under which a resource that the plan names will be found. */
export function plannedId(type: string, planned: Record<string, unknown>): string | undefined {
  const named = identities[type]?.named;
  const value = named === undefined ? undefined : planned[named];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether a search by tags can find such a thing and tell its id. */
export const isSearchable = (type: string): boolean => identities[type]?.arn !== undefined;

/** The type and the id for an import of what a search by tags found; undefined for types that are not known here. */
export function identityOf(text: string): { type: string; id: string } | undefined {
  const [, , service = "", region = "", account = "", ...rest] = text.split(":");
  const arn: Arn = { text, service, region, account, resource: rest.join(":") };
  for (const [type, { arn: pattern, idOf }] of Object.entries(identities)) {
    const match = pattern?.exec(`${service}:${arn.resource}`);
    if (match) return { type, id: idOf?.(arn) ?? match[1] ?? text };
  }
  return undefined;
}
