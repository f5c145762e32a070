import { authorizationFor } from "./rehearse-aws-things.ts";

type Made = { address: string; type: string; cloudId: string };
type Change = { type: string; field: string; make(endpoint: string, cloudId: string): Promise<Response> };

/** The region is read from the scope of the signature, so it is that of the thing. */
function queryOf(service: string, region: string, query: Record<string, string>): RequestInit {
  const headers = { authorization: authorizationFor(service, region) };
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
      const headers = { authorization: authorizationFor("s3", "us-east-1"), "content-type": "application/xml" };
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
