/** What a sentence should come to: blueprint, the inputs that it speaks of, minutes (null: not said, "endless": no end). */
export type Everyday = {
  says: string;
  blueprint: string | null;
  inputs?: Record<string, string>;
  minutes?: number | "endless" | null;
};

/** The moment the sentences are said: a Friday morning, 10:00 in Berlin. */
export const fridayMorning = { now: new Date("2026-11-20T09:00:00Z"), timeZone: "Europe/Berlin" };

const on =
  (blueprint: string) =>
  (says: string, inputs: Record<string, string>, minutes: Everyday["minutes"] = null): Everyday => ({
    says,
    blueprint,
    inputs,
    minutes,
  });
const none = (says: string): Everyday => ({ says, blueprint: null });

const postgres = on("postgres-database");
const page = on("web-preview");
const service = on("aws-web-service");
const workstation = on("aws-workstation");
const site = on("aws-static-site");
const gpu = on("gpu-training-node");
const namespace = on("kubernetes-namespace");
const azure = on("azure-vm");
const analytics = on("gcp-analytics");
const events = on("event-pipeline");
const stack = on("staging-stack");
const terraform = on("terraform-sandbox");

/** Sentences as people of a platform team write them, over the bundled blueprints. */
export const everydaySentences: readonly Everyday[] = [
  postgres("I need a Postgres for two hours to try a migration", {}, 120),
  postgres("spin up a postgres db called shop for 90 minutes", { database: "shop" }, 90),
  postgres("can I get a throwaway postgresql until 6pm", {}, 480),
  postgres(
    "pg database named orders_v2, 10 GB, until tomorrow noon",
    { database: "orders_v2", size_limit_gb: "10" },
    1560,
  ),
  postgres("scratch database with up to 8 gigs for a day", { size_limit_gb: "8" }, 1440),
  postgres("Need somewhere to run SQL for half an hour", {}, 30),
  postgres("a relational database for the afternoon", {}, 480),
  postgres("postgress for testing our flyway scripts, 3h", {}, 180),
  postgres("Please give me a database `inventory` for the rest of the day", { database: "inventory" }, 480),
  postgres(
    "Hi team! Could you please set me up with a Postgres? I need to check something for a customer, should take about 3 hours. Thanks a lot!",
    {},
    180,
  ),
  postgres("db for 2h", {}, 120),
  postgres("postgres, 2 days", {}, 2880),
  postgres("Give me a plain postgres setup but with 15GB", { size_limit_gb: "15" }),
  postgres("postgres with 20GB for testing the import job, until Tuesday", { size_limit_gb: "20" }, 6240),
  postgres("need a db to reproduce a bug from the 3 day old dump, keep it for 5 hours", {}, 300),
  page('web preview titled "Release notes" for 2 hours', { title: "Release notes" }, 120),
  page("I want to show a landing page to marketing until 4pm", {}, 360),
  page('a dark page saying "We are back at noon" for an hour', { theme: "dark", message: "We are back at noon" }, 60),
  page("quick demo page called Sprint review, high contrast please", { title: "Sprint review", theme: "contrast" }),
  page("preview of my mock-up for the weekend", {}, 4200),
  page("web page with the title 'Maintenance' and the text 'Back at 14:00'", {
    title: "Maintenance",
    message: "Back at 14:00",
  }),
  page(
    'We have a customer demo at 3pm, please get us a web page titled "Contoso offer" until 5pm',
    { title: "Contoso offer" },
    420,
  ),
  service(
    "AWS web service in Frankfurt with 3 machines for 1 day",
    { region: "eu-central-1", instance_count: "3" },
    1440,
  ),
  service(
    "staging web service in ireland on m6i.large with a 100 GB database until Friday",
    { environment_class: "staging", region: "eu-west-1", instance_type: "m6i.large", database_gb: "100" },
    480,
  ),
  service(
    "a backend with load balancer and two servers in Dublin, 8 hours",
    { region: "eu-west-1", instance_count: "2" },
    480,
  ),
  service(
    "deploy an api behind an ALB in eu-central-1 for a week, cost center payments-42",
    { region: "eu-central-1", cost_center: "payments-42" },
    10_080,
  ),
  service(
    "three tier app, large machines, large database, 2 days",
    { instance_type: "m6i.large", database_class: "db.m6g.large" },
    2880,
  ),
  service("web app on ec2 with rds, not in the US, in germany", { region: "eu-central-1" }),
  service(
    "production web service with 4 instances in frankfurt, always on",
    { environment_class: "production", instance_count: "4", region: "eu-central-1" },
    "endless",
  ),
  service(
    "web service, 5 nodes, 200GB storage, until 30 November",
    { instance_count: "5", database_gb: "200" },
    14_880,
  ),
  workstation("workstation in frankfurt with 100 GB disk for today", { region: "eu-central-1", disk_gb: "100" }, 480),
  workstation("I need a dev box for 10 hours", {}, 600),
  workstation("linux desktop with a big disk, 200 gb, for two days", { disk_gb: "200" }, 2880),
  workstation("a huge workstation till monday", { instance_type: "m6i.4xlarge" }, 4800),
  workstation("jump host in ireland for 45 min", { region: "eu-west-1" }, 45),
  workstation(
    "large devbox that stops after 30 minutes idle, for a week",
    { instance_type: "m6i.xlarge", idle_minutes: "30" },
    10_080,
  ),
  workstation("Remote development machine, m6i.xlarge, three days", { instance_type: "m6i.xlarge" }, 4320),
  workstation("dev workstation from now until 6", {}, 480),
  workstation("Spin up a workstation w/ 16 hours lifetime in eu-west-1", { region: "eu-west-1" }, 960),
  site("static site in Ireland for 3 days to review the new frontend", { region: "eu-west-1" }, 4320),
  site("host our docs website on s3 with cloudfront for a month", {}, 43_200),
  site(
    "SPA hosting in Frankfurt worldwide edge for two weeks",
    { region: "eu-central-1", price_class: "PriceClass_All" },
    20_160,
  ),
  site("private bucket with a CDN in front, staging, 5 days", { environment_class: "staging" }, 7200),
  site("aws static site, PT36H", {}, 2160),
  gpu("GPU node for 4 hours", {}, 240),
  gpu("gpu box with an a100 in ireland overnight", { instance_type: "p4d.24xlarge", region: "eu-west-1" }, 1320),
  gpu(
    "fine-tune a model: spot instance, 500 GB for the data set, 12 hours",
    { use_spot: "true", dataset_gb: "500" },
    720,
  ),
  gpu("one T4 for a training course until 17:00", { instance_type: "g4dn.xlarge" }, 420),
  gpu("v100 machine, not spot, for a day", { instance_type: "p3.2xlarge", use_spot: "false" }, 1440),
  gpu("nvidia machine with 1 TB disk for 36 hours", { dataset_gb: "1024" }, 2160),
  gpu("train a deep learning model in virginia on an A10G", { region: "us-east-1", instance_type: "g5.xlarge" }),
  gpu("machine learning notebook with gpu, L4, next 6 hours", { instance_type: "g6.xlarge" }, 360),
  gpu(
    "a GPU training node in Ireland, g5.12xlarge, 2 hours",
    { region: "eu-west-1", instance_type: "g5.12xlarge" },
    120,
  ),
  gpu("an hour and a half of gpu time", {}, 90),
  namespace(
    "Kubernetes namespace called checkout-test with 4 cores and 16 GB memory for 1 week",
    { namespace: "checkout-test", cpu: "4", memory_gb: "16" },
    10_080,
  ),
  namespace("k8s namespace for the team, 2 days", {}, 2880),
  namespace("I need a namespace named 'pr-142' with 8 vCPU until end of day", { namespace: "pr-142", cpu: "8" }, 480),
  namespace("kube namespace, 32 gigs of ram, 12 cores", { memory_gb: "32", cpu: "12" }),
  namespace(
    "room on the cluster for our helm charts, staging, for two weeks",
    { environment_class: "staging" },
    20_160,
  ),
  namespace("namespce for load tests, 6 CPUs, 24GB RAM, 3 days", { cpu: "6", memory_gb: "24" }, 4320),
  namespace("k8s namespace 'perf' for the load test, 20 cores, 64GB memory, cost center growth", {
    namespace: "perf",
    cpu: "20",
    memory_gb: "64",
    cost_center: "growth",
  }),
  namespace("namespace for 1.5 days", {}, 2160),
  azure("Azure VM in Amsterdam with 64 GB disk for 10 hours", { location: "westeurope", disk_gb: "64" }, 600),
  azure(
    "ubuntu server on azure, large, in frankfurt, for 2 days",
    { vm_size: "Standard_D4s_v5", location: "germanywestcentral" },
    2880,
  ),
  azure("small linux vm in microsoft cloud till tomorrow", { vm_size: "Standard_B2s" }, 1920),
  azure("virtual machine in azure north europe, 128GB data disk", { location: "northeurope", disk_gb: "128" }),
  azure("vm on azure, 2 hrs 30 min", {}, 150),
  analytics("bigquery dataset in belgium for 3 days", { region: "europe-west1" }, 4320),
  analytics(
    "analytics workspace in Frankfurt keeping data for 14 days, for 3 days",
    { region: "europe-west3", retention_days: "14" },
    4320,
  ),
  analytics("jupyter notebook on google cloud, large, until Wednesday", { machine_type: "n2-standard-8" }, 7680),
  analytics("data warehouse playground in gcp with 50 GB for a fortnight", { database_gb: "50" }, 20_160),
  events("message queue with topic in Frankfurt for 2 days", { region: "eu-central-1" }, 2880),
  events(
    "sqs and sns for an event driven prototype, messages kept 7 days, for 1 week",
    { retention_days: "7" },
    10_080,
  ),
  events("dynamodb table and a queue in ireland for the rest of the week", { region: "eu-west-1" }, 480),
  events(
    "pub/sub playground, throughput 50, production, always on",
    { read_capacity: "50", environment_class: "production" },
    "endless",
  ),
  events(
    "I'd like an event pipeline in eu-west-1 with read capacity 100 for 3 days",
    { region: "eu-west-1", read_capacity: "100" },
    4320,
  ),
  stack(
    "staging stack with 2 copies of registry.example.com/shop/web:1.4.0 in Frankfurt for 8 hours",
    { task_count: "2", image: "registry.example.com/shop/web:1.4.0", region: "eu-central-1" },
    480,
  ),
  stack(
    "fargate environment with 4 replicas, no smoke test, for a day",
    { task_count: "4", smoke_test: "false" },
    1440,
  ),
  stack("full integration environment with queue and containers until 8pm", {}, 600),
  stack("ecs stack in oregon for 3 hours without the smoke test", { region: "us-west-2", smoke_test: "false" }, 180),
  terraform("terraform sandbox with 5 items for an hour", { item_count: "5" }, 60),
  terraform("somewhere to learn terraform for 45 minutes", {}, 45),
  terraform("tf playground with seven resources", { item_count: "7" }),
  none("a mysql 8 for two hours"),
  none("windows 11 desktop for a day"),
  none("minecraft server for the weekend"),
  none("I want a pizza"),
  none("kafka cluster with 3 brokers for a week"),
  none("redis cache for 2 hours"),
  postgres("could I have a postgres server with 12GB for the next 3 hours please", { size_limit_gb: "12" }, 180),
  postgres("temporary db for the hackathon, until Sunday evening", {}, 3480),
  postgres("need a pg instance named loadtest for 6h", { database: "loadtest" }, 360),
  page("html mock-up page, dark theme, 1 day", { theme: "dark" }, 1440),
  page(
    "put up a page titled 'All hands' saying 'Starts at ten' till 11:30",
    { title: "All hands", message: "Starts at ten" },
    90,
  ),
  service(
    "internal api service in ireland, prod, 6 instances, two weeks",
    { region: "eu-west-1", environment_class: "production", instance_count: "6" },
    20_160,
  ),
  service(
    "web service on t3.small machines with a 50gb database for the sprint demo, 5 days",
    { instance_type: "t3.small", database_gb: "50" },
    7200,
  ),
  service("backend w/ ALB for QA in eu-west-1 till next Monday 9am", { region: "eu-west-1" }, 4260),
  workstation("beefy dev box, m6i.4xlarge, 500 GB, 3 days", { instance_type: "m6i.4xlarge", disk_gb: "500" }, 4320),
  workstation("I need a remote desktop in Frankfurt from now till 5pm", { region: "eu-central-1" }, 420),
  site("static website hosting for the marketing microsite in Ireland, one week", { region: "eu-west-1" }, 10_080),
  site("cloudfront + s3 for a docs preview, 48 hours", {}, 2880),
  gpu("gpu machine with T4, not on spot, 8 hours", { instance_type: "g4dn.xlarge", use_spot: "false" }, 480),
  gpu(
    "Train our model over the weekend on an A100 with 2 TB of data",
    { instance_type: "p4d.24xlarge", dataset_gb: "2048" },
    4200,
  ),
  gpu("cheap GPU for an hour to try CUDA 12", { use_spot: "true" }, 60),
  namespace("kubernetes namespace for team checkout, 2 cores and 4GB, 10 days", { cpu: "2", memory_gb: "4" }, 14_400),
  namespace("k8s playground named ci-runners until Wednesday noon", { namespace: "ci-runners" }, 7320),
  azure(
    "azure linux box in dublin, small, 256 GB disk, for a week",
    { location: "northeurope", vm_size: "Standard_B2s", disk_gb: "256" },
    10_080,
  ),
  azure("Standard_D8s_v5 vm in azure for 4h", { vm_size: "Standard_D8s_v5" }, 240),
  analytics(
    "bigquery sandbox in the netherlands with data kept for 60 days, 2 weeks",
    { region: "europe-west4", retention_days: "60" },
    20_160,
  ),
  analytics("notebook on GCP for the afternoon", {}, 480),
  events("an sqs queue for integration testing in frankfurt, 1 day", { region: "eu-central-1" }, 1440),
  events("topic + queue, keep messages for 2 days, environment for a week", { retention_days: "2" }, 10_080),
  stack(
    "staging environment with containers, 3 copies, in Oregon, until tonight",
    { task_count: "3", region: "us-west-2" },
    720,
  ),
  stack(
    "ecs fargate stack for image registry.example.com/shop/api:2.1 for 5 hours",
    { image: "registry.example.com/shop/api:2.1" },
    300,
  ),
  terraform("terraform playground, 10 items, 30 minutes", { item_count: "10" }, 30),
  none("mongodb replica set for a day"),
  none("a jenkins server"),
  none("something to make coffee"),
];
