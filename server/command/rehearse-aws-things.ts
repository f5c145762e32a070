import { emulatorCredentials } from "#server/grain/testing/aws-emulator.ts";

/** Where blueprints make things; what is global is asked in the first. */
const regions = ["us-east-1", "eu-central-1", "eu-west-1"] as const;

type Sent = { form: string; version: string } | { target: string; json: string; body?: object } | { path: string };
/** One question to a service. The group of the pattern is the id of a thing; a thing that is going does not match. */
type Question = { kind: string; service: string; sent: Sent; each: RegExp; sure?: Second };
/** Asked of each thing whose list does not say whether it is gone already. */
type Second = { sent(id: string): Sent; isThere: RegExp };

const ec2 = (kind: string, form: string, each: RegExp): Question => ({
  ...{ kind, service: "ec2", each },
  sent: { form, version: "2016-11-15" },
});
const questions: Question[] = [
  ec2("network", "DescribeVpcs", /<vpcId>(vpc-\w+)<\/vpcId><state>/g),
  ec2("subnet", "DescribeSubnets", /<subnetId>(subnet-\w+)</g),
  ec2("security group", "DescribeSecurityGroups", /\/(sg-\w+)<\/securityGroupArn>/g),
  ec2(
    "endpoint",
    "DescribeVpcEndpoints",
    /<vpcEndpointId>(vpce-\w+)<(?=(?:(?!<vpcEndpointId>)[\s\S])*?<state>(?!delet))/g,
  ),
  ec2("volume", "DescribeVolumes", /<volumeId>(vol-\w+)<\/volumeId><size>/g),
  ec2(
    "machine",
    "DescribeInstances",
    /<instanceId>(i-\w+)<\/instanceId>(?:(?!<instanceId>|<name>)[\s\S])*?<name>(?!terminated)/g,
  ),
  ...[
    { kind: "role", form: "ListRoles", each: /<RoleName>([^<]+)</g },
    { kind: "instance profile", form: "ListInstanceProfiles", each: /<InstanceProfileName>([^<]+)</g },
  ].map(({ kind, form, each }) => ({ kind, service: "iam", sent: { form, version: "2010-05-08" }, each })),
  ...[
    { kind: "database", form: "DescribeDBInstances", each: /<DBInstanceIdentifier>([^<]+)</g },
    { kind: "database's subnets", form: "DescribeDBSubnetGroups", each: /<DBSubnetGroupName>([^<]+)</g },
  ].map(({ kind, form, each }) => ({ kind, service: "rds", sent: { form, version: "2014-10-31" }, each })),
  ...[
    { kind: "load balancer", form: "DescribeLoadBalancers", each: /<LoadBalancerArn>([^<]+)</g },
    { kind: "target group", form: "DescribeTargetGroups", each: /<TargetGroupArn>([^<]+)</g },
  ].map(({ kind, form, each }) => ({
    ...{ kind, service: "elasticloadbalancing", each },
    sent: { form, version: "2015-12-01" },
  })),
  ...[
    { kind: "topic", form: "ListTopics", each: /<TopicArn>([^<]+)</g },
    { kind: "subscription", form: "ListSubscriptions", each: /<SubscriptionArn>([^<]+)</g },
  ].map(({ kind, form, each }) => ({ kind, service: "sns", sent: { form, version: "2010-03-31" }, each })),
  { kind: "queue", service: "sqs", sent: { form: "ListQueues", version: "2012-11-05" }, each: /<QueueUrl>([^<]+)</g },
  {
    ...{ kind: "alarm", service: "monitoring", each: /<AlarmName>([^<]+)</g },
    sent: { form: "DescribeAlarms", version: "2010-08-01" },
  },
  {
    ...{ kind: "table", service: "dynamodb", each: /"([\w.-]+)"(?=[,\]])/g },
    sent: { target: "DynamoDB_20120810.ListTables", json: "1.0" },
  },
  {
    ...{ kind: "cluster", service: "ecs", each: /"(arn:[^"]+)"/g },
    sent: { target: "AmazonEC2ContainerServiceV20141113.ListClusters", json: "1.1" },
    sure: {
      sent: (id) => ({
        ...{ target: "AmazonEC2ContainerServiceV20141113.DescribeClusters", json: "1.1" },
        body: { clusters: [id] },
      }),
      isThere: /"status": ?"ACTIVE"/,
    },
  },
  {
    ...{ kind: "log group", service: "logs", each: /"logGroupName": ?"([^"]+)"/g },
    sent: { target: "Logs_20140328.DescribeLogGroups", json: "1.1" },
  },
  {
    ...{ kind: "secret", service: "secretsmanager", each: /"Name": ?"([^"]+)"/g },
    sent: { target: "secretsmanager.ListSecrets", json: "1.1" },
  },
  { kind: "bucket", service: "s3", sent: { path: "/" }, each: /<Bucket>[\s\S]*?<Name>([^<]+)</g },
  {
    ...{ kind: "distribution", service: "cloudfront", sent: { path: "/2020-05-31/distribution" } },
    each: /<DistributionSummary>[\s\S]*?<Id>([^<]+)</g,
  },
  {
    ...{ kind: "access control", service: "cloudfront", sent: { path: "/2020-05-31/origin-access-control" } },
    each: /<OriginAccessControlSummary>[\s\S]*?<Id>([^<]+)</g,
  },
];
const isGlobal = ({ service }: Question) => ["iam", "s3", "cloudfront"].includes(service);

