import { sql } from "drizzle-orm";
import { auditEvents } from "#db/schema/audit.ts";

const { seq, at, actor, actorId, actorKind, actorName, via, address, requestId } = auditEvents;
const { spaceId, action, objectType, objectId, objectName, outcome, data, record } = auditEvents;

/** True for an event whose columns say anything else than the record that is hashed. Its record must be JSON. */
export const columnsDiffer = sql`not (
  ${record}::jsonb - 'ts' = jsonb_build_object(
    'v', 1,
    'seq', ${seq},
    'actor', jsonb_strip_nulls(jsonb_build_object(
      'id', ${actorId}, 'kind', ${actorKind}, 'name', ${actorName}, 'on_behalf_of', ${actor} ->> 'onBehalfOf')),
    'via', ${via},
    'request_id', ${requestId},
    'space', ${spaceId},
    'action', ${action},
    'object', jsonb_build_object('type', ${objectType}, 'id', ${objectId}, 'name', ${objectName}),
    'outcome', ${outcome},
    'data', ${data}
  ) || case when ${address} is null then '{}'::jsonb else jsonb_build_object('ip', ${address}) end
  and (${record}::jsonb ->> 'ts')::timestamptz = ${at}
  and (${actor} ->> 'id', ${actor} ->> 'kind', ${actor} ->> 'name') = (${actorId}, ${actorKind}, ${actorName}))`;
