import { emulatorCredentials } from "#server/grain/testing/aws-emulator.ts";

type Made = { address: string; type: string; cloudId: string };
type Change = { type: string; field: string; make(endpoint: string, cloudId: string): Promise<Response> };

/** The emulator reads of a signature only which service it is for. */
function authorization(service: string): string {
  const scope = `20260101/eu-central-1/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${emulatorCredentials.accessKeyId}/${scope}, SignedHeaders=host, Signature=0`;
}

/** The region is read from the scope of the signature, so it is that of the thing. */
function queryOf(service: string, region: string, query: Record<string, string>): RequestInit {
  const headers = { authorization: authorization(service).replace("eu-central-1", region) };
  return { method: "POST", body: new URLSearchParams(query), headers };
}

const regions = ["eu-central-1", "eu-west-1"];

const changes: Change[] = [
  {
    type: "aws_s3_bucket_versioning",
    field: "versioning_configuration[0].status",
    make: (endpoint, bucket) => {
      const body =
        '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Suspended</Status></VersioningConfiguration>';
      const headers = { authorization: authorization("s3"), "content-type": "application/xml" };
      return fetch(`${endpoint}/${bucket}?versioning`, { method: "PUT", body, headers });
    },
  },
  {
    type: "aws_sns_topic",
    field: "display_name",
    make: (endpoint, arn) => {
      const query = { Action: "SetTopicAttributes", Version: "2010-03-31", TopicArn: arn };
      const value = { AttributeName: "DisplayName", AttributeValue: "changed behind its back" };
      return fetch(endpoint, queryOf("sns", arn.split(":")[3] ?? "", { ...query, ...value }));
    },
  },
  {
    type: "aws_vpc",
    field: "enable_dns_support",
    make: async (endpoint, id) => {
      const query = {
        Action: "ModifyVpcAttribute",
        Version: "2016-11-15",
        VpcId: id,
        "EnableDnsSupport.Value": "false",
      };
      // Ids do not tell the region; the wrong one answers that there is none.
      const answers = regions.map((region) => fetch(endpoint, queryOf("ec2", region, query)));
      const all = await Promise.all(answers);
      return all.find(({ ok }) => ok) ?? all[0]!;
    },
  },
];

/** Changes one thing of an environment behind the portal's back; says which field of which resource. */
export async function meddle(endpoint: string, made: readonly Made[]): Promise<string> {
  for (const change of changes) {
    const target = made.find(({ type }) => type === change.type);
    if (!target) continue;
    const answer = await change.make(endpoint, target.cloudId);
    if (!answer.ok) throw new Error(`The emulator would not change ${target.address}: ${await answer.text()}`);
    return `${target.address} ${change.field}`;
  }
  throw new Error("There is nothing in it that this rehearsal knows to change.");
}

const ec2 = (Action: string) => ({ service: "ec2", query: { Action, Version: "2016-11-15" } });
/** Questions whose answers name everything that costs something; the pattern finds the names in the XML. */
const questions = [
  { ...ec2("DescribeVpcs"), pattern: /<vpcId>([^<]+)<\/vpcId>(?:(?!<\/item>)[\s\S])*?<isDefault>false/g },
  { ...ec2("DescribeVolumes"), pattern: /<volumeId>([^<]+)<\/volumeId><size>/g },
  { ...ec2("DescribeInstances"), pattern: /<instanceId>([^<]+)<\/instanceId>(?:(?!<\/item>)[\s\S])*?<name>running</g },
  { service: "sqs", query: { Action: "ListQueues", Version: "2012-11-05" }, pattern: /<QueueUrl>([^<]+)</g },
  { service: "sns", query: { Action: "ListTopics", Version: "2010-03-31" }, pattern: /<TopicArn>([^<]+)</g },
  { service: "iam", query: { Action: "ListRoles", Version: "2010-05-08" }, pattern: /<RoleName>(g-[^<]+)</g },
  {
    service: "rds",
    query: { Action: "DescribeDBInstances", Version: "2014-10-31" },
    pattern: /<DBInstanceIdentifier>([^<]+)</g,
  },
  {
    service: "elasticloadbalancing",
    query: { Action: "DescribeLoadBalancers", Version: "2015-12-01" },
    pattern: /<LoadBalancerName>([^<]+)</g,
  },
];

/** What the emulator itself still has: asked of its services, not of what the portal knows. */
export async function listThings(endpoint: string): Promise<string[]> {
  const asked = regions.flatMap((region) =>
    questions.map(async ({ service, query, pattern }) => {
      const answer = await fetch(endpoint, queryOf(service, region, query));
      return [...(await answer.text()).matchAll(pattern)].map((match) => `${service} ${match[1]}`);
    }),
  );
  const buckets = fetch(endpoint, { headers: { authorization: authorization("s3") } }).then(async (answer) =>
    [...(await answer.text()).matchAll(/<Name>([^<]+)</g)].map((match) => `s3 ${match[1]}`),
  );
  return [...new Set((await Promise.all([...asked, buckets])).flat())];
}