/** The emulator checks no signature; it reads from it which service and which region are meant. */
export function authorizationFor(service: string, region: string): string {
  const scope = `20260101/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${emulatorCredentials.accessKeyId}/${scope}, SignedHeaders=host, Signature=0`;
}

function requestOf(sent: Sent): { path: string; init: RequestInit & { headers?: Record<string, string> } } {
  if ("path" in sent) return { path: sent.path, init: {} };
  if ("form" in sent) {
    const body = new URLSearchParams({ Action: sent.form, Version: sent.version });
    return { path: "/", init: { method: "POST", body } };
  }
  const headers = { "content-type": `application/x-amz-json-${sent.json}`, "x-amz-target": sent.target };
  return { path: "/", init: { method: "POST", headers, body: JSON.stringify(sent.body ?? {}) } };
}

async function send(
  endpoint: string,
  { kind, service }: Question,
  at: { region: string; sent: Sent },
): Promise<string> {
  const { path, init } = requestOf(at.sent);
  const headers = { ...init.headers, authorization: authorizationFor(service, at.region) };
  const answer = await fetch(new URL(path, endpoint), { ...init, headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The emulator does not tell its ${kind}s: ${answer.status} ${text}`);
  return text;
}

async function ask(endpoint: string, question: Question, region: string): Promise<string[]> {
  const text = await send(endpoint, question, { region, sent: question.sent });
  const ids = [...text.matchAll(question.each)].map(([, id = ""]) => id);
  const { sure } = question;
  const isThere = async (id: string) =>
    !sure || sure.isThere.test(await send(endpoint, question, { region, sent: sure.sent(id) }));
  const there = await Promise.all(ids.map(isThere));
  return ids.filter((_, at) => there[at]).map((id) => `${question.kind} ${id}`);
}

/** Everything the emulator has of the kinds that blueprints make: asked of its services, not of what the portal knows. */
async function listAll(endpoint: string): Promise<string[]> {
  const asked = questions.flatMap((question) =>
    (isGlobal(question) ? regions.slice(0, 1) : regions).map((region) => ask(endpoint, question, region)),
  );
  return [...new Set((await Promise.all(asked)).flat())].sort();
}

/** Remembers what an empty account has of its own; then lists what is there besides. */
export async function watchAccount(endpoint: string): Promise<() => Promise<string[]>> {
  const own = new Set(await listAll(endpoint));
  return async () => (await listAll(endpoint)).filter((thing) => !own.has(thing));
}
