import type { AwsEmulator } from "#server/grain/testing/aws-emulator.ts";

/** Something of the cloud: the Terraform type, and what Terraform calls its id (of a queue its name). */
export type Thing = { type: string; id: string };

type Listing = {
  type: string;
  service: string;
  /** The call as a form, a JSON target, or a plain GET. */
  call: { action: string; version: string } | { target: string; json: string } | "get";
  /** Its group is the id. */
  each: RegExp;
};

const ec2 = (type: string, action: string, each: RegExp): Listing => ({
  ...{ type, service: "ec2", each },
  call: { action, version: "2016-11-15" },
});
const listings: Listing[] = [
  ec2("aws_vpc", "DescribeVpcs", /<vpcId>(vpc-\w+)<\/vpcId><state>/g),
  ec2("aws_subnet", "DescribeSubnets", /<subnetId>(subnet-\w+)</g),
  ec2("aws_internet_gateway", "DescribeInternetGateways", /<internetGatewayId>(igw-\w+)</g),
  // A network's own table and group come and go with it.
  ec2("aws_route_table", "DescribeRouteTables", /<associationSet ?\/><routeTableId>(rtb-\w+)/g),
  ec2(
    "aws_security_group",
    "DescribeSecurityGroups",
    /\/(sg-\w+)<\/securityGroupArn><ownerId>\d+<\/ownerId><groupName>(?!default<)/g,
  ),
  { type: "aws_s3_bucket", service: "s3", call: "get", each: /<Bucket>[\s\S]*?<Name>([^<]+)</g },
  {
    ...{ type: "aws_dynamodb_table", service: "dynamodb", each: /"([\w.-]+)"(?=[,\]])/g },
    call: { target: "DynamoDB_20120810.ListTables", json: "1.0" },
  },
  {
    ...{ type: "aws_sns_topic", service: "sns", each: /<TopicArn>([^<]+)</g },
    call: { action: "ListTopics", version: "2010-03-31" },
  },
  {
    ...{ type: "aws_sqs_queue", service: "sqs", each: /<QueueUrl>[^<]*\/([^</]+)</g },
    call: { action: "ListQueues", version: "2012-11-05" },
  },
  {
    ...{ type: "aws_iam_role", service: "iam", each: /<RoleName>([^<]+)</g },
    call: { action: "ListRoles", version: "2010-05-08" },
  },
  {
    ...{ type: "aws_cloudwatch_log_group", service: "logs", each: /"logGroupName": ?"([^"]+)"/g },
    call: { target: "Logs_20140328.DescribeLogGroups", json: "1.1" },
  },
  {
    ...{ type: "aws_ssm_parameter", service: "ssm", each: /"Name": ?"([^"]+)"/g },
    call: { target: "AmazonSSM.DescribeParameters", json: "1.1" },
  },
];

/** The emulator checks no signature; it reads from it which service is meant. */
const authorizationFor = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAEMULATOREXAMPLE0/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** Asks a service what it has. */
async function ask(emulator: AwsEmulator, { service, call }: Listing): Promise<string> {
  const authorization = authorizationFor(service);
  if (call === "get") return (await fetch(emulator.endpoint, { headers: { authorization } })).text();
  const sent =
    "target" in call
      ? {
          headers: { "content-type": `application/x-amz-json-${call.json}`, "x-amz-target": call.target },
          body: "{}",
        }
      : {
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams({ Action: call.action, Version: call.version }).toString(),
        };
  const headers = { ...sent.headers, authorization };
  const response = await fetch(emulator.endpoint, { method: "POST", headers, body: sent.body });
  if (!response.ok) throw new Error(`${service} answers ${response.status}: ${await response.text()}`);
  return response.text();
}

async function listThings(emulator: AwsEmulator): Promise<Thing[]> {
  const lists = await Promise.all(
    listings.map(async (listing) => {
      const text = await ask(emulator, listing);
      return [...text.matchAll(listing.each)].map(([, id = ""]) => ({ type: listing.type, id }));
    }),
  );
  return lists.flat();
}

const keyOf = ({ type, id }: Thing) => `${type} ${id}`;

export type CloudWatch = {
  /** What was made since. */
  listThings(): Promise<Thing[]>;
  /** What a person does with a bucket that nobody can tell whose it is. */
  removeBucket(name: string): Promise<void>;
};

/** Remembers what the emulator has of its own. */
export async function watchEmulator(emulator: AwsEmulator): Promise<CloudWatch> {
  const own = new Set((await listThings(emulator)).map(keyOf));
  return {
    listThings: async () => (await listThings(emulator)).filter((thing) => !own.has(keyOf(thing))),
    removeBucket: async (name) => {
      const authorization = authorizationFor("s3");
      await fetch(`${emulator.endpoint}/${name}`, { method: "DELETE", headers: { authorization } });
    },
  };
}
